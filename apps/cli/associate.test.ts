/** `harken learn`, `evaluate` and `associate` as a user runs them, on a simulated world of minutes. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { createEarthModel } from "@harken/earth";
import { encodeCssBulletin } from "@harken/formats";
import { arrivalWorldVariants, createArrivalWorld, referenceBulletin } from "@harken/simulator";
import { harken } from "./testCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-associate-"));
after(() => rmSync(folder, { recursive: true }));

test("learn writes priors that evaluate reads, and evaluate says what it assumes", async () => {
  const priors = join(folder, "priors.json");
  const learned = await harken("learn", "--days", "0.5", "--seed", "4", "--name", "small", "--out", priors, "--quiet");
  assert.equal(learned.status, 0, learned.stderr);
  assert.match(learned.stdout, /Learned from \d+ events/);
  assert.equal(JSON.parse(readFileSync(priors, "utf8")).name, "small");
  const kept = join(folder, "kept.jsonl");
  const run = ["evaluate", "--days", "0.02", "--seed", "5", "--quiet", "--json", "--priors", priors, "--keep", kept];
  const scored = await harken(...run);
  assert.equal(scored.status, 0, scored.stderr);
  const { rows, curve, assumptions } = JSON.parse(scored.stdout);
  const [grid, bayes, chosen] = rows;
  assert.deepEqual([grid.associator, bayes.associator, rows.length], ["grid", "bayes", 3]);
  for (const row of rows) assert.equal(row.found + row.missed, row.asked);
  assert.ok(bayes.listed > 0 && chosen.listed <= bayes.listed && chosen.untrue <= grid.untrue);
  // The choice is as large as it may be.
  assert.ok(chosen.listed === bayes.listed || chosen.untrue === grid.untrue);
  assert.ok(assumptions.length >= 5);
  for (const point of curve) assert.ok(point.untrue <= point.atMostFalse && point.missed >= bayes.missed);
  // What is kept is not done again.
  const before = readFileSync(kept, "utf8");
  const again = await harken(...run);
  assert.equal(again.stdout, scored.stdout);
  assert.equal(readFileSync(kept, "utf8"), before);
  const other = await harken(...run, "--model", "iasp91");
  assert.equal(other.status, 2);
  assert.match(other.stderr, /KEPT_OTHER/);
});

test("associate builds events from a bulletin's arrivals and counts what came out again", async () => {
  const earth = createEarthModel("ak135");
  const world = createArrivalWorld({ ...arrivalWorldVariants.usual, days: 0.02, seed: 3 }, earth);
  const bulletin = referenceBulletin(world, 3);
  assert.ok(bulletin.events.length > 0);
  for (const [table, text] of Object.entries(encodeCssBulletin(bulletin, { stations: world.stations })))
    writeFileSync(join(folder, `world.${table}`), text);
  const ran = await harken("associate", folder, "--associator", "bayes", "--quiet", "--json");
  assert.equal(ran.status, 0, ran.stderr);
  const { events, own } = JSON.parse(ran.stdout);
  assert.equal(own.events, bulletin.events.length);
  assert.ok(own.recovered <= own.events && own.associationsRecovered <= own.associations);
  for (const { explanation } of events) assert.ok(explanation.probability > 0.5);
});

test("unknown associators and files that hold no priors are refused with what to do", async () => {
  const wrong = await harken("evaluate", "--associator", "best");
  assert.equal(wrong.status, 2);
  assert.match(wrong.stderr, /grid and bayes/);
  const bad = join(folder, "bad.json");
  writeFileSync(bad, "{}");
  const refused = await harken("evaluate", "--days", "0.02", "--priors", bad, "--quiet");
  assert.equal(refused.status, 3);
  assert.match(refused.stderr, /BAD_PRIORS.*harken learn/s);
});
