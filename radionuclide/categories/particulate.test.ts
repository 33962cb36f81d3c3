import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { boundsOf, defaultHistorySettings, emptyHistory, type StationHistory, withSample } from "./history.ts";
import { type CategorisedNuclide, categoriseParticulate } from "./particulate.ts";

/** A station that always shows beryllium and lead, and now and then caesium. */
function station(samples: number): StationHistory {
  const random = randomStream(5, "station");
  let history = emptyHistory;
  for (let i = 0; i < samples; i++) {
    const found: Record<string, number> = {
      "Be-7": 4000 * Math.exp(0.3 * random.normal()),
      "Pb-212F": 20_000 * Math.exp(0.5 * random.normal()),
    };
    if (i % 3 === 0) found["Cs-137"] = 3 * Math.exp(0.3 * random.normal());
    history = withSample(history, found);
  }
  return history;
}

const beryllium = (concentration: number): CategorisedNuclide => ({ name: "Be-7", category: "natural", concentration });
const caesium = (concentration: number): CategorisedNuclide => ({ name: "Cs-137", category: "fission", concentration });
const cobalt: CategorisedNuclide = { name: "Co-60", category: "activation", concentration: 8 };
const sodium: CategorisedNuclide = { name: "Na-24", category: "activation", concentration: 90 };
const germanium: CategorisedNuclide = { name: "Ge-75m", category: "cosmic", concentration: null };

test("each level is reached by what its definition says", () => {
  const history = station(90);
  const level = (...nuclides: CategorisedNuclide[]) => categoriseParticulate(nuclides, history).level;
  assert.equal(level(), 1);
  assert.equal(level(beryllium(4200), germanium), 1);
  assert.equal(level(beryllium(30_000)), 2);
  assert.equal(level(beryllium(400)), 2);
  assert.equal(level(beryllium(4200), caesium(3.3)), 3);
  assert.equal(level(caesium(0.3)), 3, "less than usual of a relevant nuclide is no alarm");
  assert.equal(level(beryllium(30_000), caesium(40)), 4);
  assert.equal(level(cobalt), 4);
  assert.equal(level(cobalt, sodium), 4, "two activation products are no fission");
  assert.equal(level(cobalt, caesium(3.3)), 4);
  assert.equal(level(cobalt, caesium(40)), 5);
});

test("reasons name the nuclides and the range", () => {
  const result = categoriseParticulate([beryllium(4200), caesium(40), cobalt], station(90));
  assert.match(result.reason, /Cs-137, Co-60; fission products among them: Cs-137/);
  assert.match(result.nuclides[1]!.reason, /fission product above \d.* uBq\/m3/);
  assert.match(result.nuclides[2]!.reason, /not shown often enough/);
});

test("without a history nature is typical and a relevant nuclide is not", () => {
  const result = categoriseParticulate([beryllium(5000), caesium(3)], emptyHistory);
  assert.deepEqual(
    result.nuclides.map(({ level }) => level),
    [1, 4],
  );
  assert.equal(result.history["Be-7"]!.samples, 1);
});

test("bounds hold what is drawn from the same distribution as often as three standard deviations do", () => {
  const random = randomStream(6, "coverage");
  let history = emptyHistory;
  let [outside, judged] = [0, 0];
  for (let i = 0; i < 5000; i++) {
    const concentration = 5000 * Math.exp(0.4 * random.normal());
    const bounds = boundsOf(history, "Be-7");
    if (bounds) {
      judged++;
      if (concentration < bounds.low || concentration > bounds.high) outside++;
    }
    history = withSample(history, { "Be-7": concentration });
  }
  // 0.27 % for exact bounds; spreads that are themselves estimated, from about twenty samples, let more out.
  assert.ok(judged > 4900 && outside / judged < 0.03, `${outside} of ${judged}`);
});

test("a release does not make the next one typical, a slow change of season does", () => {
  let history = station(60);
  for (let i = 0; i < 30; i++) history = withSample(history, { "Cs-137": 500 });
  assert.ok(boundsOf(history, "Cs-137")!.high < 100);
  let season = station(60);
  for (let i = 0; i < 120; i++) season = withSample(season, { "Be-7": 4000 * 1.01 ** i });
  const { low, high } = boundsOf(season, "Be-7")!;
  assert.ok(low < 4000 * 1.01 ** 120 && high > 4000 * 1.01 ** 120);
  const learning = { ...defaultHistorySettings, holdOutside: false };
  for (let i = 0; i < 60; i++) history = withSample(history, { "Cs-137": 500 }, learning);
  assert.ok(boundsOf(history, "Cs-137")!.high > 500);
});
