/** What a grid definition comes to: the grid, the order of its values in the file, and where vectors point. */
import type { WeatherGrid } from "@harken/core";
import type { Values } from "../packing/scaling.ts";
import { arrange } from "./scan.ts";

export interface GridLayout {
  readonly grid: WeatherGrid;
  readonly scanning: number;
  readonly alongGrid: boolean;
}

/** Values in the order of `WeatherField`. */
export function inOrder(values: Values, { grid, scanning }: GridLayout): Values {
  if (grid.kind === "regular") return arrange(values, grid.latitudesDeg.length, grid.columns, scanning);
  return grid.kind === "lambert" ? arrange(values, grid.rows, grid.columns, scanning) : values;
}
