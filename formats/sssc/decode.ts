/**
 * Source-specific station corrections (SSSC) of travel times as LocSAT reads them, one file for station, phase and region
 * (TT.ARCES.Pn.reg.BARENTS). Lines that begin with # are comments; the others are, in this order:
 *
 *     station phase region model level(reg|local) static-correction sediment-velocity error-factor
 *     number of latitudes, number of longitudes
 *     latitudes from north to south, ten columns each
 *     longitudes from west to east, ten columns each
 *     for each latitude the corrections (s), eight columns each
 *     perhaps the same for their errors
 */
import {
  type Decoded,
  defaultLimits,
  type Limits,
  ProblemList,
  type TravelTimeCorrection,
  wrapLongitude,
} from "@harken/core";
import { Refused } from "../numberStream.ts";
import { number } from "../numbers.ts";
import { type TextLine, textLines } from "../textLines.ts";

const PLACE_COLUMNS = 10;
const VALUE_COLUMNS = 8;
const MAX_SIDE = 2_000;
const DEFAULT_ERROR_FACTOR = 1;

/** The rows that are no comment, one after the other. */
class Rows {
  readonly #lines: Iterator<TextLine>;
  line = 0;

  constructor(lines: Iterable<TextLine>) {
    this.#lines = lines[Symbol.iterator]();
  }

  next(): string | null {
    for (;;) {
      const { value, done } = this.#lines.next();
      if (done) return null;
      this.line = value.number;
      if (value.text.trim() !== "" && !value.text.startsWith("#")) return value.text;
    }
  }

  numbers(count: number, columns: number, what: string): number[] {
    const text = this.next();
    if (text === null) throw new Refused(`The file ends before ${what}.`);
    // Neighbours may touch, so columns decide where blanks give another number of values.
    const words = text.slice(0, count * columns * 2).trim();
    let parts = words.split(/\s+/);
    if (parts.length !== count)
      parts = Array.from({ length: count }, (_, i) => text.slice(i * columns, (i + 1) * columns));
    const values = parts.map(number);
    if (!values.every((value) => value !== null)) throw new Refused(`A row has not the ${count} numbers of ${what}.`);
    return values;
  }

  grid(height: number, width: number, what: string): number[][] {
    return Array.from({ length: height }, () => this.numbers(width, VALUE_COLUMNS, what));
  }
}

/** A grid whose corrections cannot be read is left out whole; unreadable errors leave the corrections. */
export function decodeTravelTimeCorrection(
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
): Decoded<TravelTimeCorrection> {
  const problems = new ProblemList(limits.maxProblems);
  const rows = new Rows(textLines(bytes, problems));
  const items: TravelTimeCorrection[] = [];
  try {
    items.push(readGrid(rows, limits, problems));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problems.error("sssc.bad-grid", `${error.message} The table was left out.`, { line: rows.line });
  }
  return { items, problems: problems.list(), consumed: bytes.length };
}

function readGrid(rows: Rows, limits: Limits, problems: ProblemList): TravelTimeCorrection {
  const head = rows.next()?.slice(0, 200).trim().split(/\s+/) ?? [];
  const [station = "", phase = "", region = "", model = "", level = "", staticSec = "0", , factor = "1"] = head;
  if (!/^(reg|regional|local)$/i.test(level))
    throw new Refused("No line says station, phase, region, model and level.");
  const [height, width] = rows.numbers(2, PLACE_COLUMNS, "the size of the grid") as [number, number];
  const right = (n: number) => Number.isInteger(n) && n >= 2 && n <= MAX_SIDE;
  if (!right(height) || !right(width) || height * width > limits.maxSamples)
    throw new Refused(`A grid of ${height} by ${width} cannot be.`);
  const latitudesDeg = rows.numbers(height, PLACE_COLUMNS, "the latitudes");
  if (!latitudesDeg.every((value, i) => Math.abs(value) <= 90 && (i === 0 || value < latitudesDeg[i - 1]!)))
    throw new Refused("The latitudes do not fall from north to south.");
  const longitudesDeg = eastward(rows.numbers(width, PLACE_COLUMNS, "the longitudes"));
  if (!longitudesDeg) throw new Refused("The longitudes do not rise from west to east.");
  const secondsByLatitude = rows.grid(height, width, "the corrections");
  if (Number(staticSec) !== 0)
    problems.warning("sssc.static", "The grid holds a static correction of the station; it is used as it stands.");
  return {
    ...{ station, phase, region, model, level: /^l/i.test(level) ? "local" : "regional" },
    ...{
      latitudesDeg,
      longitudesDeg,
      secondsByLatitude,
      errorSecByLatitude: readErrors(rows, height, width, problems),
    },
    errorFactor: positive(factor) ?? DEFAULT_ERROR_FACTOR,
  };
}

const positive = (text: string) => {
  const value = number(text);
  return value !== null && value > 0 ? value : null;
};

function readErrors(rows: Rows, height: number, width: number, problems: ProblemList): number[][] | null {
  try {
    const first = rows.next();
    if (first === null) return null;
    const again = new Rows([{ text: first, number: rows.line }]);
    const errors = [again.numbers(width, VALUE_COLUMNS, "the errors"), ...rows.grid(height - 1, width, "the errors")];
    if (errors.every((row) => row.every((value) => value >= 0))) return errors;
    throw new Refused("An error is negative.");
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problems.error("sssc.bad-errors", `${error.message} The errors were left out.`, { line: rows.line });
    return null;
  }
}

/** Rising longitudes, beyond 180 where the grid crosses that meridian; null when they do not rise. */
function eastward(longitudes: readonly number[]): number[] | null {
  const from = wrapLongitude(longitudes[0]!);
  const rising = longitudes.map((longitude) => from + ((((longitude - from) % 360) + 360) % 360));
  return rising.every((value, i) => i === 0 || value > rising[i - 1]!) ? rising : null;
}
