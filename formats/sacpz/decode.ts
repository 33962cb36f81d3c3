/**
 * SAC pole-zero files: the displacement response of one channel, as rdseed and the IRIS web service write them, with a comment header
 * ("annotated") or bare with the channel named by the file. SAC manual, "transfer", polezero option.
 *
 *     const { items: channels } = decodeSacPoleZero(bytes, "SACPZ.IC.BJT.00.BHE");
 *
 * CONSTANT times the poles and zeros is counts per metre of displacement. Several blocks (epochs, channels) may follow each other.
 */
import {
  type Channel,
  type Complex,
  type Decoded,
  defaultLimits,
  type InstrumentResponse,
  type Limits,
  ProblemList,
  type ResponseUnit,
} from "@harken/core";
import { textLines } from "../textLines.ts";
import { transferModulus } from "../transferFunction.ts";
import { channelOfFileName } from "./fileName.ts";
import { headerField, readHeader } from "./header.ts";

/** More roots than any instrument has; those at the origin need not be written, so a short text may claim many. */
const MAX_ROOTS = 100;
const MAX_LINE = 500;

interface Block {
  readonly line: number;
  readonly fields: Map<string, string>;
  zeros: Roots | null;
  poles: Roots | null;
  constant: number | null;
}

interface Roots {
  readonly declared: number;
  readonly values: Complex[];
}

const newBlock = (line: number): Block => ({ line, fields: new Map(), zeros: null, poles: null, constant: null });
const hasData = ({ zeros, poles, constant }: Block) => zeros !== null || poles !== null || constant !== null;

/** `name` is the file's name without folder; it names the channel where the file itself does not. */
export function decodeSacPoleZero(bytes: Uint8Array, name: string, limits: Limits = defaultLimits): Decoded<Channel> {
  const problems = new ProblemList(limits.maxProblems);
  const items: Channel[] = [];
  let block = newBlock(1);
  let roots: Roots | null = null;
  let full = false;
  const finish = (line: number) => {
    if (hasData(block) && items.length < limits.maxItems) {
      const channel = channelOf(block, name, problems);
      if (channel) items.push(channel);
    } else if (hasData(block)) full = true;
    block = newBlock(line);
    roots = null;
  };
  for (const { text, number } of textLines(bytes, problems)) {
    if (full) break;
    const line = text.slice(0, MAX_LINE).trim();
    if (line === "") continue;
    if (line.startsWith("*")) {
      const field = headerField(line);
      if (!field) continue;
      if (hasData(block) && (field.name === "NETWORK" || field.name === "STATION")) finish(number);
      if (!block.fields.has(field.name)) block.fields.set(field.name, field.value);
      continue;
    }
    const [word = "", second = ""] = line.split(/\s+/, 3);
    const keyword = word.toUpperCase();
    if (keyword === "ZEROS" || keyword === "POLES") {
      const kind = keyword === "ZEROS" ? "zeros" : "poles";
      if (block[kind]) finish(number);
      const declared = Number(second);
      if (!(Number.isInteger(declared) && declared >= 0 && declared <= MAX_ROOTS)) {
        problems.error("sacpz.bad-count", `${keyword} names ${second.slice(0, 20)} roots; the block was left out.`, {
          line: number,
        });
        block = newBlock(number);
        roots = null;
        continue;
      }
      roots = block[kind] = { declared, values: [] };
    } else if (keyword === "CONSTANT") {
      if (block.constant !== null) finish(number);
      const constant = Number(second);
      if (second !== "" && Number.isFinite(constant) && constant !== 0) block.constant = constant;
      else
        problems.error("sacpz.bad-constant", `CONSTANT ${second.slice(0, 20)} is no usable number.`, { line: number });
      roots = null;
    } else if (roots && roots.values.length < roots.declared) {
      const [re, im] = [Number(word), Number(second || 0)];
      if (Number.isFinite(re) && Number.isFinite(im)) roots.values.push({ re, im });
      else problems.error("sacpz.bad-root", `"${line.slice(0, 40)}" is no pole or zero.`, { line: number });
    } else problems.warning("sacpz.stray-line", `"${line.slice(0, 40)}" belongs to nothing.`, { line: number });
  }
  finish(0);
  if (full) problems.error("sacpz.too-many", `Only the first ${limits.maxItems} channels were read.`);
  if (items.length === 0 && problems.list().length === 0)
    problems.error("sacpz.empty", "The file holds no poles, zeros or constant.");
  return { items, problems: problems.list(), consumed: items.length > 0 ? bytes.length : 0 };
}

function channelOf(block: Block, name: string, problems: ProblemList): Channel | null {
  const { id, inputUnit, ...header } = readHeader(block.fields, channelOfFileName(name));
  const where = { line: block.line };
  if (!id) {
    problems.error(
      "sacpz.no-channel",
      "Neither the header nor the file's name tells the channel; name the file SAC_PZs_NET_STA_CHAN_LOC.",
      where,
    );
    return null;
  }
  const response = responseOf(block, inputUnit);
  if (response.inputUnit === "unknown")
    problems.warning(
      "sacpz.shape-only",
      "CONSTANT is missing or makes the response about 1 at 1 Hz: it tells the shape only, a calibration must come from elsewhere.",
      where,
    );
  return { ...header, id, calibNmPerCount: null, calperSec: null, response };
}

/** Zeros that are counted but not written stand at the origin, as SAC reads them. */
const complete = (roots: Roots | null): Complex[] =>
  roots ? [...roots.values, ...Array.from({ length: roots.declared - roots.values.length }, () => ORIGIN)] : [];
const ORIGIN: Complex = Object.freeze({ re: 0, im: 0 });

/**
 * Below this many counts per metre at 1 Hz no seismometer is recorded: the file is one of those whose constant makes the response about 1
 * (IDC tools), to be scaled by the calibration.
 */
const LEAST_COUNTS_PER_METRE = 100;

function responseOf(block: Block, unit: ResponseUnit | null): InstrumentResponse {
  const constant = block.constant ?? 1;
  const [zeros, poles] = [complete(block.zeros), complete(block.poles)];
  const isSmall = Math.abs(constant) * transferModulus(poles, zeros, 1) < LEAST_COUNTS_PER_METRE;
  const isShape = block.constant === null || (unit === null && isSmall);
  const inputUnit = isShape ? "unknown" : (unit ?? "m");
  const outputUnit = isShape ? "unknown" : "counts";
  const paz = { kind: "paz", domain: "laplace", inputUnit, outputUnit, poles, zeros } as const;
  return {
    stages: [{ ...paz, normalization: isShape ? constant : 1, gain: isShape ? 1 : constant, gainFrequencyHz: 1 }],
    // The header's SENSITIVITY is per m/s at a frequency it does not tell, and is contained in CONSTANT.
    sensitivity: null,
    sensitivityFrequencyHz: null,
    inputUnit,
  };
}
