import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { referenceTest } from "@harken/testing";
import { type XenonIsotope, xenonIsotopes } from "../xenon/isotopes.ts";
import { abnormalThreshold, categoriseNobleGas, type NobleGasHistory } from "./nobleGas.ts";

const DAY = 86_400;
const found = (concentrationMBqPerM3: number) => ({ "Xe-133": { detected: true, concentrationMBqPerM3 } });

test("levels: A without a detection, B within the history, C above it; a short history knows no C", () => {
  assert.equal(categoriseNobleGas(0, { "Xe-133": { detected: false, concentrationMBqPerM3: 9 } }, []).level, "A");
  assert.equal(categoriseNobleGas(0, found(1000), []).level, "B");
  const history: NobleGasHistory = Array.from({ length: 60 }, (_, i) => ({
    time: i * DAY,
    concentrations: { "Xe-133": 0.2 + 0.01 * (i % 7) },
  }));
  const usual = categoriseNobleGas(60 * DAY, found(0.25), history);
  assert.equal(usual.level, "B");
  const unusual = categoriseNobleGas(60 * DAY, found(2), history);
  assert.equal(unusual.level, "C");
  assert.match(unusual.reason, /Xe-133/);
  assert.equal(unusual.history.length, 61);
});

test("samples older than a year are forgotten, and none from after the sample count", () => {
  const history: NobleGasHistory = Array.from({ length: 100 }, (_, i) => ({
    time: i * DAY,
    concentrations: { "Xe-133": i < 50 ? 100 : 0.1 },
  }));
  const later = categoriseNobleGas(420 * DAY, found(5), history);
  assert.equal(later.history.length, 46);
  assert.equal(later.level, "C", "the high ones of more than a year ago are gone");
  assert.equal(categoriseNobleGas(49 * DAY, found(5), history).level, "B", "and the low ones were not there yet");
});

test("the threshold of a normal distribution is three of its standard deviations above its middle", () => {
  // Quantiles of the standard normal at even steps.
  const quantiles = [-1.6449, -1.0364, -0.6745, -0.3853, -0.1257, 0.1257, 0.3853, 0.6745, 1.0364, 1.6449];
  const history = [...quantiles, ...quantiles, ...quantiles].map((q, time) => ({
    time,
    concentrations: { "Xe-135": 4 + 0.5 * q },
  }));
  assert.ok(Math.abs(abnormalThreshold(history, "Xe-135")! - 5.5) < 0.1);
});

referenceTest(
  "two years of one real station: known releases stand out, a few percent of samples are abnormal",
  ["radionuclide/timeseries"],
  (t, [path]) => {
    const rows = readFileSync(join(path!, "cnx22_new-limited.csv"), "utf8").trim().split("\n").slice(1);
    const columns: readonly XenonIsotope[] = ["Xe-131m", "Xe-133m", "Xe-133", "Xe-135"];
    let history: NobleGasHistory = [];
    let judged = 0;
    const abnormal: Record<string, number> = {};
    let highest: { value: number; level: string } = { value: 0, level: "" };
    for (const row of rows) {
      const [stop, ...values] = row.split(",");
      const [, day, month, year, hour, minute] = /^(\d+)\/(\d+)\/(\d+) (\d+):(\d+)$/.exec(stop!)!.map(Number);
      const time = Date.UTC(year!, month! - 1, day!, hour!, minute!) / 1000;
      const isotopes = Object.fromEntries(
        columns.map((isotope, i) => [isotope, { detected: true, concentrationMBqPerM3: Number(values[i]) }]),
      );
      const result = categoriseNobleGas(time, isotopes, history);
      ({ history } = result);
      const xe133 = result.isotopes.find(({ isotope }) => isotope === "Xe-133")!;
      if (xe133.concentration > highest.value) highest = { value: xe133.concentration, level: xe133.level };
      if (xe133.threshold === null) continue;
      judged++;
      for (const { isotope, level } of result.isotopes)
        if (level === "C") abnormal[isotope] = (abnormal[isotope] ?? 0) + 1;
    }
    assert.equal(rows.length, 1143);
    const share = (isotope: XenonIsotope) => (abnormal[isotope] ?? 0) / judged;
    t.diagnostic(
      xenonIsotopes.map((isotope) => `${isotope} ${(100 * share(isotope)).toFixed(1)} % abnormal`).join(", "),
    );
    assert.equal(highest.level, "C", `the highest Xe-133, ${highest.value} mBq/m3`);
    for (const isotope of xenonIsotopes) assert.ok(share(isotope) < 0.1, isotope);
    assert.ok(share("Xe-133") > 0.02, "Xe-133 of this station has many high samples");
  },
);
