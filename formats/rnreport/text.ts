/**
 * The text of radionuclide products, which people read and programs too: sections under a ruled title, lines "Name: value", tables whose columns are
 * at least two blanks apart under their titles. Cells hold no two blanks in a row; a dash stands for what there is not.
 */
import { isoTime, parseTime } from "@harken/core";
import { number } from "../numbers.ts";

const WIDTH = 80;
const NONE = "-";

export const sectionTitle = (title: string) => `${title} ${"=".repeat(Math.max(4, WIDTH - title.length - 1))}`;

/** Free text becomes one line of single blanks, and never looks like a section, a message's end or nothing. */
function cell(value: string | number | null): string {
  if (value === null || value === "") return NONE;
  return String(value).replace(/\s+/g, " ").replace(/={4,}/g, "===").trim() || NONE;
}

export function writeFields(fields: readonly (readonly [name: string, value: string | number | null])[]): string[] {
  const width = Math.max(...fields.map(([name]) => name.length)) + 1;
  return fields.map(([name, value]) => `${`${name}:`.padEnd(width)} ${cell(value)}`);
}

export function writeTable(
  titles: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string[] {
  const cells = [titles, ...rows.map((row) => row.map(cell))];
  const widths = titles.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) =>
    row
      .map((value, column) => value.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}

export const writeTime = (time: number | null) =>
  time === null ? null : isoTime(time, 3).replaceAll("-", "/").replace("T", " ").replace("Z", "");

/** "2026/11/24 00:00:00.000"; null for a dash and for what is no time. */
export function readTime(text: string): number | null {
  return parseTime(text.replaceAll("/", "-").replace(" ", "T"));
}

export const readText = (text: string | undefined) => (text === undefined || text === NONE ? "" : text);
export const readOptional = (text: string | undefined) => (text === undefined || text === NONE ? null : text);
export const readNumber = (text: string | undefined) => number(text ?? "");

export interface Section {
  readonly title: string;
  readonly line: number;
  readonly lines: readonly { readonly text: string; readonly number: number }[];
}

/** Sections of a product's text, whose first line has the number `firstLine`. */
export function cutSections(text: string, firstLine: number): Section[] {
  const sections: Section[] = [];
  let lines: { text: string; number: number }[] | null = null;
  text.split("\n").forEach((raw, i) => {
    const line = raw.trimEnd();
    const [, title] = /^(\S.*?) ={4,}$/.exec(line) ?? [];
    if (title !== undefined) {
      lines = [];
      sections.push({ title, line: firstLine + i, lines });
    } else if (line !== "") lines?.push({ text: line, number: firstLine + i });
  });
  return sections;
}

export function fieldsOf(section: Section | undefined): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const { text } of section?.lines ?? []) {
    const at = text.indexOf(":");
    if (at > 0) fields.set(text.slice(0, at), text.slice(at + 1).trim());
  }
  return fields;
}

export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Rows under the table's titles. */
export function rowsOf(section: Section | undefined): readonly TableRow[] {
  return (section?.lines.slice(1) ?? []).map(({ text, number: line }) => ({ cells: text.split(/ {2,}/), line }));
}
