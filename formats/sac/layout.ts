/**
 * Where the SAC header keeps what is read and written here: 70 float32, 40 int32, 24 words of 8 letters, then the samples as float32;
 * version 7 adds 22 float64 after the samples. SAC manual, "SAC Data File Format".
 */

export const FLOAT_COUNT = 70;
export const INT_COUNT = 40;
export const WORD_COUNT = 24;
export const WORD_LENGTH = 8;
export const INTS_OFFSET = FLOAT_COUNT * 4;
export const WORDS_OFFSET = INTS_OFFSET + INT_COUNT * 4;
export const HEADER_LENGTH = WORDS_OFFSET + WORD_COUNT * WORD_LENGTH;
export const FOOTER_COUNT = 22;
export const FOOTER_LENGTH = FOOTER_COUNT * 8;

/** The value of what is not given, in every type. */
export const UNDEFINED = -12345;

/** Places among the float32. */
export const floatAt = Object.freeze({
  delta: 0,
  depmin: 1,
  depmax: 2,
  b: 5,
  e: 6,
  stla: 31,
  stlo: 32,
  stel: 33,
  stdp: 34,
  depmen: 56,
  cmpaz: 57,
  cmpinc: 58,
});

/** Places among the int32. */
export const intAt = Object.freeze({
  nzyear: 0,
  nzjday: 1,
  nzhour: 2,
  nzmin: 3,
  nzsec: 4,
  nzmsec: 5,
  nvhdr: 6,
  npts: 9,
  iftype: 15,
  idep: 16,
  iztype: 17,
  leven: 35,
  lpspol: 36,
  lovrok: 37,
  lcalda: 38,
});

/** Places among the words; `kevnm` is two words long. */
export const wordAt = Object.freeze({ kstnm: 0, kevnm: 1, khole: 3, kcmpnm: 20, knetwk: 21, kinst: 23 });

/** Places among the float64 of the footer. */
export const footerAt = Object.freeze({ delta: 0, b: 1, e: 2, stlo: 18, stla: 19 });

/** Values of `iftype` that hold samples in time, and of `idep` and `iztype` that say nothing special. */
export const code = Object.freeze({ ITIME: 1, IXY: 4, IUNKN: 5, IB: 9 });

/** A header as the file gives it; `footer` is null below version 7. */
export interface SacHeader {
  readonly floats: Float32Array;
  readonly ints: Int32Array;
  readonly words: readonly string[];
  readonly footer: Float64Array | null;
}
