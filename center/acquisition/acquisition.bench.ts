/** Acquisition: frames of ten seconds of 25 channels at 40 Hz signed and verified; the journal and the archive written and read. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomStream, type WaveformSegment } from "@harken/core";
import { cd11DataOf, decodeCd11Frame, encodeCd11Frame, signCd11Channels } from "@harken/formats";
import { IntakeArchive, openArchive, openJournal, openStore, readWaveforms } from "@harken/store";
import { algorithmOf, type KeyRing } from "./keys.ts";
import { signerOf, verifyCd11Frame } from "./signatures.ts";

const CHANNELS = 25;
const RATE_HZ = 40;
const FRAMES = 20;

const random = randomStream(1, "acquisition bench");
let level = 0;
const segments: WaveformSegment[] = Array.from({ length: CHANNELS }, (_, i) => ({
  channel: { network: "XX", station: `ARA${String(i).padStart(2, "0")}`, location: "", channel: "SHZ" },
  startTime: 1.5e9,
  sampleRateHz: RATE_HZ,
  samples: Int32Array.from({ length: FRAMES * 10 * RATE_HZ }, () =>
    Math.round((level = 0.97 * level + 60 * random.normal())),
  ),
}));

const ringOf = (key: KeyObject): KeyRing =>
  new Map([
    [
      1,
      { keyId: 1, owner: "ARCES", key, algorithm: algorithmOf(key)!, from: -Infinity, to: Infinity, isRevoked: false },
    ],
  ]);

function signatures(name: string, { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }) {
  const sign = signerOf(ringOf(privateKey));
  const payloads = cd11DataOf(segments, { channelOptions: () => ({ keyId: 1 }) });
  const make = () =>
    payloads.map((payload, i) => {
      const frame = {
        creator: "ARCES",
        destination: "0",
        sequence: BigInt(i),
        series: 0,
        payload,
        authentication: { keyId: 1, value: new Uint8Array(0) },
      };
      return encodeCd11Frame(signCd11Channels(frame, sign), sign);
    });
  const frames = make();
  const ring = ringOf(publicKey);
  return [
    { name: `sign CD-1.1 frames, 25 channels and the frame, ${name}`, unit: "frames", amount: FRAMES, run: make },
    {
      name: `verify CD-1.1 frames, 25 channels and the frame, ${name}, thread pool`,
      unit: "frames",
      amount: FRAMES,
      run: async () => {
        await Promise.all(frames.map((bytes) => verifyCd11Frame(bytes, decodeCd11Frame(bytes).items[0]!, ring)));
      },
    },
  ];
}

/** A folder that goes when the process ends. */
function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "harken-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function durable() {
  const { journal } = await openJournal(join(scratch(), "journal"));
  const payload = new Uint8Array(20_000).map(() => random.integer(256));
  const record = { receivedAt: 1.5e9, kind: "cd11", source: "ARCES:0", note: "", payload };
  const write = () => Promise.all(Array.from({ length: 500 }, () => journal.append(record)));
  await write();
  const root = scratch();
  const store = await openStore({});
  const intake = new IntakeArchive(root);
  let shift = 0;
  const bytes = segments.reduce((sum, { samples }) => sum + samples.byteLength, 0);
  const archive = async () => {
    shift += FRAMES * 10;
    const batch = await intake.add(
      store.db,
      segments.map((segment) => ({ ...segment, startTime: segment.startTime + shift })),
    );
    await store.transaction((writer) => intake.commit(writer, batch, { runId: 1, now: 0 }));
    intake.settle();
  };
  await archive();
  const reader = openArchive(root);
  return [
    { name: "journal: 500 packets of 20 kB at once, synced", unit: "MB", amount: 10, run: write },
    {
      name: "journal read, checksums tested",
      unit: "MB",
      amount: 10,
      run: async () => {
        await journal.cursor(1).next(10e6);
      },
    },
    {
      name: "archive written, 25 files synced and indexed (samples of 4 bytes)",
      unit: "MB",
      amount: bytes / 1e6,
      run: archive,
    },
    {
      name: "archive read, digests tested (samples of 4 bytes)",
      unit: "MB",
      amount: bytes / 1e6,
      run: async () => {
        for (const { channel, startTime } of segments)
          await readWaveforms(store.db, reader, channel, startTime + FRAMES * 10, startTime + FRAMES * 20);
      },
    },
  ];
}

export const benchmarks = async () => [
  ...signatures("Ed25519", generateKeyPairSync("ed25519")),
  ...signatures("ECDSA P-256", generateKeyPairSync("ec", { namedCurve: "P-256" })),
  ...signatures("DSA-1024", generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 })),
  ...(await durable()),
];
