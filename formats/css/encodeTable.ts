/**
 * Rows as a CSS3.0 flat file.
 *
 *     const text = encodeCssTable("origin", rows, { layout: "css30", loadTime });
 *
 * A number that its column is too narrow for loses decimals; one that does not fit at all is written as "no value". Texts are cut.
 */
import { dateParts } from "@harken/core";
import type { NumberColumn } from "./columns.ts";
import { type Field, fieldsOf } from "./layout.ts";
import { type CssRow, type CssTableName, cssLayouts } from "./schema.ts";

export interface CssWriteOptions {
  /** "css30" by default: the widths as published; "idc" and "kbcore" have wider columns and more of them. */
  readonly layout?: keyof typeof cssLayouts;
  /** Epoch seconds that stand in `lddate` of rows that have none. */
  readonly loadTime?: number;
}

export function encodeCssTable<T extends CssTableName>(
  table: T,
  rows: readonly CssRow<T>[],
  { layout = "css30", loadTime }: CssWriteOptions = {},
): string {
  const fields = fieldsOf(table, cssLayouts[layout]);
  const loaded = loadTime === undefined ? "-" : loadDate(loadTime);
  const lines = rows.map((row) => {
    const values = row as Readonly<Record<string, string | number | null>>;
    const cells = fields.map((field) => cell(field, values[field.name] ?? (field.name === "lddate" ? loaded : null)));
    return `${cells.join(" ")}\n`;
  });
  return lines.join("");
}

function cell({ column, start, end, decimals }: Field, value: string | number | null): string {
  const width = end - start;
  if (column.kind === "text") {
    const words = typeof value === "string" ? value.replaceAll(/\p{Cc}/gu, " ").trim() : "";
    return (words || "-").slice(0, width).padEnd(width);
  }
  const digits = typeof value === "number" && Number.isFinite(value) ? fitted(value, decimals, width) : null;
  return (digits ?? absent(column, decimals, width)).padStart(width);
}

function fitted(value: number, decimals: number, width: number): string | null {
  for (let d = decimals; d >= 0; d--) {
    const text = value.toFixed(d);
    if (text.length <= width) return text;
  }
  return null;
}

const absent = (column: NumberColumn, decimals: number, width: number) =>
  fitted(column.absent[0]!, decimals, width) ?? "-1";

/** `20100526 12:00:00`, as the IDC's files have it. */
function loadDate(time: number): string {
  const { year, month, day, hour, minute, second } = dateParts(time, 0);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}${two(month)}${two(day)} ${two(hour)}:${two(minute)}:${two(second)}`;
}
