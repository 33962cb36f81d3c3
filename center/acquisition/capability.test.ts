import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel, Station } from "@harken/core";
import { availabilityOf, capabilityOf, gapsBetween, joinSpans, lengthOf } from "./capability.ts";

const station = (kind: Station["kind"], codes: readonly string[]): Pick<Station, "kind" | "channels"> => ({
  kind,
  channels: codes.map((channel, i) => ({ id: { network: "", station: `S${i}`, location: "", channel } }) as Channel),
});

test("arrays: the counts of IDC-3.4.1Rev1, table 53", () => {
  for (const [elements, full, partial] of [
    [25, 21, 13],
    [19, 16, 10],
    [16, 13, 8],
    [9, 8, 5],
    [7, 6, 4],
  ] as const) {
    const array = station(
      "array",
      Array.from({ length: elements }, () => "SHZ"),
    );
    const least = (wanted: string) => {
      for (let n = 0; n <= elements; n++)
        if (
          capabilityOf(
            array,
            Array.from({ length: elements }, (_, i) => i < n),
          ) === wanted
        )
          return n;
      return -1;
    };
    assert.deepEqual([least("full"), least("partial"), least("low"), least("non")], [full, partial, 1, 0]);
  }
  // Elements are verticals where there are any; horizontals alone are something, though no gain.
  const mixed = station("array", ["SHZ", "SHZ", "BHN", "BHE"]);
  assert.equal(capabilityOf(mixed, [true, true, false, false]), "full");
  assert.equal(capabilityOf(mixed, [false, false, true, true]), "low");
  const sound = station("array", ["BDF", "BDF", "BDF", "BDF"]);
  assert.equal(capabilityOf(sound, [true, true, false, false]), "partial");
});

test("three components: all, a vertical with a horizontal, any, none", () => {
  const site = station("3c", ["BHZ", "BHN", "BHE"]);
  assert.equal(capabilityOf(site, [true, true, true]), "full");
  assert.equal(capabilityOf(site, [true, false, true]), "partial");
  assert.equal(capabilityOf(site, [false, true, true]), "low");
  assert.equal(capabilityOf(site, [true, false, false]), "low");
  assert.equal(capabilityOf(site, [false, false, false]), "non");
});

test("spans join, gaps are what is left, and outages with a reason do not count in the adjusted figure", () => {
  const period = { from: 0, to: 100 };
  const up = [
    { from: 60, to: 80 },
    { from: -5, to: 20 },
    { from: 15, to: 40 },
  ];
  const joined = joinSpans(up, period);
  assert.deepEqual(joined, [
    { from: 0, to: 40 },
    { from: 60, to: 80 },
  ]);
  assert.deepEqual(gapsBetween(joined, period), [
    { from: 40, to: 60 },
    { from: 80, to: 100 },
  ]);
  assert.equal(lengthOf(gapsBetween([], period)), 100);
  assert.deepEqual(availabilityOf(up, period, []), { absolutePercent: 60, adjustedPercent: 60, reasons: [] });
  // Twenty of the forty seconds down have a reason; time that was up anyway is not forgiven.
  const excused = [{ from: 30, to: 60, reason: "maintenance" }];
  assert.deepEqual(availabilityOf(up, period, excused), {
    absolutePercent: 60,
    adjustedPercent: 75,
    reasons: ["maintenance"],
  });
});
