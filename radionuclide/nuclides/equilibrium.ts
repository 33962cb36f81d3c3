/**
 * Chains in equilibrium. A daughter that lives much shorter than the sample waits decays with its parent's half-life, and its activity is the
 * parent's times the branching and T_parent / (T_parent - T_daughter) of each step (transient equilibrium, Bateman 1910).
 *
 * Two cases are told apart. Daughters whose lines reports list under the parent (Bi-212 and Tl-208 under Pb-212F) are folded into it. Daughters that
 * reports list by their own name (I-132) keep their lines and decay with the parent named in `sustainedBy`.
 */

interface Step {
  readonly daughter: string;
  readonly branching: number;
}

/** Branchings from DDEP (Bi-212 to Tl-208 35.93 %); 1 where there is no other way. */
const steps: Readonly<Record<string, readonly Step[]>> = Object.freeze({
  "Pb-212": [{ daughter: "Bi-212", branching: 1 }],
  "Bi-212": [{ daughter: "Tl-208", branching: 0.3593 }],
  "Ru-106": [{ daughter: "Rh-106", branching: 1 }],
  "Pd-112": [{ daughter: "Ag-112", branching: 1 }],
});

/** Chains that reports list as one: the parent, the name, and why it may be in a sample. */
export const listedAsOne: readonly {
  readonly parent: string;
  readonly name: string;
  readonly category: "fission" | "natural";
}[] = Object.freeze([
  { parent: "Pb-212", name: "Pb-212F", category: "natural" },
  { parent: "Ru-106", name: "Ru-106", category: "fission" },
  { parent: "Pd-112", name: "Pd-112", category: "fission" },
]);

/** Names that a chain listed as one stands for, and that are not looked for by themselves. */
export const foldedMembers: ReadonlySet<string> = new Set(["Pb-212", "Bi-212", "Tl-208", "Rh-106", "Ag-112"]);

/**
 * Short-lived nuclides of a sample and the longer-lived ones that make them: by the time of counting nothing else of them is left. A parent that
 * the library lacks lives long enough for decay not to matter.
 */
export const sustainedBy: Readonly<Record<string, string | null>> = Object.freeze({
  "Y-91m": "Sr-91",
  "Nb-97": "Zr-97",
  "Rh-103m": "Ru-103",
  "In-113m": "Sn-113",
  "In-115m": "Cd-115",
  "Te-129": "Te-129m",
  "Te-131": "Te-131m",
  "I-132": "Te-132",
  "Ba-136m": "Cs-136",
  "Pr-144": "Ce-144",
  "Tl-207": null,
  "Bi-214": null,
  "Pb-214": null,
  "Po-214": null,
  "Ac-228": null,
  "Pa-234m": null,
  "Pa-234": null,
  "Ra-224": null,
  "Rn-222": null,
  "Th-231": null,
});

export interface ChainRatio {
  readonly name: string;
  /** Decays for each decay of the parent. */
  readonly ratio: number;
}

/** A parent and everything that follows it in equilibrium. */
export function equilibriumRatios(parent: string, halfLifeSec: (name: string) => number): ChainRatio[] {
  const parentHalfLife = halfLifeSec(parent);
  const found: ChainRatio[] = [{ name: parent, ratio: 1 }];
  for (let i = 0; i < found.length; i++) {
    const { name, ratio } = found[i]!;
    for (const { daughter, branching } of steps[name] ?? [])
      found.push({
        name: daughter,
        ratio: (ratio * branching * parentHalfLife) / (parentHalfLife - halfLifeSec(daughter)),
      });
  }
  return found;
}
