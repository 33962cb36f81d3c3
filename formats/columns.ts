/**
 * Fixed columns of lines, numbered from 1 as in the specifications of IMS1.0 and SEISAN.
 *
 *     column(line, 37, 44);       // latitude of an origin line, without blanks
 *     fixed(-130.31, 9, 4);       // "-130.3100"
 */
import { number } from "./numbers.ts";

export const column = (line: string, from: number, to: number): string => line.slice(from - 1, to).trim();

/** Null for blanks and for what is no finite number. */
export const numberAt = (line: string, from: number, to: number): number | null => number(column(line, from, to));

export const left = (text: string, width: number): string => text.slice(0, width).padEnd(width);
export const right = (text: string, width: number): string => text.slice(0, width).padStart(width);

/** Whether the columns that part the fields are blank. */
export const areBlank = (line: string, columns: readonly number[]): boolean =>
  columns.every((at) => line.charAt(at - 1).trim() === "");

/**
 * Right-justified, with as many of `decimals` as the width has room for; blanks for null and for what does not fit at all, which the
 * specification reads as "not given".
 */
export function fixed(value: number | null, width: number, decimals: number): string {
  if (value === null || !Number.isFinite(value)) return " ".repeat(width);
  for (let digits = decimals; digits >= 0; digits--) {
    const text = value.toFixed(digits).replace(/^-(0(?:\.0*)?)$/, "$1");
    if (text.length <= width) return text.padStart(width);
  }
  return " ".repeat(width);
}
