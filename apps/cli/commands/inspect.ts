/** `harken inspect FILE...`: what is in a file, in any known format. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { channelKey, endTime, hasPlace, isoTime } from "@harken/core";
import { Command } from "commander";
import { earthTableLines } from "../earthTableText.ts";
import { listFiles, loadFile } from "../input.ts";
import { printJson } from "../options.ts";
import { reportInput } from "../period.ts";
import { formatTable } from "../table.ts";
import { weatherRow, weatherTable } from "../weatherTable.ts";

export function inspectCommand(): Command {
  return new Command("inspect")
    .description(
      "Show what files hold: format, channels, times, gaps, stations, bulletins, weather fields, and every problem found.",
    )
    .argument("<paths...>", "files or folders")
    .option("--json", "print as JSON")
    .action(async (paths: string[], options: { json?: boolean }) => {
      const files = listFiles(paths);
      if (options.json) printJson(files.map(inspectFile));
      for (const [i, file] of options.json ? [] : files.entries()) {
        process.stdout.write(`${i > 0 ? "\n" : ""}${describe(inspectFile(file))}\n`);
        // A reader that has seen enough is noticed here, not after the last file.
        await nextTurn();
      }
    });
}

function inspectFile(file: string) {
  const input = loadFile(file);
  const { contents } = input;
  return {
    ...reportInput(input),
    segments: contents.segments.map((segment) => ({
      channel: channelKey(segment.channel),
      from: segment.startTime,
      to: endTime(segment),
      sampleRateHz: segment.sampleRateHz,
      samples: segment.samples.length,
      ...range(segment.samples),
    })),
    sites: contents.sites,
    instruments: contents.channels.map((channel) => ({
      channel: channelKey(channel.id),
      latitude: hasPlace(channel) ? channel.latitudeDeg : null,
      longitude: hasPlace(channel) ? channel.longitudeDeg : null,
      elevationKm: hasPlace(channel) ? channel.elevationKm : null,
      hang: channel.hangDeg,
      vang: channel.vangDeg,
      stages: channel.response?.stages.length ?? 0,
      sensitivity: channel.response?.sensitivity ?? null,
      calibNmPerCount: channel.calibNmPerCount,
    })),
    tables: Object.entries(contents.cssTables ?? {}).map(([table, rows]) => ({ table, rows: rows.length })),
    weather: (contents.weather ?? []).map(weatherRow),
    earthTables: earthTableLines(contents),
    events: contents.bulletin?.events.length ?? 0,
    arrivals: contents.bulletin?.arrivals.length ?? 0,
  };
}

/** Extremes and mean of the finite samples; null for none. */
function range(samples: ArrayLike<number>): { minimum: number | null; maximum: number | null; mean: number | null } {
  let [minimum, maximum, sum, count] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < minimum) minimum = value;
    if (value > maximum) maximum = value;
    sum += value;
    count++;
  }
  return count === 0 ? { minimum: null, maximum: null, mean: null } : { minimum, maximum, mean: sum / count };
}

type Report = ReturnType<typeof inspectFile>;

function describe(report: Report): string {
  const lines = [`${report.file}: ${report.format}`];
  if (report.segments.length > 0) {
    lines.push(
      `${report.channels.length} channels, ${report.samples} samples, ${report.gaps} gaps`,
      formatTable(report.segments, [
        { title: "channel", value: (s) => s.channel },
        { title: "from", value: (s) => isoTime(s.from) },
        { title: "to", value: (s) => isoTime(s.to) },
        { title: "Hz", value: (s) => s.sampleRateHz, digits: 4 },
        { title: "samples", value: (s) => s.samples },
        { title: "min", value: (s) => s.minimum, digits: 1 },
        { title: "max", value: (s) => s.maximum, digits: 1 },
        { title: "mean", value: (s) => s.mean, digits: 2 },
      ]),
    );
  }
  if (report.instruments.length > 0) {
    lines.push(
      formatTable(report.instruments, [
        { title: "instrument", value: (c) => c.channel },
        { title: "lat", value: (c) => c.latitude, digits: 4 },
        { title: "lon", value: (c) => c.longitude, digits: 4 },
        { title: "elev km", value: (c) => c.elevationKm, digits: 3 },
        { title: "hang", value: (c) => c.hang, digits: 1 },
        { title: "vang", value: (c) => c.vang, digits: 1 },
        { title: "stages", value: (c) => c.stages },
      ]),
    );
  }
  for (const { table, rows } of report.tables) lines.push(`table ${table}, ${rows} rows`);
  if (report.sites.length > 0)
    lines.push(
      `${report.sites.length} sites: ${report.sites
        .slice(0, 40)
        .map(({ code }) => code)
        .join(" ")}`,
    );
  if (report.weather.length > 0) lines.push(`${report.weather.length} weather fields`, weatherTable(report.weather));
  lines.push(...report.earthTables);
  if (report.events + report.arrivals > 0) lines.push(`${report.events} events, ${report.arrivals} arrivals`);
  for (const { severity, code, message } of report.problems) lines.push(`${severity} ${code}: ${message}`);
  return lines.join("\n");
}
