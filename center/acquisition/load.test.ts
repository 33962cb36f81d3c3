/**
 * Load: many stations' signed frames, verified, kept and archived. In step with the clock, the time from the end of a frame's data to its row in the
 * archive is measured; flat out, how many times faster than real time a network is taken in, and whether memory stays. `HARKEN_TEST_SCALE=full` runs 241
 * stations: an hour of 1 300 channels flat out; in step 1 300 channels, then as many as make 29.5 GB a day, then ten times as many.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { testScale } from "@harken/testing";
import { type Load, load, RATE_HZ, told } from "./testLoad.ts";

const GB_A_DAY = 29.5;
/** Channels whose frames make so much. */
const CHANNELS = 5_050;
const MOST_GROWTH_MEGABYTES = 100;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("flat out: a network's signed frames are taken in faster than they are made, in memory that stays", {
  timeout: 3_600_000,
}, async (t) => {
  const [stations, channels, frames] = [testScale(241, 24), testScale(1_300, 130), testScale(360, 20)];
  const start = Math.floor(Date.now() / 10_000) * 10 - 10 * 86_400;
  const outcome = await load({ stations, channels, frames, frameSec: 10, start });
  t.diagnostic(told(outcome));
  t.diagnostic(
    `${((frames * 10) / outcome.seconds).toFixed(1)} times real time, ${(outcome.frames / outcome.seconds).toFixed(0)} frames/s; memory each second ${outcome.memory.map((megabytes) => megabytes.toFixed(0)).join(" ")}`,
  );
  assert.equal(outcome.frames, stations * frames);
  assert.equal(outcome.samples, channels * frames * 10 * RATE_HZ);
  assert.deepEqual(outcome.verdicts, ["verified"]);
  assert.ok(frames * 10 > outcome.seconds, "slower than real time");
  const quarter = Math.floor(outcome.memory.length / 4);
  if (quarter < 5) return;
  const growth = mean(outcome.memory.slice(-quarter)) - mean(outcome.memory.slice(quarter, 2 * quarter));
  assert.ok(growth < MOST_GROWTH_MEGABYTES, `memory has grown by ${growth} MB`);
});

test("in step with the clock: in the archive within seconds", { timeout: 7_200_000 }, async (t) => {
  const loads: readonly Omit<Load, "start">[] =
    process.env["HARKEN_TEST_SCALE"] === "full"
      ? [1_300, CHANNELS, 10 * CHANNELS].map((channels) => ({ stations: 241, channels, frames: 12, frameSec: 10 }))
      : [{ stations: 24, channels: 130, frames: 3, frameSec: 2 }];
  for (const one of loads) {
    const outcome = await load({ ...one, start: null });
    t.diagnostic(`${one.stations} stations, ${one.channels} channels: ${told(outcome)}`);
    assert.equal(outcome.samples, one.channels * one.frames * one.frameSec * RATE_HZ);
    assert.deepEqual(outcome.verdicts, ["verified"]);
    // How much more a machine bears is its own affair.
    if (one.channels <= CHANNELS) assert.ok(outcome.latency[1] < 5, `p99 ${outcome.latency[1]} s`);
    if (one.channels >= CHANNELS)
      assert.ok(outcome.gigabytesADay > GB_A_DAY * 0.98, `${outcome.gigabytesADay} GB a day`);
  }
});
