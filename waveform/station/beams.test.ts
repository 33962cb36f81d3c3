import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import fc from "fast-check";
import { apertureKm, beamDeck, delayOf, formBeam } from "./beams.ts";
import { seismicRecipe } from "./recipes.ts";
import { ARRAY_PLACES } from "./testStation.ts";

const places = ARRAY_PLACES.map(([northKm, eastKm]) => ({ northKm, eastKm }));
const [, band] = seismicRecipe.bands;

test("a beam is the mean of the elements, each taken at its own delay: the plain sum, for any number of elements and any steering", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 11 }),
      fc.integer({ min: 1, max: 300 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      (count, length, northSecPerKm, eastSecPerKm) => {
        const random = randomStream(count * 1000 + length, "beam");
        const used = Array.from({ length: count }, () => ({
          northKm: 4 * random.normal(),
          eastKm: 4 * random.normal(),
        }));
        const traces = used.map(() => Float64Array.from({ length }, () => random.normal()));
        const steer = { northSecPerKm, eastSecPerKm };
        const beam = new Float64Array(length);
        formBeam(traces, used, 20, steer, beam);
        for (let i = 0; i < length; i++) {
          const sum = traces.reduce((s, x, j) => s + (x[i + delayOf(used[j]!, steer, 20)] ?? 0), 0);
          assert.ok(Math.abs(beam[i]! - sum / count) < 1e-12);
        }
      },
    ),
    { numRuns: 80 },
  );
});

test("an element nearer to the source records earlier", () => {
  assert.equal(delayOf({ northKm: 2, eastKm: 0 }, { northSecPerKm: 0.1, eastSecPerKm: 0 }, 10), -2);
});

test("the deck holds the still beam and the recipe's slowest waves, no more beams than allowed, closer where waves are fast", () => {
  for (const scale of [0.2, 1, 5, 20]) {
    const wide = places.map(({ northKm, eastKm }) => ({ northKm: scale * northKm, eastKm: scale * eastKm }));
    const deck = beamDeck(wide, band!, seismicRecipe.array);
    const slownesses = deck.map(({ northSecPerKm: n, eastSecPerKm: e }) => Math.hypot(n, e));
    assert.equal(slownesses[0], 0);
    assert.ok(deck.length <= seismicRecipe.array.maxBeams);
    assert.ok(Math.max(...slownesses) <= seismicRecipe.array.maxSlowness + 1e-9);
  }
});

test("any wave that an array of regional size resolves passes some beam of the deck with three quarters of its amplitude", () => {
  const deck = beamDeck(places, band!, seismicRecipe.array);
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.25, noNaN: true }),
      fc.double({ min: 0, max: 6.28, noNaN: true }),
      (slowness, azimuth) => {
        const [n, e] = [slowness * Math.cos(azimuth), slowness * Math.sin(azimuth)];
        const omega = 2 * Math.PI * 1.9;
        const gains = deck.map((beam) => {
          const phases = places.map(
            (p) => omega * ((n - beam.northSecPerKm) * p.northKm + (e - beam.eastSecPerKm) * p.eastKm),
          );
          const part = (f: (x: number) => number) => phases.reduce((s, phase) => s + f(phase), 0) / places.length;
          return Math.hypot(part(Math.cos), part(Math.sin));
        });
        assert.ok(Math.max(...gains) > 0.75, `${slowness} ${azimuth}: ${Math.max(...gains)}`);
      },
    ),
    { numRuns: 100 },
  );
});

test("the aperture is the largest distance of two elements", () => {
  assert.ok(
    Math.abs(
      apertureKm([
        { northKm: 0, eastKm: 3 },
        { northKm: 4, eastKm: 0 },
        { northKm: 1, eastKm: 1 },
      ]) - 5,
    ) < 1e-12,
  );
});
