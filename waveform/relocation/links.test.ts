import assert from "node:assert/strict";
import { test } from "node:test";
import type { Station } from "@harken/core";
import fc from "fast-check";
import { type ClusterEvent, defaultRelocationSettings } from "./cluster.ts";
import { connectedEvents, type Link, linkEvents } from "./links.ts";

const station = (code: string) => ({ code, network: "" }) as Station;
const event = (key: string, latitudeDeg = 0): ClusterEvent => ({
  key,
  time: 0,
  latitudeDeg,
  longitudeDeg: 0,
  depthKm: 0,
});
const close = { ...defaultRelocationSettings, minSharedPaths: 1, maxSeparationKm: 1e6 };

test("the links of one path weigh together as its readings about their weighted mean", () => {
  const reading = fc.record({
    time: fc.double({ min: -100, max: 100, noNaN: true }),
    timeErrorSec: fc.double({ min: 0.01, max: 2, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(reading, { minLength: 2, maxLength: 12 }), (list) => {
      const events = list.map((_, i) => event(`${i}`));
      const readings = list.map((r, i) => ({ ...r, eventKey: `${i}`, station: station("A"), phase: "P" }));
      const { links } = linkEvents({ events, readings }, { ...close, maxNeighbours: 20 });
      const pairs = links.reduce((sum, { weight, differenceSec }) => sum + weight * differenceSec ** 2, 0);
      const weights = list.map(({ timeErrorSec }) => timeErrorSec ** -2);
      const total = weights.reduce((a, b) => a + b, 0);
      const mean = list.reduce((sum, { time }, i) => sum + weights[i]! * time, 0) / total;
      const about = list.reduce((sum, { time }, i) => sum + weights[i]! * (time - mean) ** 2, 0);
      assert.ok(Math.abs(pairs - about) <= 1e-6 * (1 + about), `${pairs} ${about}`);
    }),
  );
});

test("pairs too far apart, or beyond the nearest neighbours of both, are not linked; nearer pairs weigh more", () => {
  const events = [0, 0.01, 0.1, 3].map((latitude, i) => event(`${i}`, latitude));
  const readings = events.flatMap(({ key }) =>
    ["A", "B"].map((code) => ({ eventKey: key, station: station(code), phase: "P", time: 1, timeErrorSec: 1 })),
  );
  const pairsOf = (links: readonly Link[]) => new Set(links.map(({ first, second }) => `${first}${second}`));
  const all = linkEvents({ events, readings }, { ...close, maxSeparationKm: 50 }).links;
  assert.deepEqual(pairsOf(all), new Set(["01", "02", "12"]));
  const weight = (pair: string) => all.find(({ first, second }) => `${first}${second}` === pair)!.weight;
  assert.ok(weight("01") > weight("12") && weight("12") > weight("02"));
  const nearest = linkEvents({ events, readings }, { ...close, maxSeparationKm: 50, maxNeighbours: 1 }).links;
  assert.deepEqual(pairsOf(nearest), new Set(["01", "12"]));
  assert.equal(linkEvents({ events, readings }, { ...close, minSharedPaths: 3 }).links.length, 0);
});

test("readings of strangers, second readings of a path and errors that are not positive are passed over", () => {
  const events = [event("a"), event("b")];
  const base = { station: station("A"), phase: "P", timeErrorSec: 1 };
  const readings = [
    { ...base, eventKey: "a", time: 10 },
    { ...base, eventKey: "a", time: 99 },
    { ...base, eventKey: "b", time: 4 },
    { ...base, eventKey: "stranger", time: 4 },
    { ...base, eventKey: "b", phase: "S", time: 4, timeErrorSec: 0 },
  ];
  const { links } = linkEvents({ events, readings }, close);
  assert.deepEqual(
    links.map(({ differenceSec }) => differenceSec),
    [6],
  );
});

test("events hang together by chains of links", () => {
  const link = (first: number, second: number) => ({ first, second }) as Link;
  assert.deepEqual(connectedEvents(6, [link(0, 3), link(3, 5), link(1, 2)]), [[0, 3, 5], [1, 2], [4]]);
});
