import assert from "node:assert/strict";
import { test } from "node:test";
import type { Hypothesis } from "./hypothesis.ts";
import { defaultAssociatorSettings as settings } from "./settings.ts";
import { sameEvent } from "./split.ts";

const { nearDeg, nearSec } = settings.split;

function hypothesis(time: number, latitudeDeg: number, seen: Readonly<Record<number, string>>): Hypothesis {
  const matches = Object.entries(seen).map(([station, phase]) => ({ station: Number(station), phase }));
  return { origin: { time, latitudeDeg, longitudeDeg: 20 }, matches } as unknown as Hypothesis;
}

const first = hypothesis(1000, 10, { 1: "P", 2: "Pn", 3: "S" });

test("a second event near in place and time is the first one's when no station saw the first arrival of both", () => {
  assert.ok(sameEvent(first, hypothesis(1010, 11, { 4: "P", 5: "PKPdf" }), settings));
  // A later phase of the one at a station of the other is no first arrival.
  assert.ok(sameEvent(first, hypothesis(1010, 11, { 4: "P", 1: "S", 3: "P" }), settings));
  assert.ok(!sameEvent(first, hypothesis(1010, 11, { 4: "P", 2: "P" }), settings));
});

test("far in time or place it is another", () => {
  const seen = { 4: "P" };
  assert.ok(!sameEvent(first, hypothesis(1000 + nearSec + 1, 10, seen), settings));
  assert.ok(!sameEvent(first, hypothesis(1000, 10.1 + nearDeg, seen), settings));
  assert.ok(sameEvent(first, hypothesis(1000 + nearSec - 1, 9.9 + nearDeg, seen), settings));
});
