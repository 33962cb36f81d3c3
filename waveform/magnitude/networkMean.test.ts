import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { referenceTest } from "@harken/testing";
import { uebTables } from "../testTables.ts";
import { networkMean } from "./networkMean.ts";

/** What the IDC takes for a network of one, and for the spread of the stations of its plain means. */
const alone = { mb_ave: 0.35, ms_ave: 0.25, ms1: 0.25, mlppn: 0.35, mb1: 0.28, mb_tmp: 0.28 } as const;
type Type = keyof typeof alone;

referenceTest(
  "IDC network means from its stored station magnitudes, plain (mb_ave, ms_ave) and weighed (mb1, ms1, ML): within 0.01, uncertainties within 0.011",
  ["parametric/ueb-20100520-css30", "parametric/gms-station-ref"],
  (t, folders) => {
    const { netmags, stamags } = uebTables((name) =>
      readFileSync(`${folders[name.endsWith("site") ? 1 : 0]}/${name}`, "utf8"),
    );
    const counts: Record<string, number> = {};
    for (const row of netmags) {
      if (!(row.magtype in alone) || row.nsta <= 0) continue;
      const type = row.magtype as Type;
      const plain = type.endsWith("_ave");
      const own = stamags.filter(({ magid, defining }) => magid === row.magid && defining);
      const values = own.map(({ magnitude, uncertainty }) => ({ value: magnitude, sigma: plain ? 1 : uncertainty }));
      const ours = networkMean(values, alone[type])!;
      const words = `${row.orid} ${type}: ${ours.value.toFixed(3)} +- ${ours.uncertainty.toFixed(3)}, stored ${row.magnitude} +- ${row.uncertainty}`;
      assert.ok(Math.abs(ours.value - row.magnitude) <= 0.01, words);
      assert.ok(Math.abs(ours.uncertainty - row.uncertainty) <= 0.011, words);
      counts[type] = (counts[type] ?? 0) + 1;
    }
    t.diagnostic(JSON.stringify(counts));
    assert.deepEqual(counts, { mb1: 15, mb_ave: 15, mb_tmp: 15, mlppn: 6, ms1: 5, ms_ave: 5 });
  },
);

test("the closed form of two stations, and none", () => {
  const { value, uncertainty } = networkMean(
    [
      { value: 4, sigma: 0.2 },
      { value: 5, sigma: 0.4 },
    ],
    1,
  )!;
  assert.ok(Math.abs(value - 4.2) < 1e-12);
  // Weights 0.8 and 0.2: the variance 0.8 * 0.04 + 0.2 * 0.64 over one degree of freedom.
  assert.ok(Math.abs(uncertainty - Math.sqrt(0.8 * 0.04 + 0.2 * 0.64)) < 1e-12);
  assert.equal(networkMean([], 1), null);
});
