/** Depth: what speaks for it, and the depth of the reflections against the earth model's own delays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { quiet } from "./activity.ts";
import { tabulateArrivals } from "./arrivalTable.ts";
import { countClutter } from "./clutter.ts";
import { chooseDepth } from "./depth.ts";
import { depthOfReflections } from "./depthPhases.ts";
import { detectabilityOf } from "./detectability.ts";
import { developHypothesis } from "./hypothesis.ts";
import { defaultAssociatorSettings as settings } from "./settings.ts";
import { arrivalsOf, chanceArrivals, globalNetwork, networkAround, type TestEvent } from "./testNetwork.ts";

const earth = createEarthModel("ak135");
const event: TestEvent = { key: "A", time: 1e9, latitudeDeg: 10, longitudeDeg: 125, depthKm: 0, magnitude: 5.3 };

function evidenceOf(truth: TestEvent, phases: readonly string[], stations = globalNetwork(30)) {
  const random = randomStream(2, truth.depthKm);
  const arrivals = [
    ...arrivalsOf(truth, stations, earth, random, phases),
    ...chanceArrivals(stations, truth.time, truth.time + 1500, 20, random),
  ];
  const table = tabulateArrivals(arrivals, stations, settings);
  countClutter(table, settings);
  return { table, detectability: detectabilityOf(table, settings), earth, settings, activity: quiet };
}

test("pP and sP give the depth within a few km, and so does pP alone", () => {
  for (const depthKm of [25, 60, 150, 400]) {
    for (const phases of [
      ["first", "pP", "sP"],
      ["first", "pP"],
    ]) {
      const truth = { ...event, depthKm };
      const evidence = evidenceOf(truth, phases);
      const found = developHypothesis(evidence, truth);
      assert.ok(found);
      const depth = depthOfReflections(evidence, found);
      assert.ok(depth !== null && Math.abs(depth - depthKm) < 4 + 0.02 * depthKm, `${depth} for ${depthKm} km`);
      const chosen = chooseDepth(evidence, found);
      assert.ok(Math.abs(chosen.origin.depthKm - depthKm) < 12, `chosen ${chosen.origin.depthKm} for ${depthKm} km`);
    }
  }
});

test("without reflections there is no depth of them", () => {
  const evidence = evidenceOf(event, ["first"]);
  const found = developHypothesis(evidence, event);
  assert.ok(found);
  assert.equal(depthOfReflections(evidence, found), null);
  const { origin } = chooseDepth(evidence, found);
  assert.deepEqual([origin.depthKm, origin.depthType], [0, "surface"]);
});

test("stations at 5 to 14 degrees cannot tell the depth: a start at 230 km ends at the surface", () => {
  const stations = networkAround(10, 125, [5, 6, 8, 9, 11, 12, 14]);
  const evidence = evidenceOf(event, ["first"], stations);
  const shift = earth.predict("P", 9, 0)!.timeSec - earth.predict("P", 9, 230)!.timeSec;
  const deep = developHypothesis(evidence, { ...event, depthKm: 230, time: event.time + shift });
  const shallow = developHypothesis(evidence, event);
  assert.ok(shallow);
  assert.equal(chooseDepth(evidence, deep ?? shallow).origin.depthKm, 0);
});
