/** Effects of the detector on peaks made up by hand: what each is called, and where its size is not possible. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Peak } from "../gamma/peaks.ts";
import { nuclide } from "../nuclides/nuclides.ts";
import type { Placed } from "./candidates.ts";
import type { Decomposition } from "./decompose.ts";
import { explainEffects } from "./effects.ts";
import type { SourceLine } from "./sources.ts";

const TOLERANCE_KEV = 0.3;
const efficiency = { at: () => 0.05, relativeError: () => 0.03 };

const peak = (energyKeV: number, areaCounts: number): Peak => ({
  ...{ channel: energyKeV / 0.33, energyKeV, energyErrorKeV: 0.05, fwhmKeV: 2 },
  ...{ areaCounts, areaErrorCounts: 0.02 * areaCounts, backgroundCounts: 100, criticalLevelCounts: 23 },
});

function explain(peaks: readonly Peak[], decomposition: Partial<Decomposition> = {}) {
  const none = new Float64Array(0);
  const zeros = new Float64Array(peaks.length);
  const nothing = { placed: [], activityBq: none, activityErrorBq: none, explained: zeros, explainedError: zeros };
  return explainEffects(peaks, { ...nothing, ...decomposition }, efficiency, TOLERANCE_KEV);
}
const named = (...peaks: readonly Peak[]) => explain(peaks).map((effect) => effect?.what ?? null);

test("annihilation, broad as it is, and K X-rays of lead", () => {
  assert.deepEqual(named(peak(511.9, 900), peak(513.5, 900), peak(74.9, 300), peak(73.9, 300)), [
    "annihilation",
    null,
    "X-ray of lead",
    null,
  ]);
});

test("escapes lie one and two electron masses below a peak that makes pairs, and are a part of it", () => {
  assert.deepEqual(named(peak(1592.5, 100), peak(2103.5, 200), peak(2614.5, 1000)), [
    "double escape of 2614.5 keV",
    "single escape of 2614.5 keV",
    null,
  ]);
  assert.deepEqual(named(peak(2103.5, 400), peak(2614.5, 1000)), [null, null], "more than it can be");
  assert.deepEqual(named(peak(2102.5, 200), peak(2614.5, 1000)), [null, null], "a keV off");
  assert.deepEqual(named(peak(589, 50), peak(1100, 1000)), [null, null], "too soft to make pairs");
});

test("sums of photons of one decay where they may be as many as the peak holds", () => {
  const cobalt = nuclide("Co-60")!;
  const bq = 10;
  const line = (energyKeV: number, gain: number) => ({ energyKeV, gain }) as SourceLine;
  const lines = [line(1173.228, 1000), line(1332.492, 1000)];
  const responses = lines.map((one, j) => ({ peak: j, gain: one.gain, lines: [one] }));
  const placed = [{ source: { nuclide: cobalt, lines }, responses } as unknown as Placed];
  const at = (areaCounts: number) => {
    const peaks = [peak(1173.2, 10_000), peak(1332.5, 10_000), peak(2505.7, areaCounts), peak(2400, areaCounts)];
    const explained = Float64Array.of(10_000, 10_000, 0, 0);
    return explain(peaks, {
      placed,
      activityBq: Float64Array.of(bq),
      activityErrorBq: Float64Array.of(0.1),
      explained,
    });
  };
  // 10 000 counts of a line and an efficiency of 5 % for the other make 500.
  const [, , sum, elsewhere] = at(500);
  assert.match(sum!.what, /^sum of (1173\.2 and 1332\.5|1332\.5 and 1173\.2) keV of Co-60$/);
  assert.ok(sum!.suffices && Math.abs(sum!.counts - 500) < 5, `${sum!.counts}`);
  assert.equal(elsewhere, null);
  assert.equal(at(20_000)[2]!.suffices, false, "more than decays together can give");
});
