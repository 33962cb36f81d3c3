/** The bytes of one archived stretch. For the time being a plain container; miniSEED takes its place with the formats package. */
import type { Samples, WaveformSegment } from "@harken/core";

const kinds = { s4: Int32Array, t4: Float32Array, t8: Float64Array } as const;
export type Datatype = keyof typeof kinds;

export function datatypeOf(samples: Samples): Datatype {
  return samples instanceof Int32Array ? "s4" : samples instanceof Float32Array ? "t4" : "t8";
}

export function encodePiece(segment: WaveformSegment): Uint8Array {
  const { samples } = segment;
  const head = new TextEncoder().encode(
    `HKRAW ${JSON.stringify({ ...segment, samples: undefined, kind: datatypeOf(samples), count: samples.length })}\n`,
  );
  const bytes = new Uint8Array(head.length + samples.byteLength);
  bytes.set(head);
  bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), head.length);
  return bytes;
}

/** The segments in the bytes, or the reason why there are none. */
export function decodePiece(bytes: Uint8Array): WaveformSegment[] | string {
  const end = bytes.indexOf(10);
  const text = new TextDecoder().decode(bytes.subarray(0, end));
  if (!text.startsWith("HKRAW ")) return "it is not a waveform container";
  const { kind, count, ...head } = JSON.parse(text.slice(6)) as Omit<WaveformSegment, "samples"> & {
    kind: Datatype;
    count: number;
  };
  const body = bytes.slice(end + 1);
  return [{ ...head, samples: new kinds[kind](body.buffer, 0, count) }];
}
