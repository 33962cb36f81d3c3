/** Air for tests and benchmarks, with a known wind. */
import { RADIANS_PER_DEGREE } from "@harken/core";
import type { TransportField } from "./transportField.ts";

const HEIGHTS = Float64Array.from([0, 100, 300, 600, 1000, 1500, 2500, 5000, 9000, 15_000]);

/** Air of one density profile that turns about a tilted axis, the faster the higher, over a boundary layer that is deep at noon's meridian. */
export function testWorld(time = 0, factor = 1, stepDeg = 5): TransportField {
  const [rows, columns, levels] = [180 / stepDeg + 1, 360 / stepDeg, HEIGHTS.length];
  const lanes = new Float32Array(rows * columns * levels * 4);
  const layer = new Float32Array(rows * columns * 4);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [lat, lon] = [(90 - stepDeg * row) * RADIANS_PER_DEGREE, stepDeg * column * RADIANS_PER_DEGREE];
      const point = row * columns + column;
      for (let k = 0; k < levels; k++) {
        const speed = factor * (4 + HEIGHTS[k]! / 300);
        const u = speed * (Math.cos(lat) + 0.4 * Math.sin(lat) * Math.cos(lon));
        lanes.set([u, -0.4 * speed * Math.sin(lon), 0, 1.2 * Math.exp(-HEIGHTS[k]! / 8000)], 4 * (point * levels + k));
      }
      const noon = Math.cos(lon) * Math.cos(lat);
      layer.set([700 + 500 * noon, 0.35, noon > 0 ? -noon / 60 : -noon / 200, 11_000], 4 * point);
    }
  }
  return {
    time,
    firstLatDeg: 90,
    stepLatDeg: -stepDeg,
    rows,
    firstLonDeg: 0,
    stepLonDeg: stepDeg,
    columns,
    heightsM: HEIGHTS,
    lanes,
    layer,
    weather: null,
    moist: null,
  };
}
