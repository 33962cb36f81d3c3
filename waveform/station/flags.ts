/** Flags of samples: 1 where something is so, 0 elsewhere. */

/** Stretches [from, to) of samples. */
export type Stretch = readonly [from: number, to: number];

/** Where flags are 1. */
export function flaggedStretches(flags: Uint8Array): Stretch[] {
  const found: Stretch[] = [];
  for (let from = flags.indexOf(1); from >= 0; ) {
    const end = flags.indexOf(0, from);
    found.push([from, end < 0 ? flags.length : end]);
    from = end < 0 ? -1 : flags.indexOf(1, end);
  }
  return found;
}

/** Flags that are set in one or the other. */
export function eitherOf(a: Uint8Array, b: Uint8Array): Uint8Array {
  const either = new Uint8Array(a.length);
  for (let i = 0; i < either.length; i++) either[i] = a[i]! | b[i]!;
  return either;
}
