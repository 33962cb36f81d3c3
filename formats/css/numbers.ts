/** Samples of CSS3.0 waveform files that are plain numbers. */
import type { Samples } from "@harken/core";

type Read = (view: DataView, at: number) => number;

interface NumberType {
  readonly bytes: number;
  readonly read: Read;
  readonly make: (count: number) => Samples;
}

const integers = (count: number) => new Int32Array(count);
const singles = (count: number) => new Float32Array(count);
const doubles = (count: number) => new Float64Array(count);

const types = {
  s2: { bytes: 2, read: (view, at) => view.getInt16(at), make: integers },
  s3: { bytes: 3, read: (view, at) => (view.getInt16(at) << 8) | view.getUint8(at + 2), make: integers },
  s4: { bytes: 4, read: (view, at) => view.getInt32(at), make: integers },
  i2: { bytes: 2, read: (view, at) => view.getInt16(at, true), make: integers },
  i4: { bytes: 4, read: (view, at) => view.getInt32(at, true), make: integers },
  t4: { bytes: 4, read: (view, at) => view.getFloat32(at), make: singles },
  t8: { bytes: 8, read: (view, at) => view.getFloat64(at), make: doubles },
  f4: { bytes: 4, read: (view, at) => view.getFloat32(at, true), make: singles },
  f8: { bytes: 8, read: (view, at) => view.getFloat64(at, true), make: doubles },
} as const satisfies Readonly<Record<string, NumberType>>;

export type NumberTypeName = keyof typeof types;

export const isNumberType = (name: string): name is NumberTypeName => Object.hasOwn(types, name);

/** As many of `count` samples as lie between `offset` and the end. */
export function readNumbers(bytes: Uint8Array, offset: number, count: number, name: NumberTypeName): Samples {
  const { bytes: size, read, make }: NumberType = types[name];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const samples = make(Math.max(0, Math.min(count, Math.floor((bytes.length - offset) / size))));
  for (let i = 0, at = offset; i < samples.length; i++, at += size) samples[i] = read(view, at);
  return samples;
}
