/** Wire formats of acquisition: ten minutes of an array of 25 channels at 40 Hz in frames of ten seconds; 10,000 records of 512 bytes. */
import { defaultLimits, ProblemList, randomStream } from "@harken/core";
import { ByteQueue } from "./byteQueue.ts";
import { notSigned } from "./cd11/authentication.ts";
import { crc64 } from "./cd11/crc64.ts";
import { decodeCd11Frame } from "./cd11/decode.ts";
import { encodeCd11Frame } from "./cd11/encode.ts";
import { segmentsOfCd11Frame } from "./cd11/segments.ts";
import { Cd11Splitter } from "./cd11/split.ts";
import { cd11DataOf } from "./cd11/write.ts";
import { DataLinkClient } from "./datalink/client.ts";
import { writeDataLinkReply } from "./datalink/message.ts";
import { writePacket } from "./seedlink/packet.ts";
import { PacketReader } from "./seedlink/reader.ts";
import { concatBytes } from "./step.ts";

const CHANNELS = 25;
const RATE_HZ = 40;
const SECONDS = 600;
/** What a socket hands over at once. */
const PIECE = 65_536;

const random = randomStream(1, "acquisition bench");
const segments = Array.from({ length: CHANNELS }, (_, i) => {
  let position = 0;
  return {
    channel: { network: "", station: `ARA${String(i).padStart(2, "0")}`, location: "", channel: "SHZ" },
    startTime: 1.5e9,
    sampleRateHz: RATE_HZ,
    samples: Int32Array.from({ length: SECONDS * RATE_HZ }, () =>
      Math.round((position = 0.97 * position + 60 * random.normal())),
    ),
  };
});

const encode = () =>
  cd11DataOf(segments).map((payload, i) =>
    encodeCd11Frame({
      creator: "ARCES",
      destination: "IDC",
      sequence: BigInt(i),
      series: 0,
      payload,
      authentication: notSigned,
    }),
  );
const frames = encode();
const stream = concatBytes(frames);

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

function decode(): void {
  const splitter = new Cd11Splitter();
  const problems = new ProblemList();
  for (const piece of pieces(stream))
    for (const bytes of splitter.push(piece).frames)
      for (const frame of decodeCd11Frame(bytes).items) segmentsOfCd11Frame(frame, defaultLimits, problems);
}

function split(): void {
  const splitter = new Cd11Splitter();
  for (const piece of pieces(stream)) splitter.push(piece);
}

const PACKETS = 10_000;
const record = Uint8Array.from({ length: 512 }, () => random.integer(256));
const packet = { sequence: 1n, station: "IM_ARA00", format: "2", subformat: "D", payload: record };
const seedLink = concatBytes(Array.from({ length: PACKETS }, () => writePacket(packet, 4)));
const dataLink = concatBytes(
  Array.from({ length: PACKETS }, (_, i) =>
    writeDataLinkReply({
      kind: "packet",
      stream: "FDSN:IM_ARA00__S_H_Z/MSEED",
      packet: BigInt(i),
      packetTime: 1.5e9,
      startTime: 1.5e9,
      endTime: 1.5e9,
      data: record,
    }),
  ),
);

function readSeedLink(): void {
  const queue = new ByteQueue();
  const reader = new PacketReader(queue);
  const problems = new ProblemList();
  for (const piece of pieces(seedLink)) {
    queue.push(piece);
    while (reader.next(problems));
  }
}

function readDataLink(): void {
  const client = new DataLinkClient();
  for (const piece of pieces(dataLink)) client.receive(piece);
}

const twice = (name: string, unit: string, amount: number, bytes: Uint8Array, run: () => void) => [
  { name, unit, amount, run },
  { name, unit: "MB", amount: bytes.length / 1e6, run },
];

export const benchmarks = [
  { name: "CD-1.1 checksum", unit: "MB", amount: stream.length / 1e6, run: () => crc64(stream) },
  ...twice("encode CD-1.1 frames, 25 channels, Canadian", "frames", frames.length, stream, encode),
  ...twice("decode CD-1.1 frames, 25 channels, Canadian, to segments", "frames", frames.length, stream, decode),
  ...twice("split CD-1.1 frames, checksums tested", "frames", frames.length, stream, split),
  ...twice("read SeedLink 4 packets of 512 bytes", "packets", PACKETS, seedLink, readSeedLink),
  ...twice("read DataLink packets of 512 bytes", "packets", PACKETS, dataLink, readDataLink),
];
