import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { referenceTest } from "@harken/testing";
import { noiseLevelDb, noiseModelDb } from "./petersonModels.ts";

for (const [model, file] of [
  ["low", "peterson-nlnm.csv"],
  ["high", "peterson-nhnm.csv"],
] as const) {
  referenceTest(
    `the ${model} noise model agrees with the stored curve`,
    [`formats/noise/${file}`],
    async (_t, [path]) => {
      const lines = (await readFile(path!, "utf8")).trim().split("\n").slice(1);
      // The stored curve interpolates; at a corner of the model its point lies between two rows.
      const errors = lines.map((line) => {
        const [period, db] = line.split(",").map(Number);
        return Math.abs(noiseModelDb(model, period!) - db!);
      });
      errors.sort((a, b) => a - b);
      assert.ok(errors.at(-1)! < 0.5, `largest difference ${errors.at(-1)} dB`);
      assert.ok(errors[Math.floor(0.98 * errors.length)]! < 0.1);
    },
  );
}

test("a level between the models mixes their decibels", () => {
  assert.equal(noiseLevelDb(0, 1), noiseModelDb("low", 1));
  assert.equal(noiseLevelDb(1, 1), noiseModelDb("high", 1));
  assert.ok(Math.abs(noiseModelDb("low", 0.05) - noiseModelDb("low", 0.1)) < 1e-12);
});
