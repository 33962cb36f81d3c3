/** Columns of text that line up: right-aligned numbers, left-aligned words. */

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | null;
  /** Decimals of a number. */
  readonly digits?: number;
}

/** A table with a header line; null prints as "-". */
export function formatTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const cells = rows.map((row) =>
    columns.map(({ value, digits = 0 }) => {
      const cell = value(row);
      if (cell === null) return "-";
      return typeof cell === "number" ? cell.toFixed(digits) : cell;
    }),
  );
  const numeric = columns.map(({ value }) => rows.some((row) => typeof value(row) === "number"));
  const widths = columns.map(({ title }, i) => Math.max(title.length, ...cells.map((line) => line[i]!.length), 0));
  const format = (line: readonly string[]) =>
    line
      .map((cell, i) => (numeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join("  ")
      .trimEnd();
  return [format(columns.map(({ title }) => title)), ...cells.map(format)].join("\n");
}
