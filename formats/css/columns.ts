/**
 * How a column of a CSS3.0 flat file is laid out. Columns are as wide as their table says, with one blank between two; texts stand left,
 * numbers right. The widths grew over the years, and not together: what varies as one is a `Variation`.
 */

/** The kinds of change between the families of files that share CSS3.0's tables. */
export type Variation = "id" | "place" | "amplitude" | "author" | "name" | "shift" | "errorTime" | "extra" | "type";

/** Which of a column's two widths holds: 0 the older, 1 the newer. */
export type Layout = Readonly<Record<Variation, 0 | 1>>;

interface Width {
  /** The older and the newer width, equal for most; 0 where the table has no such column. */
  readonly widths: readonly [number, number];
  readonly variation: Variation | null;
}

export interface TextColumn extends Width {
  readonly kind: "text";
}

export interface NumberColumn extends Width {
  readonly kind: "integer" | "real";
  /** Of the older and the newer width; 0 for integers. */
  readonly decimals: readonly [number, number];
  /** What means "no value": the first is written. */
  readonly absent: readonly number[];
}

export type Column = TextColumn | NumberColumn;

/** A width, or the older and the newer one and what changed. */
type Varying = number | readonly [older: number, newer: number, variation: Variation];

const widthOf = (width: Varying): Width =>
  typeof width === "number"
    ? { widths: [width, width], variation: null }
    : { widths: [width[0], width[1]], variation: width[2] };

export const text = (width: Varying): TextColumn => ({ kind: "text", ...widthOf(width) });

export const integer = (width: Varying, absent = -1): NumberColumn => ({
  kind: "integer",
  ...widthOf(width),
  decimals: [0, 0],
  absent: [absent],
});

export const real = (
  width: Varying,
  decimals: number | readonly [number, number],
  ...absent: readonly number[]
): NumberColumn => ({
  kind: "real",
  ...widthOf(width),
  decimals: typeof decimals === "number" ? [decimals, decimals] : decimals,
  absent,
});
