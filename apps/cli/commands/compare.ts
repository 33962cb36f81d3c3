/** `harken compare REFERENCE OTHER`: which events two bulletins share, how far apart they put them, and which each has alone. */
import { type Bulletin, geodesicKm, isoTime, median, preferredOrigin, type SeismicEvent } from "@harken/core";
import { regionName } from "@harken/earth";
import { type BulletinComparison, compareBulletins, looseMatchRule } from "@harken/waveform";
import { Command } from "commander";
import { loadEvents } from "../bulletinInput.ts";
import { numberOption, printJson } from "../options.ts";
import { formatTable } from "../table.ts";

interface Options {
  readonly distance: number;
  readonly time: number;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export function compareCommand(): Command {
  return new Command("compare")
    .description(
      "Compare the events of a bulletin with those of a reference (CSS3.0 tables, IMS1.0/ISF, QuakeML, SEISAN; a file or a folder each).",
    )
    .argument("<reference>", "the bulletin that is taken for right")
    .argument("<other>", "the bulletin that is scored")
    .option(
      "--distance <deg>",
      "largest distance of a pair",
      numberOption("--distance", 0, 180),
      looseMatchRule.maxDistanceDeg,
    )
    .option(
      "--time <s>",
      "largest difference of origin times of a pair",
      numberOption("--time", 0, 86_400),
      looseMatchRule.maxTimeSec,
    )
    .option("--json", "print as JSON")
    .option("--quiet", "no progress")
    .action((referencePath: string, otherPath: string, options: Options) => {
      const reference = loadEvents([referencePath], options.quiet ?? false);
      const other = loadEvents([otherPath], options.quiet ?? false);
      const rule = { maxDistanceDeg: options.distance, maxTimeSec: options.time };
      const comparison = compareBulletins(reference.events, other.events, rule);
      const missed = alone(comparison.missed, reference, other);
      const extra = alone(comparison.extra, other, reference);
      if (options.json) printJson({ rule, ...comparison, missed, extra });
      else process.stdout.write(`${describe(comparison, missed, extra, reference, other).join("\n")}\n`);
    });
}

interface LonelyEvent {
  readonly key: string;
  readonly time: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly region: string;
  readonly stations: number;
  /** What the other list has nearest in time. */
  readonly reason: string;
}

function alone(keys: readonly string[], own: Bulletin, other: Bulletin): LonelyEvent[] {
  const byKey = new Map(own.events.map((event) => [event.key, event]));
  return keys.map((key) => {
    const { time, latitudeDeg, longitudeDeg, stationCount } = preferredOrigin(byKey.get(key)!);
    return {
      key,
      time,
      latitude: latitudeDeg,
      longitude: longitudeDeg,
      region: regionName(latitudeDeg, longitudeDeg),
      stations: stationCount,
      reason: nearest(byKey.get(key)!, other),
    };
  });
}

/** In words: the event of the other list that is nearest in time, and what keeps the two apart. */
function nearest(event: SeismicEvent, { events }: Bulletin): string {
  const origin = preferredOrigin(event);
  const [closest] = events
    .map(preferredOrigin)
    .sort((a, b) => Math.abs(a.time - origin.time) - Math.abs(b.time - origin.time));
  if (!closest) return "the other list is empty";
  const apartSec = closest.time - origin.time;
  const km = geodesicKm(origin.latitudeDeg, origin.longitudeDeg, closest.latitudeDeg, closest.longitudeDeg);
  return `nearest in time is ${Math.abs(apartSec).toFixed(0)} s ${apartSec < 0 ? "earlier" : "later"} and ${km.toFixed(0)} km away`;
}

function describe(
  { pairs, recall, precision }: BulletinComparison,
  missed: readonly LonelyEvent[],
  extra: readonly LonelyEvent[],
  reference: Bulletin,
  other: Bulletin,
): string[] {
  const percent = (share: number | null) => (share === null ? "-" : `${(100 * share).toFixed(1)} %`);
  const lines = [
    `${pairs.length} events in both; ${missed.length} of the reference's ${reference.events.length} missed, ${extra.length} of ${other.events.length} extra: recall ${percent(recall)}, precision ${percent(precision)}.`,
  ];
  if (pairs.length > 0) {
    const types = [...new Set(pairs.flatMap(({ magnitudes }) => Object.keys(magnitudes)))].sort();
    const magnitudes = types.map((type) => {
      const differences = pairs.flatMap((pair) => pair.magnitudes[type] ?? []);
      return `${type} ${median(differences).toFixed(2)} (${differences.length})`;
    });
    lines.push(
      `Medians: ${median(pairs.map(({ distanceKm }) => distanceKm)).toFixed(1)} km, time ${median(pairs.map(({ timeSec }) => timeSec)).toFixed(2)} s, depth ${median(pairs.map(({ depthKm }) => depthKm)).toFixed(1)} km${magnitudes.length > 0 ? `; ${magnitudes.join(", ")}` : ""}.`,
    );
  }
  const table = (title: string, events: readonly LonelyEvent[]) => {
    if (events.length === 0) return;
    lines.push(
      "",
      title,
      formatTable(events, [
        { title: "event", value: (e) => e.key },
        { title: "time", value: (e) => isoTime(e.time, 1) },
        { title: "lat", value: (e) => e.latitude, digits: 2 },
        { title: "lon", value: (e) => e.longitude, digits: 2 },
        { title: "sta", value: (e) => e.stations },
        { title: "region", value: (e) => e.region },
        { title: "why it is alone", value: (e) => e.reason },
      ]),
    );
  };
  table("Missed", missed);
  table("Extra", extra);
  return lines;
}
