/**
 * Uncertainty of an onset from the letter i, e or q that bulletins give: the bounds of IDC-3.4.1Rev1, which judges local arrivals by narrower
 * ones.
 */

/** Distance up to which an onset is judged by the narrower bounds, deg. */
const LOCAL_DEG = 20;

/** Largest uncertainty of an impulsive and of an emergent onset, s. */
export const onsetBounds = (deltaDeg: number): readonly [number, number] =>
  deltaDeg < LOCAL_DEG ? [0.05, 0.25] : [0.2, 1];

/** Uncertainty of an onset that is questionable or of which nothing is said, s. */
export const QUESTIONABLE_SEC = 1.5;
