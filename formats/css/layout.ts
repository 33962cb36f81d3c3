/** Where the columns of a table stand in a line, for every mixture of widths; and which mixture a file has. */
import type { Column, Layout, Variation } from "./columns.ts";
import { type CssTableName, cssLayouts, cssTableNames, cssTables } from "./schema.ts";

export interface Field {
  readonly name: string;
  readonly column: Column;
  /** From 0; `end` is excluded, and the blank after it is not counted. The last column has no end. */
  readonly start: number;
  readonly end: number;
  readonly decimals: number;
}

export type Fields = readonly Field[];

/** The columns that a layout has, in their order. */
export function fieldsOf(table: CssTableName, layout: Layout): Fields {
  const fields: Field[] = [];
  let start = 0;
  for (const [name, column] of Object.entries<Column>(cssTables[table])) {
    const choice = column.variation === null ? 0 : layout[column.variation];
    const width = column.widths[choice];
    if (width === 0) continue;
    const decimals = column.kind === "text" ? 0 : column.decimals[choice];
    fields.push({ name, column, start, end: start + width, decimals });
    start += width + 1;
  }
  return fields;
}

/** Every mixture of widths that makes a difference to a table, those with more columns first. */
export const candidateFields = Object.fromEntries(
  cssTableNames.map((table) => [table, mixturesOf(table)]),
) as unknown as Readonly<Record<CssTableName, readonly Fields[]>>;

function mixturesOf(table: CssTableName): readonly Fields[] {
  const varying = new Set<Variation>();
  for (const { variation } of Object.values<Column>(cssTables[table])) if (variation !== null) varying.add(variation);
  let layouts: Layout[] = [cssLayouts.css30];
  for (const variation of varying)
    layouts = layouts.flatMap((layout) => [
      { ...layout, [variation]: 1 as const },
      { ...layout, [variation]: 0 as const },
    ]);
  return layouts.map((layout) => fieldsOf(table, layout)).sort((a, b) => b.length - a.length);
}
