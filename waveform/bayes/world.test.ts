/**
 * The Bayesian associator on a world of arrivals that is not its model (simulator/arrivalWorld), beside the grid search: recall and precision
 * at 5 deg and 50 s of the events that three stations saw. In full scale seven days of a world, in stretches as the pipelines work.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { preferredOrigin, type SeismicEvent } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { type ArrivalWorld, arrivalWorldVariants, createArrivalWorld, worldScorer } from "@harken/simulator";
import { testScale } from "@harken/testing";
import { type AssociatorName, associatorNamed } from "../associators.ts";
import { createBayesAssociator } from "./associator.ts";

const earth = createEarthModel("ak135");
const HOUR_SEC = 3600;
const DAYS = testScale(7, 2 / 24);
const STRETCH_SEC = Math.min(3, 24 * DAYS) * HOUR_SEC;

function score(name: AssociatorName, world: ArrivalWorld) {
  const { startTime } = world.config;
  const end = startTime + DAYS * 24 * HOUR_SEC;
  const associator = associatorNamed(name, world.stations, earth);
  const began = process.cpuUsage().user;
  const events: SeismicEvent[] = [];
  for (let from = startTime; from < end - 1; from += STRETCH_SEC) {
    const arrivals = world.arrivals.filter(({ time }) => time >= from - 900 && time < from + STRETCH_SEC + 1500);
    const built = associator.build(arrivals, [], `${from}-`).events;
    events.push(...built.filter((event) => within(event, from, from + STRETCH_SEC)));
  }
  const cpuSecPerDay = (process.cpuUsage().user - began) / 1e6 / DAYS;
  return { ...worldScorer(world, startTime, end)(events.map(preferredOrigin)), cpuSecPerDay };
}

const within = (event: SeismicEvent, from: number, to: number) => {
  const { time } = preferredOrigin(event);
  return time >= from && time < to;
};

const worlds = ["usual", "biased", "noisy", "aftershocks"] as const;

for (const variant of worlds.slice(0, testScale(worlds.length, 1))) {
  test(`in the world "${variant}" most events are found, with few false ones; in full scale more than by the grid search`, (t) => {
    const world = createArrivalWorld({ ...arrivalWorldVariants[variant], days: DAYS, seed: 2026 }, earth);
    const report = (name: AssociatorName) => {
      const s = score(name, world);
      t.diagnostic(
        `${name}: ${s.found} of ${s.asked} found, ${s.untrue} of ${s.listed} false, ${s.cpuSecPerDay.toFixed(0)} s of processor time a day`,
      );
      return s;
    };
    const bayes = report("bayes");
    if (DAYS >= 1) {
      const grid = report("grid");
      assert.ok(bayes.missed <= grid.missed, `${bayes.missed} and ${grid.missed} missed`);
    }
    assert.ok(bayes.untrue <= 2 + 0.1 * bayes.listed, `${bayes.untrue} false`);
    assert.ok(bayes.found >= 0.6 * bayes.asked);
    // Ten minutes of two processors for a day; this is one.
    assert.ok(DAYS < 1 || bayes.cpuSecPerDay < 1200);
  });
}

test("the order of the arrivals does not matter, and events say why they stand", () => {
  const world = createArrivalWorld({ ...arrivalWorldVariants.usual, days: 0.3 / 24, seed: 3 }, earth);
  const associator = createBayesAssociator(world.stations, earth);
  const built = associator.build(world.arrivals, [], "E");
  const backwards = associator.build(world.arrivals.toReversed(), [], "E");
  assert.deepEqual(backwards.events, built.events);
  assert.ok(built.events.length >= 1);
  for (const event of built.events) {
    const explanation = built.explanations!.get(event.key)!;
    const { associations, remarks } = preferredOrigin(event);
    assert.ok(explanation.probability > 0.5 && explanation.probability <= 1);
    assert.deepEqual(
      new Set(explanation.arrivals.map(({ arrivalKey }) => arrivalKey)),
      new Set(associations.map(({ arrivalKey }) => arrivalKey)),
    );
    assert.ok(remarks[0]!.startsWith("Probability of the event"));
  }
  // What is known of before keeps its key.
  const again = associator.build(world.arrivals, built.events, "F");
  assert.deepEqual(
    again.events.map(({ key }) => key),
    built.events.map(({ key }) => key),
  );
});

test("no arrivals, arrivals of unknown stations and impossible times make no events and no error", () => {
  const world = createArrivalWorld({ ...arrivalWorldVariants.usual, days: 0.1 / 24, seed: 3 }, earth);
  const associator = createBayesAssociator(world.stations, earth);
  assert.deepEqual(associator.build([], [], "E").events, []);
  const [arrival] = world.arrivals;
  const strange = [
    { ...arrival!, key: "a", station: "NOWHERE" },
    { ...arrival!, key: "b", time: Number.NaN },
    { ...arrival!, key: "c", phase: "LR" },
  ];
  assert.deepEqual(associator.build(strange, [], "E").events, []);
  // A clock that was wrong by centuries.
  const late = { ...arrival!, key: "d", time: 1e11 };
  assert.deepEqual(associator.build([arrival!, late], [], "E").events, []);
  assert.deepEqual(createBayesAssociator([], earth).build(world.arrivals, [], "E").events, []);
});
