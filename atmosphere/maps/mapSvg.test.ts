import assert from "node:assert/strict";
import { test } from "node:test";
import { cellIndex, globalGrid } from "../grid/latLonGrid.ts";
import { type MapPicture, mapSvg } from "./mapSvg.ts";
import { LOG_SHADES, shadeOf } from "./shades.ts";

const grid = globalGrid(1);
const picture = (
  cells: readonly (readonly [lat: number, lon: number, value: number])[],
  more: Partial<MapPicture> = {},
) => {
  const values = new Float64Array(grid.rows * grid.columns);
  for (const [lat, lon, value] of cells) values[cellIndex(grid, lat, lon)] = value;
  return mapSvg({ title: "A < B", unit: "1/m^3", grid, values, scale: "log", land: [], marks: [], ...more });
};
/** Position of a cell of this colour. */
const cellAt = (svg: string, colour: string) => {
  const [, x, y] = new RegExp(
    `<rect x='([-\\d.]+)' y='([-\\d.]+)' width='[\\d.]+' height='[\\d.]+' fill='${colour}'/>\\n`,
  ).exec(svg)!;
  return [Number(x), Number(y)] as const;
};

test("shades: the largest is darkest, two decades below nothing is drawn", () => {
  assert.equal(shadeOf(5, 5, "log"), 0);
  assert.equal(shadeOf(0.5, 5, "log"), LOG_SHADES.length / 2);
  assert.equal(shadeOf(0.049, 5, "log"), -1);
  assert.equal(shadeOf(0.001, 5, "linear"), LOG_SHADES.length - 1);
  assert.equal(shadeOf(0, 5, "linear"), -1);
});

test("a plume over the date line stays whole, and keeps east to the right", () => {
  const svg = picture([
    [40.5, 175.5, 1],
    [40.5, -175.5, 0.011],
  ]);
  const [west, y] = cellAt(svg, LOG_SHADES[0]!);
  const [east, sameY] = cellAt(svg, LOG_SHADES.at(-1)!);
  assert.equal(y, sameY);
  // 9 deg apart on a map of 40 deg in 1000 pixels.
  assert.ok(Math.abs(east - west - 225) < 1, `${west} ${east}`);
});

test("coasts, stations, sources and measurements are drawn where they are; text is escaped", () => {
  const svg = picture([[40.5, 130.5, 1]], {
    land: [
      [
        [128, 38],
        [132, 38],
        [132, 42],
      ],
    ],
    marks: [
      { latitudeDeg: 36.3, longitudeDeg: 139.08, label: "JPX38", kind: "station" },
      { latitudeDeg: 41.3, longitudeDeg: 129.1, label: "source", kind: "source" },
      { latitudeDeg: 38, longitudeDeg: 135, label: "a & b", kind: "measurement", value: 0.5 },
    ],
  });
  assert.match(svg, /A &lt; B/);
  assert.match(svg, />JPX38</);
  assert.match(svg, /<title>a &amp; b<\/title>/);
  // 40 deg in 1000 pixels; the cell's corner is at 41 N 130 E.
  const [west, north] = cellAt(svg, LOG_SHADES[0]!);
  const isAt = (pattern: RegExp, lat: number, lon: number, below = 0) => {
    const [, x, y] = pattern.exec(svg)!.map(Number);
    assert.ok(Math.abs(x! - west - 25 * (lon - 130)) < 0.2, `${pattern} ${x} ${west}`);
    assert.ok(Math.abs(y! - below - north - 25 * (41 - lat)) < 0.2, `${pattern} ${y} ${north}`);
  };
  isAt(/d='M([\d.]+) ([\d.]+)L[\d.]+ [\d.]+L[\d.]+ [\d.]+'/, 38, 128);
  isAt(/d='M[\d.]+ [\d.]+L[\d.]+ [\d.]+L([\d.]+) ([\d.]+)'/, 42, 132);
  isAt(/d='M([\d.]+) ([\d.]+)l6 11h-12z'/, 36.3, 139.08, -7);
  isAt(/<circle cx='([\d.]+)' cy='([\d.]+)'/, 38, 135);
  isAt(/<text x='([\d.]+)' y='([\d.]+)'[^>]*>source</, 41.3, 129.1 + 9 / 25, -6);
  assert.ok(!svg.includes("NaN"));
});

test("an empty field is an empty map", () => {
  const svg = picture([]);
  assert.ok(svg.startsWith("<svg") && !svg.includes("NaN") && !svg.includes("Infinity"));
});
