/** What an evaluation keeps survives a run that is killed at any byte. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { type KeptStretch, openKeeper } from "./keptStretches.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-kept-"));
after(() => rmSync(folder, { recursive: true }));

const QUESTION = '{"world":"usual"}';
const stretch = (number: number): KeptStretch => ({
  ...{ associator: "grid", stretch: number, cpuSec: 1.5 },
  events: [{ time: 100 + number, latitudeDeg: 1, longitudeDeg: 2, logOdds: null }],
});

test("finished stretches come back, whatever byte the writing stopped at", () => {
  const path = join(folder, "kept.jsonl");
  const keeper = openKeeper(path, QUESTION);
  assert.deepEqual(keeper.done, []);
  for (const number of [0, 1, 2]) keeper.add(stretch(number));
  const text = readFileSync(path, "utf8");
  const lengths = text.split("\n").map((line) => line.length + 1);
  for (let cut = lengths[0]!; cut <= text.length; cut++) {
    writeFileSync(path, text.slice(0, cut));
    const { done, add } = openKeeper(path, QUESTION);
    // A line without its end of line is whole as well.
    const whole = [0, 1, 2].filter((n) => cut >= lengths.slice(0, n + 2).reduce((sum, length) => sum + length, -1));
    assert.deepEqual(done, whole.map(stretch), `cut at ${cut}`);
    add(stretch(9));
    assert.deepEqual(openKeeper(path, QUESTION).done, [...whole, 9].map(stretch));
  }
});

test("results of another question and damage in the middle are refused", () => {
  const path = join(folder, "other.jsonl");
  openKeeper(path, QUESTION).add(stretch(0));
  assert.throws(() => openKeeper(path, '{"world":"noisy"}'), /other options/);
  writeFileSync(path, `${QUESTION}\n{"associator":\n${JSON.stringify(stretch(1))}\n`);
  assert.throws(() => openKeeper(path, QUESTION), /line 2 is damaged/);
  assert.deepEqual(openKeeper(undefined, QUESTION).done, []);
});
