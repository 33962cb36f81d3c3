/** A period of twenty seconds whose gaps, delays, links and signatures are counted by hand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel, Station } from "@harken/core";
import {
  type ArchivedPiece,
  closeLink,
  openLink,
  openStore,
  type PacketRecord,
  putPackets,
  putPieces,
} from "@harken/store";
import { networkHealth } from "./networkHealth.ts";

const RATE = 10;
const period = { from: 1_000, to: 1_020 };

const id = (channel: string) => ({ network: "XX", station: "AAA", location: "", channel });
const channels = ["BHZ", "BHN", "BHE"].map((code) => ({ id: id(code) }) as Channel);
const station = { network: "XX", code: "AAA", kind: "3c", sites: [], channels } as unknown as Station;

/** `seconds` of samples from a time on. */
const piece = (channel: string, startTime: number, seconds: number): ArchivedPiece => ({
  channel: id(channel),
  ...{ startTime, endTime: startTime + seconds - 1 / RATE, sampleCount: seconds * RATE, sampleRateHz: RATE },
  ...{ datatype: "s4", folder: "x", file: channel, offset: 0, bytes: 1, sha256: "" },
});

const packet = (packetId: number, changes: Partial<PacketRecord>): PacketRecord => ({
  ...{ packetId, kind: "cd11", source: "AAA:0", sequence: `${packetId}`, bytes: 100, verdict: "verified" },
  ...{ receivedAt: 0, archivedAt: 0, startTime: null, endTime: null },
  ...{ verified: 3, unsigned: 0, refused: 0, detail: "" },
  ...changes,
});

test("availability, capability, delays, links and signatures of a period", async () => {
  const store = await openStore({ file: ":memory:" });
  await store.transaction(async (writer) => {
    const pieces = [
      // The vertical lacks 1008 to 1012; its two pieces before that join, the first of them begins before the period.
      piece("BHZ", 990, 15),
      piece("BHZ", 1_005, 3),
      piece("BHZ", 1_012, 8),
      // North is whole, east lacks the last five seconds.
      piece("BHN", 1_000, 30),
      piece("BHE", 1_000, 15),
    ];
    await putPieces(writer, pieces, { runId: 0, now: 0 });
    await putPackets(writer, [
      packet(1, { startTime: 1_000, endTime: 1_009.9, receivedAt: 1_011.9 }),
      packet(2, {
        startTime: 1_010,
        endTime: 1_019.9,
        receivedAt: 1_025.9,
        verified: 2,
        refused: 1,
        detail: "BHE: wrong",
      }),
      packet(3, { startTime: 1_005, endTime: 1_006, receivedAt: 1_009, source: "BBB:0", kind: "mseed", verified: 0 }),
    ]);
    // Up until 1005, and again from 1010 to 1040: a third of the second connection's bytes is of the period.
    const first = await openLink(writer, { source: "AAA", peer: "p", startTime: 980 });
    await closeLink(writer, first, { endTime: 1_005, reason: "", bytes: 50_000 });
    const second = await openLink(writer, { source: "AAA", peer: "p", startTime: 1_010 });
    await closeLink(writer, second, { endTime: 1_040, reason: "", bytes: 60_000 });
  });
  const health = await networkHealth(store.db, [station], period, [
    { source: "AAA", from: 1_005, to: 1_007, reason: "works" },
    { source: "BBB", from: 1_005, to: 1_010, reason: "another's" },
  ]);
  await store.close();
  const near = (found: number | null | undefined, expected: number) =>
    assert.ok(Math.abs(found! - expected) < 1e-9, `${found} instead of ${expected}`);

  const [row] = health.stations;
  near(row!.availablePercent, (100 * (16 + 20 + 15)) / 60);
  // Three components to 1008, then without the vertical to 1012, full to 1015, then without east: a vertical and a horizontal.
  const shares = [(8 + 3) / 20, 5 / 20, 4 / 20, 0];
  for (const [i, share] of row!.capability.entries()) near(share, 100 * shares[i]!);
  near(row!.medianDelaySec, (2 + 6) / 2);
  assert.deepEqual(
    health.channels.map(({ channel, gapsSec }) => [channel, gapsSec.map((gap) => Math.round(1e6 * gap) / 1e6)]),
    [
      ["BHZ", [4]],
      ["BHN", []],
      ["BHE", [5]],
    ],
  );
  near(health.channels[0]!.availablePercent, 80);

  const [link] = health.links;
  near(link!.upPercent, 75);
  near(link!.usedFromFar, (8 * (50 * (5 / 25) + 60 * (10 / 30))) / 20 / link!.kilobitsPerSec);
  assert.deepEqual(link!.outages, [{ from: 1_005, to: 1_010 }]);
  const [availability] = health.availability;
  near(availability!.absolutePercent, 75);
  near(availability!.adjustedPercent, (100 * 15) / 18);
  assert.deepEqual(availability!.reasons, ["works"]);

  assert.equal(health.authentication.length, 1, "records carry no signatures");
  const { tested, failed, failures } = health.authentication[0]!;
  assert.deepEqual([tested, failed, failures], [6, 1, [{ from: 1_010, to: 1_019.9, comment: "BHE: wrong" }]]);
});
