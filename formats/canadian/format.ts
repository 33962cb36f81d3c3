/**
 * The layout of Canadian compression, the coding of CD-1.1 and of the `cc` files of CSS3.0. A packet of n samples has, in this order:
 *
 *     one index word of two bytes for each block of 20 samples
 *     the first sample, int32 big-endian
 *     the second differences of all blocks as a stream of bits, highest first, the last byte filled with zeros
 *
 * A block has five groups of four differences; within a group all have one width. The index word's top bit chooses the table of widths,
 * three bits for each group choose the width. A difference k is (x[k+2]-x[k+1])-(x[k+1]-x[k]) but for the very first, which is x[1]-x[0];
 * so n samples need n-1 of them, and what stands in the n-th place means nothing: writers put there what leads to x[0] again.
 *
 * Sums are taken modulo 2^32, so that any int32 samples survive.
 */

export const BLOCK_SAMPLES = 20;
export const GROUPS = 5;
export const GROUP_SAMPLES = 4;
export const INDEX_BYTES = 2;
export const FIRST_SAMPLE_BYTES = 4;

/** Bits for one difference, by the index word's top bit and a group's three bits. */
export const widths: readonly (readonly number[])[] = [
  [4, 6, 8, 10, 12, 14, 16, 18],
  [4, 8, 12, 16, 20, 24, 28, 32],
];
