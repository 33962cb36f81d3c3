/** `harken convert IN OUT`: from any format that is read to one that is written; what the format cannot hold is said. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { WaveformSegment } from "@harken/core";
import { mergeSegments, stationsFromRecords } from "@harken/formats";
import { Command } from "commander";
import { combineBulletins, combineRecords } from "../combine.ts";
import { lossesOf } from "../convert/losses.ts";
import { endingOf, type Material, type Target, targets } from "../convert/targets.ts";
import { cliErrors } from "../errors.ts";
import { type InputFile, loadFiles } from "../input.ts";
import { collect, printJson } from "../options.ts";
import { reportInput } from "../period.ts";
import { createProgress } from "../progress.ts";

interface Options {
  readonly to?: string;
  readonly metadata: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

const formatList = targets.map(({ name, title, endings }) => `  ${name.padEnd(14)} ${title} (.${endings.join(" .")})`);

export function convertCommand(): Command {
  return new Command("convert")
    .description(
      "Convert waveforms, station metadata and bulletins between formats, and say what the new format cannot hold.",
    )
    .argument("<in>", "a file of any known format, or a folder whose files belong together")
    .argument("<out>", "the file to write; its ending tells the format unless --to does")
    .option("--to <format>", "format to write")
    .option("--metadata <path>", "places and instruments to write with the waveforms (repeatable)", collect, [])
    .option("--json", "print as JSON what was written and what was not carried over")
    .option("--quiet", "no progress")
    .addHelpText("after", `\nFormats:\n${formatList.join("\n")}`)
    .action((from: string, to: string, options: Options) => convert(from, to, options));
}

function convert(from: string, to: string, options: Options): void {
  const quiet = options.quiet ?? false;
  const files = loadFiles([from], createProgress("Reading", "files", { quiet }));
  const metadata =
    options.metadata.length > 0 ? loadFiles(options.metadata, createProgress("Reading", "files", { quiet })) : [];
  const material = gather(files, metadata, from);
  const target = chooseTarget(material, from, to, options.to);
  let outputs: ReturnType<Target["write"]>;
  try {
    outputs = target.write(material, to, Date.now() / 1000);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw cannotConvert(from, target.title, `${cause.message} Try another format: ${others(target)}.`, cause);
  }
  for (const { path, content } of outputs) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    } catch (cause) {
      throw cliErrors.make("NOT_WRITABLE", { path, reason: (cause as Error).message }, cause);
    }
  }
  const written = gather(
    loadFiles(
      outputs.map(({ path }) => path),
      createProgress("", "", { quiet: true }),
    ),
    [],
    to,
  );
  const losses = lossesOf(material, written, target.title);
  if (options.json) {
    const written = outputs.map(({ path }) => path);
    printJson({ format: target.name, written, notCarriedOver: losses, inputs: files.map(reportInput) });
    return;
  }
  const lines = [
    ...outputs.map(({ path }) => `Wrote ${path} (${target.title})`),
    ...losses.map((loss) => `Not carried over: ${loss}`),
    ...files.flatMap(({ file, contents }) =>
      contents.problems.map(({ severity, message }) => `${severity}: ${file}: ${message}`),
    ),
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

/** What the files hold together. */
function gather(files: readonly InputFile[], metadata: readonly InputFile[], name: string): Material {
  const segments: WaveformSegment[] = files.flatMap(({ contents }) => contents.segments);
  const records = combineRecords([...metadata, ...files].map(({ contents }) => contents));
  const bulletin = combineBulletins(files.map(({ contents }) => contents));
  if (typeof bulletin === "string")
    throw cannotConvert(name, "one bulletin", `Convert the files one by one: ${bulletin}.`);
  return {
    segments: mergeSegments(segments).segments,
    channels: records.channels,
    stations: stationsFromRecords(records.channels, records.sites),
    bulletin,
  };
}

function chooseTarget(material: Material, from: string, to: string, named: string | undefined): Target {
  const holds = ({ needs }: Target) =>
    needs.some((part) => (part === "bulletin" ? material.bulletin !== null : material[part].length > 0));
  if (named !== undefined) {
    const target = targets.find(({ name }) => name === named.toLowerCase());
    if (!target) {
      const advice = `The formats are ${targets.map(({ name }) => name).join(", ")}.`;
      throw cliErrors.make("BAD_OPTION", { option: "--to", value: named, advice });
    }
    if (!holds(target)) throw nothingFor(target, material, from);
    return target;
  }
  const ending = endingOf(to);
  const candidates = targets.filter(({ endings }) => endings.includes(ending));
  if (candidates.length === 0) {
    const advice = `Its ending .${ending} tells no format; name one with --to: ${targets.map(({ name }) => name).join(", ")}.`;
    throw cannotConvert(from, to, advice);
  }
  const target = candidates.find(holds);
  if (!target) throw nothingFor(candidates[0]!, material, from);
  return target;
}

function nothingFor(target: Target, { segments, channels, bulletin }: Material, from: string) {
  const found = [
    segments.length > 0 ? "waveforms" : "",
    channels.length > 0 ? "station metadata" : "",
    bulletin ? "a bulletin" : "",
  ].filter(Boolean);
  const wants = { segments: "waveforms", channels: "instruments", stations: "stations", bulletin: "a bulletin" };
  const needs = target.needs.map((part) => wants[part]).join(" or ");
  const holds = found.length > 0 ? found.join(" and ") : "nothing that could be read (see harken inspect)";
  return cannotConvert(from, target.title, `That format holds ${needs}; the input holds ${holds}.`);
}

const others = (target: Target) =>
  targets
    .filter(({ name, needs }) => name !== target.name && needs.some((part) => target.needs.includes(part)))
    .map(({ name }) => name)
    .join(", ");

function cannotConvert(from: string, to: string, advice: string, cause?: unknown) {
  return cliErrors.make("CANNOT_CONVERT", { from, to, advice }, cause);
}
