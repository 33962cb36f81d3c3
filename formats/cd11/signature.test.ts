import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign as signature, verify } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { WaveformSegment } from "@harken/core";
import { referenceTest } from "@harken/testing";
import fc from "fast-check";
import { decodeCd11Frame } from "./decode.ts";
import { encodeCd11Frame } from "./encode.ts";
import type { Cd11Frame, ReceivedCd11Frame } from "./frame.ts";
import { signCd11Channels, signedChannelBytes } from "./signature.ts";
import { cd11StatusFlags, readCd11Status, writeCd11Status } from "./status.ts";
import { cd11ChannelOf, cd11DataOf } from "./write.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const sign = (bytes: Uint8Array) => signature("sha256", bytes, { key: privateKey, dsaEncoding: "ieee-p1363" });
const isRight = (bytes: Uint8Array, value: Uint8Array) =>
  verify("sha256", bytes, { key: publicKey, dsaEncoding: "ieee-p1363" }, value);

const samples = Int32Array.from({ length: 403 }, (_, i) => Math.round(9_000 * Math.sin(i / 3)));
const segment: WaveformSegment = {
  channel: { network: "", station: "ARA0", location: "", channel: "SHZ" },
  startTime: 1.5e9,
  sampleRateHz: 40.3,
  samples,
};

const signedFrame = (compression: "none" | "canadian-before-signature" | "canadian-after-signature"): Uint8Array => {
  const [payload] = cd11DataOf([segment], { channelOptions: () => ({ compression, dataFormat: "s3", keyId: 17 }) });
  const frame: Cd11Frame = {
    creator: "ARCES",
    destination: "0",
    sequence: 1n,
    series: 0,
    payload: payload!,
    authentication: { keyId: 4, value: new Uint8Array(0) },
  };
  return encodeCd11Frame(signCd11Channels(frame, sign), sign);
};

/** Whether frame and channel are signed by our key. */
function verdicts(bytes: Uint8Array, { signed, authentication, payload }: ReceivedCd11Frame): [boolean, boolean] {
  assert.ok(payload.kind === "data");
  const [channel] = payload.channels;
  const covered = signedChannelBytes(channel!, bytes);
  return [
    isRight(bytes.subarray(signed.start, signed.end), authentication.value),
    covered !== null && isRight(covered, channel!.authentication.value),
  ];
}

test("what was signed is what is verified, whether compressed before or after", () => {
  for (const compression of ["none", "canadian-before-signature", "canadian-after-signature"] as const) {
    const bytes = signedFrame(compression);
    const { items, problems } = decodeCd11Frame(bytes);
    assert.deepEqual(problems, []);
    assert.deepEqual(verdicts(bytes, items[0]!), [true, true], compression);
  }
});

test("each byte that the signatures cover changes a verdict", () => {
  const bytes = signedFrame("canadian-before-signature");
  const [frame] = decodeCd11Frame(bytes).items;
  const { start, end } = frame!.payload.kind === "data" ? frame!.payload.channels[0]!.signed! : { start: 0, end: 0 };
  for (let at = start; at < end; at += 7) {
    const changed = bytes.slice();
    changed[at]! ^= 1;
    assert.equal(isRight(changed.subarray(0, frame!.signed.end), frame!.authentication.value), false);
    const [channel] = frame!.payload.kind === "data" ? frame!.payload.channels : [];
    assert.equal(isRight(changed.subarray(start, end), channel!.authentication.value), false);
  }
});

test("a channel compressed after its signature is one signature with the uncompressed one", () => {
  const channelOf = (compression: "none" | "canadian-after-signature") =>
    signedChannelBytes(cd11ChannelOf(segment, { compression, dataFormat: "s3" }));
  assert.deepEqual(channelOf("canadian-after-signature"), channelOf("none"));
});

test("samples that do not unpack to their format cannot be signed or verified", () => {
  const channel = cd11ChannelOf(segment, { compression: "canadian-after-signature", dataFormat: "s4" });
  assert.equal(signedChannelBytes({ ...channel, data: channel.data.subarray(0, 20) }), null);
  assert.equal(signedChannelBytes({ ...channel, dataFormat: "t4" }), null);
  const wide = cd11ChannelOf(
    { ...segment, samples: Int32Array.of(1, 2 ** 30) },
    { compression: "canadian-after-signature" },
  );
  assert.equal(signedChannelBytes({ ...wide, dataFormat: "s2" }), null);
});

referenceTest(
  "real channels signed before compression: the samples as stored are among the signed bytes",
  ["formats/cd11/golden-real-frames.json", "formats/cd11/frames/BOSA_t5_seq5181989_255f3f.bin"],
  (_t, [golden, path]) => {
    const bytes = readFileSync(path!);
    const { payload } = decodeCd11Frame(bytes).items[0]!;
    const [expected] = JSON.parse(readFileSync(golden!, "utf8")) as {
      file: string;
      channels: { sha256_be32: string; nsamp: number }[];
    }[];
    assert.equal(expected!.file, "BOSA_t5_seq5181989_255f3f.bin");
    assert.ok(payload.kind === "data");
    for (const [i, channel] of payload.channels.entries()) {
      const signed = signedChannelBytes(channel, bytes)!;
      const { nsamp, sha256_be32 } = expected!.channels[i]!;
      const data = signed.subarray(signed.length - 4 - 4 * nsamp, signed.length - 4);
      assert.equal(createHash("sha256").update(data).digest("hex"), sha256_be32);
      assert.equal(signed[1], 0, "no transformation");
    }
  },
);

const int8 = fc.integer({ min: 0, max: 255 });

test("state of health: any comes back, each flag at its own bit", () => {
  const anyStatus = fc.record(
    {
      flags: fc.subarray([...cd11StatusFlags]).map((list) => new Set(list)),
      stationBytes: fc.tuple(int8, int8, int8),
      lastGpsTime: fc.constantFrom("", "2019315 13:50:59.000"),
      clockDifferentialMicrosec: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(anyStatus, (status) => assert.deepEqual(readCd11Status(writeCd11Status(status)), status)));
  assert.equal(cd11StatusFlags.length, 16);
  assert.equal(readCd11Status(new Uint8Array(32)), null, "another format");
  assert.equal(readCd11Status(Uint8Array.of(1, 0)), null);
});

test("state of health of real stations, as the stored bytes have it", () => {
  const read = (hex: string) => readCd11Status(Buffer.from(hex, "hex"))!;
  // GERES: vault door open, two bytes of its own; H07S: GPS last seen in 2016, the receiver unlocked since, the clock 48 s away.
  const geres = read("0100040000c41300323031383039322030353a34393a33382e30303000000002");
  assert.deepEqual([...geres.flags], ["vaultDoorOpen"]);
  assert.deepEqual(geres.stationBytes, [0xc4, 0x13, 0]);
  assert.equal(geres.lastGpsTime, "2018092 05:49:38.000");
  assert.equal(geres.clockDifferentialMicrosec, 2);
  const h07s = read("0100000500000000323031363231372031383a30333a32332e30303002e8d806");
  assert.deepEqual([...h07s.flags], ["clockDifferentialTooLarge", "gpsReceiverUnlocked"]);
  assert.equal(h07s.clockDifferentialMicrosec, 48_814_086);
});
