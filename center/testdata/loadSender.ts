/**
 * Many stations in one process, for the load test: signed frames, either in step with the clock or as fast as the centre takes them. Each station's windows
 * begin at a moment of their own, as the senders of a real network do. Argument: JSON. Prints `built`, `sent` and `acknowledged` lines.
 */
import { connect, type Socket } from "node:net";
import { randomStream, type WaveformSegment } from "@harken/core";
import {
  Cd11Splitter,
  cd11ChannelOf,
  decodeCd11Frame,
  encodeCd11Frame,
  signCd11Channels,
  writeCd11Time,
} from "@harken/formats";
import { type KeySettings, loadKeyRing } from "../acquisition/keys.ts";
import { signerOf } from "../acquisition/signatures.ts";

export interface LoadRequest {
  readonly dataPort: number;
  /** Channels of each station, in order; station i is called L and its number. */
  readonly channels: readonly number[];
  readonly keys: readonly KeySettings[];
  readonly frames: number;
  readonly frameSec: number;
  readonly sampleRateHz: number;
  /** Data time of the first frames; null for frames that end when they are sent. */
  readonly start: number | null;
}

export const stationName = (index: number): string => `L${String(index).padStart(4, "0")}`;

const request = JSON.parse(process.argv[2]!) as LoadRequest;
const { dataPort, channels, keys, frames, frameSec, sampleRateHz, start } = request;
const sign = signerOf(loadKeyRing(keys, "/", "private"));
const samplesPerFrame = Math.round(frameSec * sampleRateHz);

/** Seismic noise: what a 24-bit digitiser counts at a quiet site, two bytes a sample before compression. */
const random = randomStream(7, "load");
let level = 0;
const noise = Int32Array.from({ length: 200_000 }, () => Math.round((level = 0.97 * level + 60 * random.normal())));
const status = new Uint8Array(32).fill(0, 1);
status[0] = 1;

function frameOf(station: number, sequence: number, startTime: number): Uint8Array {
  const name = stationName(station);
  const keyId = keys[station]!.keyId;
  const subframes = Array.from({ length: channels[station]! }, (_, c) => {
    const from = (station * 7919 + c * 104_729 + sequence * samplesPerFrame) % (noise.length - samplesPerFrame);
    const segment: WaveformSegment = {
      channel: {
        network: "",
        station: name.slice(0, 5),
        location: String(Math.floor(c / 100)).padStart(2, "0"),
        channel: `B${String(c % 100).padStart(2, "0")}`,
      },
      ...{ startTime, sampleRateHz, samples: noise.subarray(from, from + samplesPerFrame) },
    };
    return cd11ChannelOf(segment, { keyId, status });
  });
  const frame = {
    ...{
      creator: name,
      destination: "0",
      sequence: BigInt(sequence),
      series: 0,
      authentication: { keyId, value: new Uint8Array(0) },
    },
    payload: {
      kind: "data" as const,
      lengthMs: frameSec * 1_000,
      nominalTime: writeCd11Time(startTime),
      channels: subframes,
    },
  };
  return encodeCd11Frame(signCd11Channels(frame, sign), sign);
}

let acknowledged = 0;
function open(station: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: dataPort, host: "127.0.0.1" }, () => {
      socket.write(
        encodeCd11Frame({
          ...{
            creator: stationName(station),
            destination: "0",
            sequence: 0n,
            series: 0,
            authentication: { keyId: 0, value: new Uint8Array(0) },
          },
          payload: { kind: "option-request", options: [{ type: 1, value: Buffer.from(stationName(station)) }] },
        }),
      );
      resolve(socket);
    });
    const splitter = new Cd11Splitter();
    let isDone = false;
    socket.on("data", (chunk: Buffer) => {
      for (const bytes of splitter.push(chunk).frames) {
        const payload = decodeCd11Frame(bytes).items[0]?.payload;
        if (payload?.kind !== "acknack" || isDone || payload.highest < BigInt(frames) || payload.gaps.length > 0)
          continue;
        isDone = true;
        acknowledged++;
        if (acknowledged === channels.length) process.stdout.write(`acknowledged ${Date.now() / 1_000}\n`);
      }
    });
    socket.on("error", reject);
  });
}

let bytes = 0;
const sockets = await Promise.all(channels.map((_, i) => open(i)));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function inStep(): Promise<void> {
  const begin = Date.now() / 1_000 + 1;
  process.stdout.write(`built ${begin}\n`);
  await Promise.all(
    sockets.map(async (socket, i) => {
      const phase = (i / sockets.length) * frameSec;
      for (let n = 1; n <= frames; n++) {
        const end = begin + phase + n * frameSec;
        // Made before its time, so that it goes out when its last sample would be taken.
        const frame = frameOf(i, n, end - frameSec);
        await pause(Math.max(0, end * 1_000 - Date.now()));
        bytes += frame.length;
        socket.write(frame);
      }
    }),
  );
}

async function flatOut(first: number): Promise<void> {
  const built = sockets.map((_, i) =>
    Array.from({ length: frames }, (_, n) => frameOf(i, n + 1, first + n * frameSec)),
  );
  bytes = built.flat().reduce((sum, { length }) => sum + length, 0);
  process.stdout.write(`built ${Date.now() / 1_000}\n`);
  await Promise.all(
    sockets.map(async (socket, i) => {
      for (const frame of built[i]!)
        if (!socket.write(frame)) await new Promise((resolve) => socket.once("drain", resolve));
    }),
  );
}

if (start === null) await inStep();
else await flatOut(start);
const { userCPUTime, systemCPUTime } = process.resourceUsage();
process.stdout.write(`sent ${Date.now() / 1_000} ${bytes} ${userCPUTime / 1e6} ${systemCPUTime / 1e6}\n`);
