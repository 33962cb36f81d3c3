import assert from "node:assert/strict";
import { test } from "node:test";
import { randomStream } from "@harken/core";
import { tabulateArrivals } from "./arrivalTable.ts";
import { detectabilityOf, detectionProbability } from "./detectability.ts";
import { defaultAssociatorSettings as settings } from "./settings.ts";
import { reported, testStation } from "./testNetwork.ts";

const { defaultThreshold, defaultCount, snr, upWhenSilent, maxProbability, spread } = settings.detection;
const heard = testStation("H", 10, 20, "3c");
const silent = testStation("Z", 30, 20, "array");

/** An arrival over a noise of 10^`logNoise` nm/s. */
function over(logNoise: number, time: number, strength: number) {
  const signal = { time, phase: "P", azimuthDeg: 100, slowness: 8, timeErrorSec: 0.3 };
  const more = { snr: strength * snr, logAmplitude: logNoise + Math.log10(strength) };
  return reported(heard, `${time}`, randomStream(1), { ...signal, ...more });
}

test("the threshold is the noise under the station's own arrivals, whatever their strength, drawn to the default by its count; codas do not count", () => {
  const arrivals = [over(-0.5, 1000, 1), over(-0.5, 2000, 30), over(-0.5, 3000, 2), over(2, 3020, 5)];
  const { threshold, up } = detectabilityOf(tabulateArrivals(arrivals, [heard, silent], settings), settings);
  const expected = (3 * -0.5 + defaultCount * defaultThreshold.single) / (3 + defaultCount);
  assert.ok(Math.abs(threshold[0]! - expected) < 1e-9, `${threshold[0]}`);
  assert.equal(threshold[1], defaultThreshold.array);
  assert.deepEqual([...up], [1, upWhenSilent]);
});

test("half of the most is seen at the threshold, and as a normal distribution has it to a few hundredths beside it", () => {
  assert.equal(detectionProbability(0, 0.6, settings), (0.6 * maxProbability) / 2);
  assert.ok(Math.abs(detectionProbability(9, 1, settings) - maxProbability) < 1e-6);
  // Of a normal distribution 84.1 % lie below one spread above its middle.
  assert.ok(Math.abs(detectionProbability(spread, 1, settings) / maxProbability - 0.841) < 0.03);
  assert.ok(Math.abs(detectionProbability(-spread, 1, settings) / maxProbability - 0.159) < 0.03);
});
