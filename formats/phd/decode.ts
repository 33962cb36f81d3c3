/**
 * Pulse-height data of radionuclide stations: IMS2.0 messages SAMPLEPHD, BLANKPHD, DETBKPHD, GASBKPHD, CALIBPHD, QCPHD, SPIKEPHD and REGENPHD
 * with `#Header 3` (the IDC's formats document IDC-3.4.1). Tokens are taken by blanks, since stations differ in their columns.
 *
 *     const { items, problems } = decodePulseHeightData(bytes);
 */
import {
  type BetaEnergyPoint,
  type CalibrationPoint,
  type CertifiedNuclide,
  type CountRatio,
  type Decoded,
  defaultLimits,
  type Limits,
  ProblemList,
  type PulseHeightData,
  type PulseHeightKind,
  parseTime,
  type RegionEfficiency,
  type RegionLimits,
} from "@harken/core";
import { decodeImsMessages } from "../ims/message.ts";
import { type Block, cutBlocks } from "./blocks.ts";
import { checkHeader, checkPulseHeightData } from "./check.ts";
import { readHistogram, readSpectrum } from "./spectra.ts";

export const pulseHeightKinds: readonly PulseHeightKind[] = [
  "SAMPLEPHD",
  "BLANKPHD",
  "DETBKPHD",
  "GASBKPHD",
  "CALIBPHD",
  "QCPHD",
  "SPIKEPHD",
  "REGENPHD",
];
/** Names that subscriptions use for a sample's full and preliminary spectra. */
const kindAliases: Readonly<Record<string, PulseHeightKind>> = { SPHDF: "SAMPLEPHD", SPHDP: "SAMPLEPHD" };

export function decodePulseHeightData(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<PulseHeightData> {
  const envelope = decodeImsMessages(bytes, limits);
  const problems = new ProblemList(limits.maxProblems);
  for (const problem of envelope.problems) problems.add(problem);
  const items: PulseHeightData[] = [];
  for (const message of envelope.items) {
    for (const section of message.sections) {
      const kind = pulseHeightKinds.find((name) => name === section.dataType) ?? kindAliases[section.dataType];
      if (!kind) continue;
      const text = latin1.decode(bytes.subarray(section.start, section.end));
      const item = readMessage(kind, message.id, cutBlocks(text, section.line), section.line, problems);
      if (item) items.push(item);
    }
  }
  if (items.length === 0 && problems.list().length === 0)
    problems.error("phd.none", "The text holds no message with pulse-height data (DATA_TYPE ...PHD).");
  return { items, problems: problems.list(), consumed: bytes.length };
}

const latin1 = new TextDecoder("latin1");

function readMessage(
  kind: PulseHeightKind,
  messageId: string,
  found: readonly Block[],
  line: number,
  problems: ProblemList,
): PulseHeightData | null {
  const blocks = new Map<string, Block>();
  for (const block of found) {
    const name = block.name.toLowerCase();
    if (blocks.has(name))
      problems.warning("phd.repeated-block", `#${block.name} comes twice; the first is kept.`, { line: block.line });
    else blocks.set(name, block);
  }
  const header = readHeader(blocks.get("header"), line, problems);
  if (!header) return null;
  const rows = <T>(name: string, read: (tokens: readonly string[]) => T | null): T[] =>
    readRows(blocks.get(name), read, problems);
  const points = (name: string) => rows(name, calibrationPoint);
  const spectrum = (name: string) => {
    const block = blocks.get(name);
    return block ? readSpectrum(block, problems) : null;
  };
  const histogramBlock = blocks.get("histogram");
  const data: PulseHeightData = {
    kind,
    messageId,
    ...header,
    comment: (blocks.get("comment")?.lines ?? [])
      .map(({ text }) => text)
      .join("\n")
      .trim(),
    collection: first(blocks.get("collection"), problems, (t) => {
      const [startTime, stopTime] = [timeOf(t[0], t[1]), timeOf(t[2], t[3])];
      const airVolumeM3 = number(t[4]);
      return startTime === null || stopTime === null || airVolumeM3 === null
        ? null
        : { startTime, stopTime, airVolumeM3 };
    }),
    acquisition: first(blocks.get("acquisition"), problems, (t) => {
      const startTime = timeOf(t[0], t[1]);
      const [realSec, liveSec] = [number(t[2]), number(t[3])];
      return startTime === null || realSec === null || liveSec === null ? null : { startTime, realSec, liveSec };
    }),
    calibrationTime: first(blocks.get("calibration"), problems, (t) => timeOf(t[0], t[1])),
    processing: readProcessing(blocks.get("processing"), problems),
    sampleSizeCm: first(blocks.get("sample"), problems, (t) => {
      const [a, b] = [number(t[0]), number(t[1])];
      return a === null || b === null ? null : ([a, b] as const);
    }),
    gammaEnergy: points("g_energy"),
    betaEnergy: rows("b_energy", betaPoint),
    gammaResolution: points("g_resolution"),
    betaResolution: points("b_resolution"),
    gammaEfficiency: points("g_efficiency"),
    totalEfficiency: points("totaleff"),
    regions: rows("roi_limits", regionLimits),
    channelRegions: rows("roi_chan_limits", regionLimits),
    regionEfficiencies: rows("b-gefficiency", regionEfficiency),
    ratios: rows("ratios", countRatio),
    gammaSpectrum: spectrum("g_spectrum"),
    betaSpectrum: spectrum("b_spectrum"),
    histogram: histogramBlock ? readHistogram(histogramBlock, problems) : null,
    certificate: readCertificate(blocks.get("certificate")),
  };
  for (const { block, ...problem } of [...checkPulseHeightData(data), ...checkHeader(data)])
    problems.add({ ...problem, line: (block && blocks.get(block.toLowerCase())?.line) || line });
  return data;
}

type Header = Pick<
  PulseHeightData,
  | "station"
  | "detector"
  | "system"
  | "geometry"
  | "qualifier"
  | "sampleId"
  | "measurementId"
  | "detectorBackgroundId"
  | "gasBackgroundId"
  | "transmitTime"
>;

const isSystem = (text: string | undefined): text is Header["system"] => text === "P" || text === "B" || text === "G";

function readHeader(block: Block | undefined, line: number, problems: ProblemList): Header | null {
  if (!block) {
    problems.error("phd.header", "The message has no #Header block.", { line });
    return null;
  }
  const lines = block.lines.map(({ text }) => text.trim().split(/\s+/).filter(Boolean));
  const [station, detector, system, ...tail] = lines[0] ?? [];
  if (!station || !detector || !isSystem(system)) {
    problems.error("phd.header", "#Header must name station, detector and system (P, B or G) on its first line.", {
      line: block.lines[0]?.number ?? block.line,
    });
    return null;
  }
  const last = tail.at(-1)?.toUpperCase();
  const qualifier = last === "FULL" || last === "PREL" ? last : null;
  const [measurementId = "", detectorBackground = "", gasBackground = ""] = lines[2] ?? [];
  const reference = (id: string) => (id === "" || id === "0" ? null : id);
  return {
    station,
    detector,
    system,
    geometry: (qualifier ? tail.slice(0, -1) : tail).join(" "),
    qualifier,
    sampleId: lines[1]?.[0] ?? "",
    measurementId,
    detectorBackgroundId: reference(detectorBackground),
    gasBackgroundId: reference(gasBackground),
    transmitTime: timeOf(lines[3]?.[0], lines[3]?.[1]),
  };
}

/** Finite number of a token; null for anything else. */
function number(token: string | undefined): number | null {
  const value = token === undefined || token === "" ? Number.NaN : Number(token);
  return Number.isFinite(value) ? value : null;
}

function timeOf(date: string | undefined, clock: string | undefined): number | null {
  return date === undefined || clock === undefined ? null : parseTime(`${date.replaceAll("/", "-")}T${clock}`);
}

function finite(tokens: readonly (string | undefined)[]): number[] | null {
  const values = tokens.map(number);
  return values.every((v) => v !== null) ? (values as number[]) : null;
}

/** The first filled line of a block; a line that cannot be read is a problem. */
function first<T>(
  block: Block | undefined,
  problems: ProblemList,
  read: (tokens: readonly string[]) => T | null,
): T | null {
  const line = block?.lines.find(({ text }) => text.trim() !== "");
  if (!block) return null;
  const value = line ? read(line.text.trim().split(/\s+/)) : null;
  if (value === null)
    problems.error("phd.block", `#${block.name} cannot be read.`, { line: line?.number ?? block.line });
  return value;
}

function readRows<T>(
  block: Block | undefined,
  read: (tokens: readonly string[]) => T | null,
  problems: ProblemList,
): T[] {
  const rows: T[] = [];
  for (const { text, number: line } of block?.lines ?? []) {
    if (text.trim() === "") continue;
    const row = read(text.trim().split(/\s+/));
    if (row === null)
      problems.error("phd.row", `#${block!.name}: "${text.trim().slice(0, 60)}" cannot be read.`, { line });
    else rows.push(row);
  }
  return rows;
}

function calibrationPoint(t: readonly string[]): CalibrationPoint | null {
  const [energyKeV, value, error] = finite([t[0], t[1], t[2] ?? "0"]) ?? [];
  return energyKeV === undefined ? null : { energyKeV, value: value!, error: error! };
}

function betaPoint(t: readonly string[]): BetaEnergyPoint | null {
  const point = calibrationPoint([t[0]!, ...t.slice(2)]);
  return point && t[1] ? { ...point, decayMode: t[1] } : null;
}

function regionLimits(t: readonly string[]): RegionLimits | null {
  const [region, betaLow, betaHigh, gammaLow, gammaHigh] = finite(t.slice(0, 5)) ?? [];
  return gammaHigh === undefined || !(region! >= 1)
    ? null
    : { region: region!, betaLow: betaLow!, betaHigh: betaHigh!, gammaLow: gammaLow!, gammaHigh };
}

function regionEfficiency([nuclide, ...t]: readonly string[]): RegionEfficiency | null {
  const [region, efficiency, error] = finite(t.slice(0, 3)) ?? [];
  return error === undefined || !nuclide ? null : { nuclide, region: region!, efficiency: efficiency!, error };
}

function countRatio([name, ...t]: readonly string[]): CountRatio | null {
  const [upperRegion, lowerRegion, ratio, error] = finite(t.slice(0, 4)) ?? [];
  return error === undefined || !name
    ? null
    : { name, upperRegion: upperRegion!, lowerRegion: lowerRegion!, ratio: ratio!, error };
}

function readProcessing(block: Block | undefined, problems: ProblemList): PulseHeightData["processing"] {
  if (!block) return null;
  const lines = block.lines.map(({ text }) => text.trim().split(/\s+/));
  const values = finite([lines[0]?.[0], lines[0]?.[1], lines[1]?.[0], lines[1]?.[1]]);
  if (!values) {
    problems.error("phd.block", "#Processing must give the xenon volume and the yield, each with its error.", {
      line: block.line,
    });
    return null;
  }
  const [xenonVolumeMl, xenonVolumeErrorMl, yieldFraction, yieldError] = values as [number, number, number, number];
  return { xenonVolumeMl, xenonVolumeErrorMl, yieldFraction, yieldError, archiveBottle: lines[2]?.join(" ") ?? "" };
}

/** Sources of calibrations. Some stations write the nuclide's name alone; then there is no certificate to use. */
function readCertificate(block: Block | undefined): PulseHeightData["certificate"] {
  if (!block) return null;
  const lines = block.lines.map(({ text }) => text.trim().split(/\s+/)).filter(([t]) => t !== "");
  const [head, ...rest] = lines;
  const totalActivityBq = number(head?.[0]);
  const assayTime = timeOf(head?.[1], head?.[2]);
  if (totalActivityBq === null || assayTime === null) return null;
  const nuclides = rest.flatMap((t): CertifiedNuclide[] => {
    const [activityBq, errorBq, energyKeV, intensity] = finite(t.slice(2, 6)) ?? [];
    return intensity === undefined
      ? []
      : [
          {
            nuclide: t[0]!,
            halfLife: t[1]!,
            activityBq: activityBq!,
            errorBq: errorBq!,
            energyKeV: energyKeV!,
            intensity,
          },
        ];
  });
  return { totalActivityBq, assayTime, unit: head?.[3] ?? "B", nuclides };
}
