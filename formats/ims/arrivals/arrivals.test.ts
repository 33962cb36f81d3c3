/** The listings of arrivals against the specification's own examples (IDC-3.4.1Rev1, Appendix A), and read back from what is written. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { epoch, imsTime } from "@harken/core";
import { referencePath, referenceTest } from "@harken/testing";
import fc from "fast-check";
import { decodeImsMessages } from "../message.ts";
import { decodeImsArrivals } from "./decode.ts";
import { type ArrivalListing, arrivalLayouts, type ImsArrivalLine } from "./layout.ts";
import { arrivalLine, writeArrivalSection } from "./write.ts";

const decode = (lines: readonly string[]) => {
  const bytes = new TextEncoder().encode(["BEGIN IMS1.0", "MSG_TYPE DATA", "MSG_ID 1", ...lines, "STOP"].join("\n"));
  return decodeImsArrivals(bytes, decodeImsMessages(bytes).items);
};

/** The lines under a heading of the appendix; where the page was too narrow the rest of a line stands in the next. */
function example(listing: ArrivalListing): string[] {
  const text = readFileSync(referencePath("formats/ims/IDC-3.4.1Rev1-appendixA-exact-columns.txt")!, "latin1").split(
    "\n",
  );
  const start = text.findIndex((line) => new RegExp(`^DATA[ _]TYPE ARRIVAL:${listing} `).test(line));
  const rows: string[] = [];
  for (const line of text.slice(start + 1)) {
    if (/^(?:DATA|===)/.test(line)) break;
    if (line.startsWith("IDC_SEIS")) rows.push(line);
    else if (rows.length > 0 && /^ [ \d]/.test(line)) rows.push(rows.pop()! + line);
  }
  return rows;
}

referenceTest("the examples of the specification are read", ["formats/ims"], () => {
  for (const listing of ["AUTOMATIC", "UNASSOCIATED", "REVIEWED", "GROUPED"] as const) {
    const rows = example(listing);
    const { items, problems } = decode([`DATA_TYPE ARRIVAL:${listing} IMS1.0`, ...rows]);
    assert.deepEqual(problems, []);
    assert.equal(items.length, rows.length);
    assert.ok(rows.length >= 4, listing);
    const first = items[0]!;
    assert.deepEqual([first.network, first.station, first.author, first.phase], ["IDC_SEIS", "BBB", "IDC_REB", "P"]);
    assert.equal(imsTime(first.time), "1996/08/16 03:41:40.523");
    assert.deepEqual(
      [first.azimuthDeg, first.slownessSecPerDeg, first.snr, first.amplitudeNm, first.periodSec],
      [256.3, 16.2, 13.4, 228.6, 0.33],
    );
    assert.match(first.id, /^116183/);
    assert.equal(items.find(({ id }) => id === "11621022")!.azimuthDeg, null);
  }
  assert.equal(decode(["DATA_TYPE ARRIVAL:AUTOMATIC IMS1.0", ...example("AUTOMATIC")]).items[1]!.beam, "BP0.2_1.0");
  assert.equal(decode(["DATA_TYPE ARRIVAL:GROUPED IMS1.0", ...example("GROUPED")]).items[0]!.group, "5636");
  const { items } = decode(["DATA_TYPE ARRIVAL:ASSOCIATED IMS1.0", ...example("ASSOCIATED")]);
  const [first] = items;
  assert.deepEqual(
    [first!.deltaDeg, first!.eventStationAzimuthDeg, first!.phase, first!.timeResidualSec],
    [1.61, 57.1, "Pg", -1.1],
  );
  assert.deepEqual([first!.azimuthResidualDeg, first!.slownessResidualSecPerDeg, first!.defining], [17.5, -2.4, "T__"]);
});

referenceTest("what is written stands in the columns of the specification's example", ["formats/ims"], () => {
  const line = example("AUTOMATIC")[0]!;
  const [read] = decode(["DATA_TYPE ARRIVAL:AUTOMATIC IMS1.0", line]).items;
  assert.equal(writeArrivalSection("AUTOMATIC", [read!]).at(-1), line.trimEnd());
});

test("all that a listing has columns for is read back", () => {
  const decimals = (digits: number, most: number) =>
    fc.option(
      fc.integer({ min: -most, max: most }).map((value) => value / 10 ** digits + 0),
      { nil: null },
    );
  const word = (length: number) => fc.stringMatching(new RegExp(`^[A-Z0-9]{1,${length}}$`));
  for (const [listing, { columns }] of Object.entries(arrivalLayouts) as [
    ArrivalListing,
    (typeof arrivalLayouts)[ArrivalListing],
  ][]) {
    const cell = Object.fromEntries(
      columns.map(({ field, from, to, as }) => [
        field,
        as === "time"
          ? fc.integer({ min: 0, max: 4e12 }).map((ms) => ms / 1000)
          : typeof as === "number"
            ? decimals(as, 10 ** (to - from - 1) - 1)
            : word(to - from + 1),
      ]),
    );
    fc.assert(
      fc.property(fc.record(cell, { noNullPrototype: true }), (shape) => {
        const line = { ...arrivalLine(plain, { id: "" }), ...shape } as unknown as ImsArrivalLine;
        const [found] = decode(writeArrivalSection(listing, [line])).items as unknown as Record<string, unknown>[];
        for (const [name, value] of Object.entries(shape))
          if (name === "time") assert.ok(Math.abs((found![name] as number) - (value as number)) < 6e-4, listing);
          else assert.equal(found![name], value, `${listing} ${name}`);
      }),
      { numRuns: 50 },
    );
  }
});

const plain = {
  ...{ key: "k", station: "ABC", channel: "BHZ", time: epoch(2026, 1, 1), timeErrorSec: 0.1, phase: "P" },
  ...{ azimuthDeg: null, azimuthErrorDeg: null, slownessSecPerDeg: null, slownessErrorSecPerDeg: null, snr: null },
  ...{ amplitudes: [], firstMotion: null, rectilinearity: null, incidenceDeg: null, frequencyHz: null },
  ...{ fkQuality: null, author: "me" },
};

test("no bytes make it throw; lines that are none are named", () => {
  const { items, problems } = decode([
    "DATA_TYPE ARRIVAL:REVIEWED IMS1.0",
    "rubbish",
    "DATA_TYPE ARRIVAL:GUESSED IMS1.0",
  ]);
  assert.equal(items.length, 0);
  assert.deepEqual(
    problems.map(({ code }) => code),
    ["ims.bad-arrival", "ims.bad-arrival"],
  );
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 170 })),
      (lines) => decode(["DATA_TYPE ARRIVAL IMS1.0", ...lines]).items.length >= 0,
    ),
  );
});
