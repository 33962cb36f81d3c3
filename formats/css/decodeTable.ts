/**
 * Rows of a CSS3.0 flat file.
 *
 *     const { items, problems } = decodeCssTable("arrival", bytes);
 *
 * Fields are taken by their columns and never at blanks, since neighbours may touch: a value that is wider than its column by one takes the
 * blank beside it. The file's widths are those that fit most of its first rows. A first line that begins with # and names the columns makes
 * it a table of fields between tabs instead. A row that cannot be understood is told by its line, and the others are kept.
 */
import { type Decoded, defaultLimits, type Limits, ProblemList } from "@harken/core";
import { textLines } from "../textLines.ts";
import type { Column } from "./columns.ts";
import { candidateFields, type Fields } from "./layout.ts";
import { type CssRow, type CssTableName, cssTableNames, cssTables } from "./schema.ts";

const ROWS_LOOKED_AT = 100;
/** Of the rows looked at, how many must fit before a file is taken for a table. */
const LEAST_SHARE = 0.5;
/** How much worse a row fits for each sign of being cut at the wrong places, and for all of them. */
const DOUBT = 0.1;
const MOST_DOUBT = 0.4;
/** Columns that a heading must name before it tells the table. */
const LEAST_NAMES = 3;
/** What a row may leave out at its end. */
const OPTIONAL = new Set(["commid", "lddate"]);
/** The longest row of any table is 300 columns wide; what follows its last column belongs to that. */
const LONGEST_ROW = 4096;

export function decodeCssTable<T extends CssTableName>(
  table: T,
  bytes: Uint8Array,
  limits: Limits = defaultLimits,
): Decoded<CssRow<T>> {
  const problems = new ProblemList(limits.maxProblems);
  const rows: CssRow<T>[] = [];
  const parse = rowParser(table, bytes);
  if (!parse) {
    problems.error("css.not-this-table", `The rows do not have the columns of the table ${table}.`, { line: 1 });
    return { items: rows, problems: problems.list(), consumed: 0 };
  }
  let dropped = 0;
  for (const { text, number } of textLines(bytes, problems)) {
    if (text.length > LONGEST_ROW) problems.error("css.row-too-long", "The row is too long.", { line: number });
    else if (!isRow(text)) continue;
    else if (rows.length >= limits.maxItems) dropped++;
    else {
      const parsed = parse(text);
      if (typeof parsed === "string")
        problems.error("css.bad-row", `${parsed} The row was left out.`, { line: number });
      else rows.push(parsed.row as CssRow<T>);
    }
  }
  if (dropped > 0)
    problems.error("css.too-many-rows", `${dropped} rows above the limit of ${limits.maxItems} were left out.`);
  return { items: rows, problems: problems.list(), consumed: bytes.length };
}

/** Whether the first rows have the columns of the table. */
export function isCssTable(table: CssTableName, bytes: Uint8Array): boolean {
  return firstLines(bytes).some(isRow) && rowParser(table, bytes) !== null;
}

/** The table whose columns the first line names, when it begins with #; null for any other file. */
export function headedTable(bytes: Uint8Array): CssTableName | null {
  const names = headerOf(firstLines(bytes)[0] ?? "");
  if (!names) return null;
  const [best] = cssTableNames
    .map((table) => ({ table, known: names.filter((name) => name in cssTables[table]).length }))
    .sort((a, b) => b.known - a.known);
  return best && best.known >= LEAST_NAMES && best.known > names.length / 2 ? best.table : null;
}

type AnyRow = Readonly<Record<string, string | number | null>>;

interface Parsed {
  readonly row: AnyRow;
  /** Pairs of neighbours with no blank between them. */
  readonly touching: number;
}

/** In words why there is no row. */
type RowParser = (line: string) => Parsed | string;

const isRow = (line: string) => line.trim() !== "" && !line.startsWith("#");

function rowParser(table: CssTableName, bytes: Uint8Array): RowParser | null {
  const lines = firstLines(bytes);
  const names = headerOf(lines[0] ?? "");
  const parsers = names
    ? [(line: string) => parseTabbed(table, names, line)]
    : candidateFields[table].map((fields) => (line: string) => parseFixed(table, fields, line));
  const rows = lines.filter(isRow);
  const fits = parsers.map((parse) => rows.reduce((sum, line) => sum + fitOf(parse(line)), 0));
  const most = Math.max(...fits);
  if (rows.length > 0 && most < LEAST_SHARE * rows.length) return null;
  return parsers[fits.indexOf(most)]!;
}

/**
 * Wrong widths may still give values. They betray themselves by characters between the columns, texts that run on over blanks and dates cut
 * in two; right widths seldom have these.
 */
function fitOf(parsed: Parsed | string): number {
  if (typeof parsed === "string") return 0;
  const { row, touching } = parsed;
  const date = row["lddate"] ?? null;
  const undated = date === null || DATE.test(String(date)) ? 0 : 1;
  const runOn = Object.values(row).filter((value) => typeof value === "string" && value.includes("  ")).length;
  return 1 - Math.min(MOST_DOUBT, DOUBT * (touching + undated + runOn));
}

function firstLines(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  for (const { text } of textLines(bytes.subarray(0, ROWS_LOOKED_AT * LONGEST_ROW), new ProblemList(0))) {
    lines.push(text.slice(0, LONGEST_ROW));
    if (lines.length > ROWS_LOOKED_AT) break;
  }
  return lines;
}

function headerOf(line: string): string[] | null {
  if (!line.startsWith("#")) return null;
  const names = line.slice(1).trim().toLowerCase().split("\t");
  return names.length > 1 ? names : null;
}

function parseTabbed(table: CssTableName, names: readonly string[], line: string): Parsed | string {
  const cells = line.split("\t");
  const row: Record<string, string | number | null> = {};
  for (const [name, column] of Object.entries<Column>(cssTables[table])) {
    const at = names.indexOf(name);
    if (at >= 0 && at >= cells.length) return `The row has ${cells.length} fields where ${names.length} are named.`;
    const value = at < 0 ? null : cellValue(column, cells[at]!.trim());
    if (value === undefined) return `The field ${name} is "${shown(cells[at]!)}".`;
    row[name] = value;
  }
  return { row, touching: 0 };
}

function parseFixed(table: CssTableName, fields: Fields, line: string): Parsed | string {
  const row: Record<string, string | number | null> = Object.fromEntries(
    Object.keys(cssTables[table]).map((name) => [name, null]),
  );
  const length = line.trimEnd().length;
  let touching = 0;
  for (let i = 0; i < fields.length; i++) {
    const { name, column, start, end } = fields[i]!;
    if (start >= length) {
      if (OPTIONAL.has(name)) continue;
      return `The row ends before the column ${name}.`;
    }
    // A character between two columns belongs to the left one when that is full to its end, otherwise to the right one.
    const isTouching = start > 0 && isFilled(line, start - 1);
    if (isTouching) touching++;
    const from = isTouching && !isFilled(line, start - 2) ? start - 1 : start;
    const isLast = i === fields.length - 1;
    const to = isLast ? length : isFilled(line, end) && isFilled(line, end - 1) ? end + 1 : end;
    const cell = line.slice(from, to).trim();
    const value = cellValue(column, cell);
    if (value === undefined) return `The column ${name} holds "${shown(cell)}".`;
    row[name] = value;
  }
  return { row, touching };
}

const isFilled = (line: string, at: number) => at < line.length && line[at] !== " ";

/** undefined when it is none. */
function cellValue(column: Column, cell: string): string | number | null | undefined {
  if (column.kind === "text") return cell === "-" || cell === "" ? null : cell;
  const pattern = column.kind === "integer" ? INTEGER : REAL;
  if (!pattern.test(cell)) return undefined;
  const value = Number(cell) + 0;
  return column.absent.includes(value) ? null : value;
}

const INTEGER = /^[+-]?\d+$/;
const REAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?$/;
/** 20100526 12:00:00, 28-FEB-19, 2010-05-26, 05/26/10, 1274387746.02500. */
const DATE = /^(?:\d{8}|\d{1,4}[-/](?:\d{1,2}|[a-z]{3})[-/]\d{1,4}|\d{9,10}\.\d+)(?:[ T:].*)?$/i;
const shown = (text: string) => text.slice(0, 40);
