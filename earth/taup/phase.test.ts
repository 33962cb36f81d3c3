import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { phaseRanges } from "../phases/idcPhases.ts";
import { velocityModel } from "../velocityModel.ts";
import { parsePhase } from "./phase.ts";
import { isPhaseName, phaseArrivals, travelTimes } from "./travelTimes.ts";

const model = velocityModel("ak135");
const first = (phase: string, delta: number, depth = 12) => phaseArrivals(model, phase, delta, depth)[0];

test("every name that an analyst types means something and arrives somewhere, with ray parameter and depth derivative", () => {
  const names =
    "P Pn Pg Pb PP PcP pP sP PKP PKPdf PKPbc PKPab PKP2 PKiKP Pdiff S Sn Sg Sb Lg ScS ScP PcS PS SP SKS SKSac SKSdf SKP SKPdf SKPbc PKS SS PKKP PKKPdf PKKPbc PKKPab P'P' PKPPKP P'P'df P3KP P3KPbc P4KP PKP3 SKKS pPKP pPKPbc sPKPdf pPdiff Rg LR LQ T I".split(
      " ",
    );
  for (const phase of [...names, ...phaseRanges.map((range) => range.phase)]) {
    assert.ok(isPhaseName(phase), phase);
    const arrivals = [3, 20, 50, 104, 113, 147].flatMap((delta) => phaseArrivals(model, phase, delta, 12));
    assert.ok(arrivals.length > 0, `${phase} arrives nowhere`);
    for (const { timeSec, slownessSecPerDeg, depthDerivativeSecPerKm, phase: label } of arrivals) {
      assert.ok(timeSec > 0 && Number.isFinite(slownessSecPerDeg) && Number.isFinite(depthDerivativeSecPerKm), phase);
      assert.equal(label, phase);
    }
  }
});

test("names of one phase give one time", () => {
  for (const [delta, ...names] of [
    [60, "P'P'", "PKPPKP", "PKP2", "P'P'df", "PKP2df", "PKIKPPKIKP"],
    [60, "P'P'bc", "PKP2bc", "PKPPKPbc"],
    [147, "PKP", "PKPdf", "PKIKP"],
    [100, "SKS", "SKSac", "S'"],
    [120, "PKKP", "PKKPbc"],
    [20, "P3KP", "PKKKP", "P3KPbc"],
    [20, "P3KPdf", "PKIKKIKKIKP"],
    [10, "PKP3", "P'P'P'", "PKP3df"],
  ] as const) {
    const times = names.map((name) => first(name, delta)?.timeSec);
    assert.ok(
      times.every((time) => time !== undefined && time === times[0]),
      `${delta} deg: ${names.join(" ")}: ${times}`,
    );
  }
});

test("a name for several paths gives the first of them: P goes up near the source and is Pdiff in the shadow; PKP with or without the inner core", () => {
  assert.equal(first("P", 50)?.path, "P");
  assert.equal(first("P", 110)?.path, "Pdiff");
  assert.equal(first("P", 0.3)?.path, "p");
  assert.equal(first("PKP", 160)?.path, "PKIKP");
  assert.equal(travelTimes("ak135", { phases: ["PKP"], deltaDeg: 160, depthKm: 0 }).length, 1);
});

test("any text is a path or null, in bounded time", () => {
  const letters = fc.string({ unit: fc.constantFrom(..."PSKIJpscidfbnga'2379 "), maxLength: 40 });
  fc.assert(
    fc.property(fc.oneof(letters, fc.string(), fc.constantFrom("constructor", "__proto__", "P9K9K9K9K9KP")), (name) => {
      const path = parsePhase(name);
      if (path) assert.ok(path.legs.every(({ count }) => count > 0 && count < 100));
      assert.equal(typeof isPhaseName(name), "boolean");
    }),
    { numRuns: 2000 },
  );
  assert.equal(parsePhase("K".repeat(1e6)), null);
  assert.ok(!isPhaseName("tx") && !isPhaseName("") && !isPhaseName("PKPPKPX"));
});
