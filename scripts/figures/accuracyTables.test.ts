import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type ReadSignal, stationKinds } from "@harken/simulator";
import { root } from "../machine.ts";
import { accuracyTable, falseTable, withPart } from "./accuracyTables.ts";

const signal = (error: number): ReadSignal => ({
  ...{ shape: "pulse", snr: 10, statedSnr: 10, azimuth: null, slowness: { error: 2 * error, stated: 0.5 } },
  onset: { error, stated: 0.1 },
});

test("a class's row: median, 90 % of the errors as a deviation, what is stated and the share that it holds; nothing where nothing was read", () => {
  const [, , row, ...rest] = accuracyTable([-0.3, 0, 0.1].map(signal)).split("\n");
  assert.deepEqual(rest, []);
  // 90 % of 0, 0.1 and 0.3 lies at 0.26.
  assert.equal(row, "| 9 to 15 | 3 | 0.000 | 0.158 | 0.100 | 66.7 |  |  |  | 0.32 | 0.50 | 100.0 |");
});

test("false detections are counted by station and level of noise", () => {
  const campaign = (noiseLevel: number) =>
    ({ seed: 1, kind: "3c", noiseLevel, hours: 24, name: "one", found: [] }) as const;
  assert.equal(
    falseTable([campaign(0.1), campaign(0.9)])
      .split("\n")
      .at(-1),
    "| one | 0 in 24 h | 0 in 24 h |",
  );
});

test("a part of a page is replaced between its marks, which the page of station processing has", () => {
  assert.equal(
    withPart("a <!-- x --> old <!-- end of x --> b", "x", "new"),
    "a <!-- x -->\n\nnew\n\n<!-- end of x --> b",
  );
  assert.throws(() => withPart("a", "x", "new"), /no place/);
  const page = readFileSync(join(root, "docs/station-processing.md"), "utf8");
  for (const name of [...stationKinds.map((kind) => `accuracy: ${kind.name}`), "false detections"])
    assert.notEqual(withPart(page, name, "new"), page);
});
