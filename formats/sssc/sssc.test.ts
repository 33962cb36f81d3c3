/** A grid by hand in the form LocSAT reads, grids that go out and in again, and hostile bytes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultLimits, type TravelTimeCorrection } from "@harken/core";
import { fuzzDecoder } from "@harken/testing";
import fc from "fast-check";
import { readFile } from "../formats.ts";
import { decodeTravelTimeCorrection } from "./decode.ts";
import { encodeTravelTimeCorrection } from "./encode.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const sample = `# Station Phase    Source Region    Velocity Model   Level  StaCor  SedVel MEFac
# ======= ======== ================ ================ =====  ======  ====== =====
  ARCES   Pn       BARENTS          iasp91           reg     0.000   5.800  0.75
# Number of Lat/Lon samples, respectively:
    2    3
# Latitude samples (deg) from north to south:
    72.000    68.000
# Longitude samples (deg) from west to east:
   178.000   179.500  -179.000
# SSSC's in map view (origin is NW corner):
   -1.50-1000.25    0.50
    0.00    0.25    0.75
# SSSC modeling errors in map view (origin is NW corner):
    0.90    0.80    0.70
    1.00    1.10    1.20
`;

test("a grid by hand, across the 180th meridian, with values that touch", () => {
  const contents = readFile(bytesOf(sample), "TT.ARCES.Pn.reg.BARENTS");
  assert.equal(contents.format, "sssc");
  assert.deepEqual(contents.problems, []);
  assert.deepEqual(contents.travelTimeCorrections, [
    {
      ...{ station: "ARCES", phase: "Pn", region: "BARENTS", model: "iasp91", level: "regional" },
      ...{ latitudesDeg: [72, 68], longitudesDeg: [178, 179.5, 181], errorFactor: 0.75 },
      secondsByLatitude: [
        [-1.5, -1000.25, 0.5],
        [0, 0.25, 0.75],
      ],
      errorSecByLatitude: [
        [0.9, 0.8, 0.7],
        [1, 1.1, 1.2],
      ],
    },
  ]);
});

test("what is wrong is named, and unreadable errors leave the corrections", () => {
  const codes = (text: string) => decodeTravelTimeCorrection(bytesOf(text)).problems.map(({ code }) => code);
  assert.deepEqual(codes("nothing\n"), ["sssc.bad-grid"]);
  assert.deepEqual(codes(sample.replace("    2    3", "    2    0")), ["sssc.bad-grid"]);
  assert.deepEqual(codes(sample.replace("    72.000    68.000", "    68.000    72.000")), ["sssc.bad-grid"]);
  assert.deepEqual(codes(sample.replace("0.80", "none")), ["sssc.bad-errors"]);
  const { items, problems } = decodeTravelTimeCorrection(bytesOf(sample.slice(0, sample.indexOf("    1.00    1.10"))));
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["sssc.bad-errors"],
  );
  assert.equal(items[0]?.errorSecByLatitude, null);
  assert.equal(items[0]?.secondsByLatitude.length, 2);
  assert.deepEqual(codes(sample.replace(" 0.000   5.800", " 0.300   5.800")), ["sssc.static"]);
});

const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((value) => value / 100);
const grid = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 6 })).chain(([height, width]) =>
  fc.record({
    secondsByLatitude: fc.array(fc.array(hundredths(-9999, 9999), { minLength: width, maxLength: width }), {
      minLength: height,
      maxLength: height,
    }),
    errorSecByLatitude: fc.option(
      fc.array(fc.array(hundredths(0, 999), { minLength: width, maxLength: width }), {
        minLength: height,
        maxLength: height,
      }),
    ),
    north: fc.integer({ min: -60, max: 80 }),
    west: fc.integer({ min: -180, max: 179 }),
  }),
);

test("any grid comes back as it was", () => {
  fc.assert(
    fc.property(grid, ({ secondsByLatitude, errorSecByLatitude, north, west }) => {
      const correction: TravelTimeCorrection = {
        ...{ station: "FINES", phase: "Sn", region: "R1", model: "ak135", level: "local" },
        latitudesDeg: secondsByLatitude.map((_, i) => north - 1.5 * i),
        longitudesDeg: secondsByLatitude[0]!.map((_, i) => west + 2 * i),
        ...{ secondsByLatitude, errorSecByLatitude, errorFactor: 1 },
      };
      const { items, problems } = decodeTravelTimeCorrection(encodeTravelTimeCorrection(correction));
      assert.deepEqual(problems, []);
      // A text has no negative zero.
      assert.deepEqual(JSON.stringify(items), JSON.stringify([correction]));
    }),
  );
});

const limits = { ...defaultLimits, maxSamples: 10_000, maxProblems: 20 };
fuzzDecoder("decodeTravelTimeCorrection", (bytes) => decodeTravelTimeCorrection(bytes, limits), [bytesOf(sample)]);
