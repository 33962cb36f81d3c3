/**
 * A checkpoint as bytes, to be kept in a file and gone on from. It names the plan and the weather that it belongs to, because another run's particles
 * are of no use.
 *
 * Layout: "HKTRANS1", length of a JSON header (uint32, little-endian), the header, then the arrays in the header's order, each on a multiple of 8.
 */
import { emptySums, type OutputStep, type PendingSums } from "./outputSums.ts";
import { createCloud, type ParticleCloud } from "./particleCloud.ts";
import { CLASSES, particleCount, type TransportPlan } from "./plan.ts";
import type { Checkpoint } from "./run.ts";
import type { CellSums } from "./sampler.ts";
import type { Allocate } from "./transportField.ts";

const MAGIC = "HKTRANS1";

const cloudArrays = [
  "latitudeDeg",
  "longitudeDeg",
  "heightM",
  "releaseTime",
  "state",
  "upward",
  "along",
  "across",
  "mesoscale",
  "releaseDensity",
  "activity",
] as const satisfies readonly (keyof ParticleCloud)[];

interface Header {
  readonly plan: string;
  readonly weather: string;
  readonly legsDone: number;
  /** Cells of each finished output, and of each chunk's sums that wait, by class. */
  readonly outputs: readonly number[];
  readonly pending: readonly (readonly number[])[];
}

type Bytes = { readonly buffer: ArrayBufferLike; readonly byteOffset: number; readonly byteLength: number };

/** `weather`: words that say which weather the run is in. */
export function encodeCheckpoint(plan: TransportPlan, weather: string, checkpoint: Checkpoint): Uint8Array {
  const header: Header = {
    plan: JSON.stringify(plan),
    weather,
    legsDone: checkpoint.legsDone,
    outputs: checkpoint.outputs.map(({ index }) => index.length),
    pending: checkpoint.pending.map((list) => list.map(({ index }) => index.length)),
  };
  const head = new TextEncoder().encode(JSON.stringify(header));
  const arrays: Bytes[] = [
    ...cloudArrays.map((name) => checkpoint.cloud[name]),
    ...checkpoint.outputs.flatMap(({ index, sum, standardError }) => [index, sum, standardError]),
    ...checkpoint.pending.flatMap((list) => list.flatMap(({ index, sum }) => [index, sum])),
  ];
  let at = aligned(12 + head.length);
  const out = new Uint8Array(arrays.reduce((size, { byteLength }) => size + aligned(byteLength), at));
  out.set(new TextEncoder().encode(MAGIC));
  new DataView(out.buffer).setUint32(8, head.length, true);
  out.set(head, 12);
  for (const { buffer, byteOffset, byteLength } of arrays) {
    out.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += aligned(byteLength);
  }
  return out;
}

/** The checkpoint of this plan in this weather; a sentence when the bytes are none, or another run's. */
export function decodeCheckpoint(
  plan: TransportPlan,
  weather: string,
  bytes: Uint8Array,
  allocate?: Allocate,
): Checkpoint | string {
  const text = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  if (bytes.length < 12 || text(0, 8) !== MAGIC) return "The file is no checkpoint of a transport run.";
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const header = 12 + length <= bytes.length ? readHeader(text(12, 12 + length)) : null;
  if (!header) return "The checkpoint's header cannot be read.";
  if (header.plan !== JSON.stringify(plan)) return "The checkpoint belongs to another run.";
  if (header.weather !== weather) return "The checkpoint belongs to a run in other weather.";
  let at = aligned(12 + length);
  const read = (target: Bytes): void => {
    const into = new Uint8Array(target.buffer, target.byteOffset, target.byteLength);
    into.set(bytes.subarray(at, at + target.byteLength));
    at += aligned(target.byteLength);
  };
  const cells = header.outputs.reduce((sum, n) => sum + n, 0);
  const waiting = header.pending.flat().reduce((sum, n) => sum + n, 0);
  // Each cell takes at least an index and a sum: what the header claims is bounded by the file's size.
  if (20 * cells + 12 * waiting > bytes.length) return "The checkpoint is cut off.";
  const cloud = createCloud(particleCount(plan), plan.species.length, allocate);
  for (const name of cloudArrays) read(cloud[name]);
  const outputs = header.outputs.map((n): OutputStep => {
    const output = { index: new Int32Array(n), sum: new Float64Array(n), standardError: new Float64Array(n) };
    for (const array of [output.index, output.sum, output.standardError]) read(array);
    return output;
  });
  const pending: PendingSums = emptySums().map((_, k) =>
    header.pending[k]!.map((n): CellSums => {
      const sums = { index: new Int32Array(n), sum: new Float64Array(n) };
      read(sums.index);
      read(sums.sum);
      return sums;
    }),
  );
  if (at > aligned(bytes.length)) return "The checkpoint is cut off.";
  return { legsDone: header.legsDone, cloud, outputs, pending };
}

function readHeader(json: string): Header | null {
  try {
    const header = JSON.parse(json) as Partial<Header>;
    const counts = (list: unknown): boolean => Array.isArray(list) && list.every((n) => Number.isInteger(n) && n >= 0);
    const { plan, weather, legsDone, outputs, pending } = header;
    const sound =
      typeof plan === "string" &&
      typeof weather === "string" &&
      Number.isInteger(legsDone) &&
      legsDone! >= 0 &&
      counts(outputs) &&
      Array.isArray(pending) &&
      pending.length === CLASSES &&
      pending.every(counts);
    return sound ? (header as Header) : null;
  } catch {
    return null;
  }
}

const aligned = (bytes: number) => 8 * Math.ceil(bytes / 8);
