/** What a decoder of samples gives back: the samples that were asked for, as far as they are there, and what was odd. */
export interface Unpacked {
  /** At most as many as were asked for. */
  readonly samples: Int32Array;
  /** Samples in the bytes, counted on beyond those asked for. */
  readonly found: number;
  /** Offset of the first byte that can be no sample, where decoding stopped; -1 when there is none. */
  readonly badAt: number;
  /** Offset after the last byte used. */
  readonly end: number;
}
