import assert from "node:assert/strict";
import { test } from "node:test";
import type { ConcentrationSeries } from "@harken/api";
import { ratioPoints } from "./ratioPoints.ts";

const series = (nuclide: string, values: readonly (number | null)[]): ConcentrationSeries => ({
  ...{ station: "X", nuclide, unit: "mBq/m3" },
  points: values.map((concentration, i) => ({
    ...{ sampleKey: `s${i}`, time: i, identified: concentration !== null, concentration },
    ...{ concentrationError: concentration === null ? null : 0.1 * concentration, mdc: 0.5, level: null },
  })),
});
const line = { y: "Xe-133m/Xe-133", x: "Xe-133m/Xe-131m" };

test("found isotopes give ratios with their errors, others bounds by the MDC, two others nothing", () => {
  const points = ratioPoints(
    {
      "Xe-133": series("Xe-133", [10, 10, 10, 10]),
      "Xe-133m": series("Xe-133m", [2, null, 2, null]),
      "Xe-131m": series("Xe-131m", [4, 4, null, null]),
    },
    line,
  );
  assert.deepEqual(
    points.map(({ sampleKey, x, y }) => [sampleKey, x.value, x.bound, y.value, y.bound]),
    [
      ["s0", 0.5, null, 0.2, null],
      ["s1", 0.125, "upper", 0.05, "upper"],
      ["s2", 4, "lower", 0.2, null],
    ],
  );
  assert.ok(Math.abs(points[0]!.x.relativeError! - Math.SQRT2 / 10) < 1e-12);
});

test("without an isotope's series there is no point", () => {
  assert.deepEqual(ratioPoints({ "Xe-133m": series("Xe-133m", [2]) }, line), []);
});
