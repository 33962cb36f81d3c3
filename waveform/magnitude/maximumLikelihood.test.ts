import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mean, normalCdf, randomStream } from "@harken/core";
import { referenceTest } from "@harken/testing";
import fc from "fast-check";
import { uebTables } from "../testTables.ts";
import { maximumLikelihood } from "./maximumLikelihood.ts";

const ofSigma = (values: readonly number[], sigma: number) => values.map((value) => ({ value, sigma }));

for (const [magtype, sigma, own, events] of [
  ["mb_mle", 0.35, false, 15],
  ["ms_mle", 0.25, false, 5],
  ["mb1mle", 0.3, true, 15],
  ["ms1mle", 0.25, true, 5],
] as const) {
  referenceTest(
    `IDC ${magtype} from its stored station magnitudes, network sigma ${sigma}${own ? " and that of each station" : ""}: ${events} events within 0.006`,
    ["parametric/ueb-20100520-css30", "parametric/gms-station-ref"],
    (t, folders) => {
      const { netmags, stamags } = uebTables((name) =>
        readFileSync(`${folders[name.endsWith("site") ? 1 : 0]}/${name}`, "utf8"),
      );
      let worst = 0;
      const rows = netmags.filter((row) => row.magtype === magtype && row.nsta > 0);
      for (const row of rows) {
        const rowsOf = stamags.filter(({ magid, defining }) => magid === row.magid && defining);
        assert.equal(rowsOf.length, row.nsta, "stations that saw it and stations that did not");
        const [seen, unseen] = [rowsOf.filter(({ arid }) => arid > 0), rowsOf.filter(({ arid }) => arid < 0)];
        const values = (list: typeof rowsOf) =>
          list.map(({ magnitude: value, uncertainty }) => ({ value, sigma: own ? uncertainty : sigma }));
        const ours = maximumLikelihood(values(seen), values(unseen), sigma)!;
        worst = Math.max(worst, Math.abs(ours.value - row.magnitude));
        assert.ok(Math.abs(ours.value - row.magnitude) < 0.006, `${row.orid}: ${ours.value}, stored ${row.magnitude}`);
      }
      t.diagnostic(`${rows.length} events, worst ${worst.toFixed(4)}`);
      assert.equal(rows.length, events);
    },
  );
}

const values = fc.array(fc.double({ min: 2, max: 6, noNaN: true }), { minLength: 1, maxLength: 8 });

test("it is the maximum of Ringdal's likelihood, and without noise the mean", () => {
  fc.assert(
    fc.property(values, values, (detections, noise) => {
      const sigma = 0.35;
      const likelihood = (m: number) =>
        detections.reduce((sum, v) => sum - 0.5 * ((v - m) / sigma) ** 2, 0) +
        noise.reduce((sum, n) => sum + Math.log(normalCdf((n - m) / sigma)), 0);
      const { value, uncertainty } = maximumLikelihood(ofSigma(detections, sigma), ofSigma(noise, sigma), sigma)!;
      for (const step of [-0.02, 0.02]) assert.ok(likelihood(value) >= likelihood(value + step) - 1e-6);
      assert.ok(value <= mean(detections) + 1e-9, "silence lowers a magnitude");
      assert.ok(uncertainty <= sigma / Math.sqrt(detections.length) + 1e-9);
      const alone = maximumLikelihood(ofSigma(detections, sigma), [], sigma)!;
      assert.ok(Math.abs(alone.value - mean(detections)) < 1e-9);
      assert.ok(Math.abs(alone.uncertainty - sigma / Math.sqrt(detections.length)) < 1e-9);
    }),
    { seed: 1 },
  );
  assert.equal(maximumLikelihood([], ofSigma([4], 0.35), 0.35), null);
});

test("it takes away the bias of the mean of those stations that happened to see a small event", () => {
  const random = randomStream(1, "ringdal");
  const [sigma, truth] = [0.35, 3.5];
  const means: number[] = [];
  const likelihoods: number[] = [];
  for (let i = 0; i < 400; i++) {
    const signals = Array.from({ length: 20 }, () => truth + sigma * random.normal());
    const noise = signals.map(() => 3.7 + 0.3 * random.normal());
    const seen = signals.filter((signal, k) => signal > noise[k]!);
    const silent = noise.filter((level, k) => level >= signals[k]!);
    if (seen.length === 0) continue;
    means.push(mean(seen));
    likelihoods.push(maximumLikelihood(ofSigma(seen, sigma), ofSigma(silent, sigma), sigma)!.value);
  }
  assert.ok(mean(means) > truth + 0.15, `mean ${mean(means)}`);
  assert.ok(Math.abs(mean(likelihoods) - truth) < 0.03, `maximum likelihood ${mean(likelihoods)}`);
});
