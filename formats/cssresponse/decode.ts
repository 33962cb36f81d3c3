/**
 * Instrument response files of CSS3.0 (what `instrument.dir/dfile` names; IDC and CSS tools): groups of poles and zeros, of frequencies with
 * amplitudes and phases, or of filter coefficients, each under a line `theoretical|measured number instrument|digitizer paz|fap|fir author`.
 *
 *     theoretical 1 instrument fap
 *     3
 *     0.1 0.0015 261.4 0 0
 *
 * The file is named for its channel (`MKAR-SHZ.fap`) or stands under the name of a CSS3.0 row. Its response is 1 at the calibration's period:
 * with a calibration beside it, it becomes counts per nm (see mergeChannels.ts).
 */
import {
  type Channel,
  type Decoded,
  defaultLimits,
  type Limits,
  NO_PLACE_DEG,
  ProblemList,
  type ResponseStage,
} from "@harken/core";
import { allFinite, number } from "../numbers.ts";
import { orientationOfCode } from "../orientation.ts";
import { channelOfFileName } from "../sacpz/fileName.ts";
import { textLines } from "../textLines.ts";

export const GROUP = /^\s*(?:theoretical|measured)\s+(\d+)\s+(\w+)\s+(paz|fap|fir|pazfir)\b/i;
const MAX_ROWS = 30_000;
const MAX_GROUPS = 100;
const MAX_LINE = 500;

interface Group {
  readonly kind: string;
  readonly order: number;
  readonly line: number;
  readonly rows: number[][];
  /** A row could not be read, so what follows cannot be counted. */
  broken: boolean;
}

/** `name` is the file's name without folder. At most one channel. */
export function decodeCssResponse(bytes: Uint8Array, name: string, limits: Limits = defaultLimits): Decoded<Channel> {
  const problems = new ProblemList(limits.maxProblems);
  const groups: Group[] = [];
  for (const { text, number: line } of textLines(bytes, problems)) {
    const words = text.slice(0, MAX_LINE).trim();
    if (words === "" || words.startsWith("#")) continue;
    const heading = GROUP.exec(words);
    if (heading && groups.length < MAX_GROUPS)
      groups.push({ kind: heading[3]!.toLowerCase(), order: Number(heading[1]), line, rows: [], broken: false });
    else if (!heading) addRow(groups.at(-1), words, line, problems);
  }
  const id = channelOfFileName(name.replace(/\.(?:fap|fir|resp)$/i, ".paz"));
  if (!id && groups.length > 0)
    problems.error("css.response-without-channel", "The file's name tells no channel; name it STA-CHAN.fap or .paz.");
  const stages = groups.toSorted((a, b) => a.order - b.order).map((group) => stageOf(group, problems));
  const usable = stages.filter((stage) => stage !== null);
  if (!id || usable.length === 0 || usable.length < stages.length)
    return { items: [], problems: problems.list(), consumed: 0 };
  const channel: Channel = {
    id,
    startTime: null,
    endTime: null,
    latitudeDeg: NO_PLACE_DEG,
    longitudeDeg: NO_PLACE_DEG,
    elevationKm: 0,
    depthKm: 0,
    ...orientationOfCode(id.channel),
    sampleRateHz: null,
    instrument: "",
    calibNmPerCount: null,
    calperSec: null,
    response: { stages: usable, sensitivity: null, sensitivityFrequencyHz: null, inputUnit: "unknown" },
  };
  return { items: [channel], problems: problems.list(), consumed: bytes.length };
}

function addRow(group: Group | undefined, words: string, line: number, problems: ProblemList): void {
  if (!group) {
    problems.warning("css.response-stray-line", `"${words.slice(0, 40)}" stands before any group.`, { line });
    return;
  }
  const row = words.split(/\s+/, 8).map(number);
  if (row.some((value) => value === null)) {
    problems.error("css.response-bad-row", `"${words.slice(0, 40)}" is no row of numbers.`, { line });
    group.broken = true;
    return;
  }
  if (group.rows.length < MAX_ROWS) group.rows.push(row as number[]);
}

const ENDS = { inputUnit: "unknown", outputUnit: "unknown" } as const;

/** Null, with a problem, when rows are missing. */
function stageOf(group: Group, problems: ProblemList): ResponseStage | null {
  const stage = group.broken ? null : build(group);
  if (stage && allFinite(stage)) return stage;
  const message = `The ${group.kind} group is not of a kind that is read, or has fewer rows than it announces.`;
  problems.error("css.response-bad-group", message, { line: group.line });
  return null;
}

function build({ kind, rows }: Group): ResponseStage | null {
  let at = 0;
  const single = () => rows[at++]?.[0] ?? Number.NaN;
  const block = () => {
    const count = single();
    const found = Number.isInteger(count) && count >= 0 ? rows.slice(at, at + count) : [];
    at += found.length;
    return found.length === count ? found : null;
  };
  if (kind === "fap") {
    const table = block()?.sort(([a = 0], [b = 0]) => a - b);
    if (!table || table.length === 0) return null;
    const columnOf = (i: number) => table.map((row) => row[i] ?? Number.NaN);
    const [frequenciesHz, amplitudes, phasesDeg] = [columnOf(0), columnOf(1), columnOf(2)];
    return { kind: "fap", ...ENDS, frequenciesHz, amplitudes, phasesDeg, gain: 1, gainFrequencyHz: 0 };
  }
  if (kind === "paz") {
    const normalization = single();
    const [poles, zeros] = [block(), block()];
    if (!poles || !zeros) return null;
    const roots = (list: readonly number[][]) => list.map(([re = Number.NaN, im = Number.NaN]) => ({ re, im }));
    const shared = { kind: "paz", domain: "laplace", ...ENDS, normalization, gain: 1, gainFrequencyHz: 0 } as const;
    return { ...shared, poles: roots(poles), zeros: roots(zeros) };
  }
  if (kind === "fir") {
    const inputRateHz = single();
    const numerators = block();
    if (!numerators || numerators.length === 0 || !(inputRateHz > 0)) return null;
    const coefficients = numerators.map(([value = Number.NaN]) => value);
    return { kind: "fir", ...ENDS, coefficients, inputRateHz, decimation: 1, correctionSec: 0, gain: 1 };
  }
  return null;
}
