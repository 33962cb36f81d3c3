/**
 * How samples are coded in a record: SEED 2.4 manual, blockette 1000, field 4; miniSEED 3 uses the same numbers. The old gain-ranged
 * codes follow what rdseed and libmseed do. Those that no open program reads (13 USNSN, 17 Graefenberg, 18 Strasbourg, 19 Steim3,
 * 31 HGLP, 33 RSTN) are named to the reader and left out.
 */

export const encoding = Object.freeze({
  TEXT: 0,
  INT16: 1,
  INT24: 2,
  INT32: 3,
  FLOAT32: 4,
  FLOAT64: 5,
  STEIM1: 10,
  STEIM2: 11,
  GEOSCOPE24: 12,
  GEOSCOPE16_3: 13,
  GEOSCOPE16_4: 14,
  CDSN: 16,
  SRO: 30,
  DWWSSN: 32,
  OPAQUE: 100,
});

export type SampleKind = "int32" | "float32" | "float64";

export interface Encoding {
  readonly kind: SampleKind;
  /** Bytes of a sample; null for Steim. */
  readonly width: number | null;
}

const fixed = (kind: SampleKind, width: number): Encoding => Object.freeze({ kind, width });
const steim: Encoding = Object.freeze({ kind: "int32", width: null });

/** Every encoding that is decoded here, by its number. */
export const encodings: ReadonlyMap<number, Encoding> = new Map([
  [encoding.INT16, fixed("int32", 2)],
  [encoding.INT24, fixed("int32", 3)],
  [encoding.INT32, fixed("int32", 4)],
  [encoding.FLOAT32, fixed("float32", 4)],
  [encoding.FLOAT64, fixed("float64", 8)],
  [encoding.STEIM1, steim],
  [encoding.STEIM2, steim],
  [encoding.GEOSCOPE24, fixed("float32", 3)],
  [encoding.GEOSCOPE16_3, fixed("float32", 2)],
  [encoding.GEOSCOPE16_4, fixed("float32", 2)],
  [encoding.CDSN, fixed("int32", 2)],
  [encoding.SRO, fixed("int32", 2)],
  [encoding.DWWSSN, fixed("int32", 2)],
]);

export const FRAME_LENGTH = 64;
const MOST_IN_A_WORD = 7;
const DATA_WORDS_IN_A_FRAME = 15;

/** The most samples that a payload of `length` bytes can hold, whatever its header claims. */
export function mostSamples({ width }: Encoding, length: number): number {
  if (width !== null) return Math.floor(length / width);
  return Math.floor(length / FRAME_LENGTH) * DATA_WORDS_IN_A_FRAME * MOST_IN_A_WORD;
}
