import assert from "node:assert/strict";
import { test } from "node:test";
import { azimuthDifference, median } from "@harken/core";
import { testScale } from "@harken/testing";
import fc from "fast-check";
import { findFamilies } from "./families.ts";
import { consistencyOf } from "./network.ts";
import { findPixels } from "./pixels.ts";
import { expectedDelay, fitPlaneWave } from "./planeWave.ts";
import { initialTriangles } from "./subnetworks.ts";
import { addTrain, array, familySettings, noise, RATE, settings } from "./testArray.ts";

const elements = array();
const families = (traces: readonly Float64Array[], places = elements) =>
  findFamilies(findPixels(traces, places, RATE, settings), settings.bands, familySettings);

test("delays of a plane wave give its slowness back, to 1e-12, and add up to nothing round every triangle", () => {
  const number = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
  fc.assert(
    fc.property(number(4), number(4), (northSecPerKm, eastSecPerKm) => {
      const wave = { northSecPerKm, eastSecPerKm };
      const delays = elements.flatMap((a, first) =>
        elements.flatMap((b, second) =>
          first < second ? [{ first, second, seconds: expectedDelay(wave, a, b) }] : [],
        ),
      );
      const found = fitPlaneWave(elements, delays)!;
      assert.ok(Math.hypot(found.northSecPerKm - northSecPerKm, found.eastSecPerKm - eastSecPerKm) < 1e-12);
      assert.ok(consistencyOf([0, 1, 2, 3], delays) < 1e-12);
    }),
  );
  const line = [0, 1, 2].map((northKm) => ({ northKm, eastKm: 2 * northKm }));
  assert.equal(fitPlaneWave(line, [{ first: 0, second: 1, seconds: 1 }]), null);
  assert.deepEqual(initialTriangles(line, 4), []);
});

test("the consistency is the root mean square of the closures (Cansi 1995, equation 2)", () => {
  const delays = [
    { first: 0, second: 1, seconds: 1 },
    { first: 1, second: 2, seconds: 1 },
    { first: 0, second: 2, seconds: 1.7 },
  ];
  assert.ok(Math.abs(consistencyOf([0, 1, 2], delays) - 0.3) < 1e-12);
});

test("trains of sound come back with azimuth within 1 deg and speed within 2 %, from anywhere, at 4 and at 8 elements", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 0.31, max: 0.5, noNaN: true }),
      fc.constantFrom(4, 8),
      fc.integer({ min: 0, max: 1e6 }),
      (azimuthDeg, speedKmPerSec, count, seed) => {
        const places = array(count);
        const traces = noise(places, 200, seed);
        const train = { azimuthDeg, speedKmPerSec, lowHz: 0.5, highHz: 3, fromSec: 70, lengthSec: 40, amplitude: 2 };
        addTrain(traces, places, train, seed);
        const found = families(traces, places).sort((a, b) => b.length - a.length);
        assert.ok(found.length >= 1);
        const [family] = found;
        const turns = family!.map(({ backAzimuthDeg }) => azimuthDifference(backAzimuthDeg, azimuthDeg));
        assert.ok(Math.abs(median(turns)) < 1, String(median(turns)));
        const speed = 1 / median(family!.map(({ slownessSecPerKm }) => slownessSecPerKm));
        assert.ok(Math.abs(speed / speedKmPerSec - 1) < 0.02, String(speed));
        for (const { fromSec, toSec, correlation, elements: used } of family!) {
          assert.ok(toSec > 68 && fromSec < 113 && correlation > 0.3 && correlation <= 1);
          assert.ok(used.length >= 3 && new Set(used).size === used.length);
        }
      },
    ),
    { numRuns: testScale(100, 12) },
  );
});

test("two sources at once in different bands are two families", () => {
  const traces = noise(elements, 300, 5);
  const common = { speedKmPerSec: 0.34, fromSec: 80, lengthSec: 120, amplitude: 2 };
  addTrain(traces, elements, { ...common, azimuthDeg: 40, lowHz: 0.15, highHz: 0.3 }, 6);
  addTrain(traces, elements, { ...common, azimuthDeg: 220, lowHz: 1.5, highHz: 3 }, 7);
  const azimuths = families(traces)
    .filter((family) => family.length > 20)
    .map((family) => median(family.map(({ backAzimuthDeg }) => backAzimuthDeg)))
    .sort((a, b) => a - b);
  assert.equal(azimuths.length, 2);
  assert.ok(Math.abs(azimuths[0]! - 40) < 3 && Math.abs(azimuths[1]! - 220) < 3, String(azimuths));
});

test("noise makes no family of any size worth the name; a seismic wave and masked data make none", () => {
  const hours = testScale(24, 1);
  const count = families(noise(elements, 3600 * hours, 8)).length;
  assert.ok(count <= 2 * hours, `${count} in ${hours} h`);
  const fast = noise(elements, 200, 9);
  const train = { azimuthDeg: 10, speedKmPerSec: 6, lowHz: 0.5, highHz: 3, fromSec: 50, lengthSec: 60, amplitude: 3 };
  addTrain(fast, elements, train, 9);
  assert.deepEqual(families(fast), []);
  const heard = noise(elements, 200, 10);
  addTrain(heard, elements, { ...train, speedKmPerSec: 0.34 }, 9);
  const bad = heard.map(({ length }) => new Uint8Array(length).fill(1, 40 * RATE, 130 * RATE));
  assert.deepEqual(
    findPixels(heard, elements, RATE, settings, { bad }).filter(({ correlation }) => correlation > 0.8),
    [],
  );
});

test("an element that is dead or records something else is left out, and the others are believed", () => {
  const places = array(8);
  const traces = noise(places, 200, 11);
  addTrain(
    traces,
    places,
    { azimuthDeg: 300, speedKmPerSec: 0.35, lowHz: 0.5, highHz: 3, fromSec: 60, lengthSec: 80, amplitude: 2 },
    11,
  );
  traces[3] = noise(places, 200, 99)[0]!;
  const [family] = families(traces, places).sort((a, b) => b.length - a.length);
  assert.ok(Math.abs(azimuthDifference(median(family!.map((p) => p.backAzimuthDeg)), 300)) < 1);
  const strong = family!.filter(({ correlation }) => correlation > 0.7);
  assert.ok(strong.length > 50 && strong.every(({ elements: used }) => used.length >= 6));
  // Noise may agree with a wave by chance.
  assert.ok(strong.filter(({ elements: used }) => used.includes(3)).length < 0.1 * strong.length);
});

test("any stretch of a recording has the pixels of the whole, but at its ends", () => {
  const whole = noise(elements, 400, 21);
  addTrain(
    whole,
    elements,
    { azimuthDeg: 77, speedKmPerSec: 0.34, lowHz: 0.4, highHz: 3, fromSec: 170, lengthSec: 60, amplitude: 2 },
    21,
  );
  const all = findPixels(whole, elements, RATE, settings, { firstSample: 1_000_003 });
  const cut = 977;
  const part = findPixels(
    whole.map((trace) => trace.subarray(cut)),
    elements,
    RATE,
    settings,
    { firstSample: 1_000_003 + cut },
  );
  const around = (pixels: typeof all, shiftSec: number) =>
    pixels.flatMap(({ band, fromSec, backAzimuthDeg, correlation }) => {
      const at = fromSec + shiftSec;
      return band >= 4 && correlation > 0.6 && at > 150 && at < 240
        ? [`${band} ${at.toFixed(3)} ${backAzimuthDeg.toFixed(1)}`]
        : [];
    });
  assert.ok(around(all, 0).length > 50);
  assert.deepEqual(around(part, cut / RATE), around(all, 0));
});

test("whatever the samples are, nothing is thrown and nothing is not a number; too few elements are told", () => {
  for (const level of [0, 1e300, Number.NaN, Infinity, -1]) {
    const traces = elements.map((_, j) =>
      Float64Array.from({ length: 3000 }, (_v, i) => level * Math.sin(i * j + i * i)),
    );
    for (const pixel of findPixels(traces, elements, RATE, settings))
      assert.ok([pixel.backAzimuthDeg, pixel.slownessSecPerKm, pixel.correlation, pixel.rms].every(Number.isFinite));
  }
  assert.deepEqual(
    findPixels(
      elements.map(() => new Float64Array(0)),
      elements,
      RATE,
      settings,
    ),
    [],
  );
  assert.throws(() => findPixels([new Float64Array(10)], elements.slice(0, 1), RATE, settings), RangeError);
});
