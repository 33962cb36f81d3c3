/** Shades of a map's values: dark where they are largest, told apart in grey as well (ColorBrewer's OrRd and YlGnBu). */

export const LOG_SHADES: readonly string[] = [
  "#7f0000",
  "#b30000",
  "#d7301f",
  "#ef6548",
  "#fc8d59",
  "#fdbb84",
  "#fdd49e",
  "#fee8c8",
];
export const LINEAR_SHADES: readonly string[] = [
  "#081d58",
  "#253494",
  "#225ea8",
  "#1d91c0",
  "#41b6c4",
  "#7fcdbb",
  "#c7e9b4",
  "#edf8b1",
];
/** So many decades below the largest value the logarithmic shades reach, where nobody asks for more. */
const DECADES = 2;

/** Index of the shade, 0 for the largest; -1 for what is not drawn. */
export function shadeOf(value: number, largest: number, scale: "log" | "linear", decades = DECADES): number {
  if (!(value > 0 && largest > 0)) return -1;
  const below =
    scale === "log"
      ? (LOG_SHADES.length * Math.log10(largest / value)) / decades
      : LINEAR_SHADES.length * (1 - value / largest);
  if (scale === "log") return below < LOG_SHADES.length ? Math.floor(below) : -1;
  return Math.min(LINEAR_SHADES.length - 1, Math.floor(below));
}

/** 2.5e-13, 0.75, 13: as short as reads well. */
export function formatPower(value: number): string {
  if (value === 0) return "0";
  return value >= 0.01 && value < 1e4 ? String(Number(value.toPrecision(2))) : value.toExponential(1);
}
