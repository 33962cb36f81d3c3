/** Outages against the specification's own example (IDC-3.4.1Rev1, Appendix A). */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { epoch } from "@harken/core";
import { referencePath, referenceTest } from "@harken/testing";
import { decodeImsMessages } from "./message.ts";
import { decodeImsOutages, writeOutages } from "./outage.ts";

referenceTest("the example is read, and written again letter by letter", ["formats/ims"], () => {
  const text = readFileSync(referencePath("formats/ims/IDC-3.4.1Rev1-appendixA-exact-columns.txt")!, "latin1");
  const [, example = ""] = /^(DATA_TYPE OUTAGE[^=]*)===/m.exec(text)!;
  // The example's channels stand one column before the table's own.
  const lines = example
    .trim()
    .split("\n")
    .map((line) => line.trimEnd().replace(/ (sh[zn]) /, "  $1"));
  const bytes = new TextEncoder().encode(["BEGIN IMS1.0", "MSG_TYPE DATA", "MSG_ID 1", ...lines, "STOP"].join("\n"));
  const { items, problems } = decodeImsOutages(bytes, decodeImsMessages(bytes).items);
  assert.deepEqual(problems, []);
  const day = epoch(1994, 12, 24);
  assert.deepEqual(items[0], {
    channel: { network: "IDC_SEIS", station: "APL", location: "", channel: "shz" },
    ...{ from: day + 8 * 3600 + 785, to: day + 8 * 3600 + 850, comment: "" },
  });
  const period = { from: day, to: epoch(1994, 12, 25, 12) };
  assert.deepEqual(writeOutages(period, items), lines);
});
