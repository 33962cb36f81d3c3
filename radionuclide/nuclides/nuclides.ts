/**
 * Half-lives and photon lines of the nuclides that particulate and xenon samples may show, and of the neutron reactions in detector and shield.
 * Values are evaluated data: DDEP (Laboratoire National Henri Becquerel, Monographie BIPM-5) where it has the nuclide, otherwise ENSDF. The
 * category is the one that the IDC's reports give.
 *
 *     nuclide("Cs-137")?.gamma;   // [{ energyKeV: 661.657, intensity: 0.8499, ... }]
 *
 * Left out: gamma lines below 10 keV or 0.01 %, X-rays below 10 keV or 0.1 %.
 */
import rows from "./data/nuclides.json" with { type: "json" };
import { equilibriumRatios, listedAsOne } from "./equilibrium.ts";

/** Why a nuclide may be in a sample; null for members of chains that reports list under their parent. */
export type NuclideCategory = "fission" | "activation" | "natural" | "cosmic";

export interface PhotonLine {
  readonly energyKeV: number;
  /** Standard uncertainty; null where the evaluation gives none. */
  readonly energyErrorKeV: number | null;
  /** Photons per decay; for a neutron reaction relative to its strongest line. */
  readonly intensity: number;
  readonly intensityError: number | null;
  /** Which nuclide of a chain in equilibrium sends it out, when not the one that the line is listed under. */
  readonly emitter?: string;
}

/**
 * Where the values are from. `recalled`: ENSDF's, put in by hand without the file at hand, because the machine-readable decay data leave isomeric
 * transitions and reactions out. `EGAF`: capture gamma rays of the IAEA's evaluated file. `derived`: computed from the members of a chain.
 */
export type NuclideSource = "DDEP" | "ENSDF" | "EGAF" | "recalled" | "derived";

export interface Nuclide {
  readonly name: string;
  readonly category: NuclideCategory | null;
  /** Reactions have none of their own and carry the IDC's 9.99899 years, which leaves decay corrections at 1. */
  readonly halfLifeSec: number;
  readonly halfLifeErrorSec: number;
  readonly lambdaPerSec: number;
  readonly source: NuclideSource;
  /** In order of energy. */
  readonly gamma: readonly PhotonLine[];
  readonly xray: readonly PhotonLine[];
}

type LineRow = readonly [number, number | null, number, number | null];
interface Row {
  readonly name: string;
  readonly category: NuclideCategory | null;
  readonly halfLifeSec: number;
  readonly halfLifeErrorSec: number;
  readonly source: NuclideSource;
  readonly gamma: readonly LineRow[];
  readonly xray: readonly LineRow[];
}

const lineOf = ([energyKeV, energyErrorKeV, intensity, intensityError]: LineRow): PhotonLine => ({
  energyKeV,
  energyErrorKeV,
  intensity,
  intensityError,
});

const evaluated: readonly Nuclide[] = (rows as unknown as readonly Row[]).map((row) => ({
  ...row,
  lambdaPerSec: Math.LN2 / row.halfLifeSec,
  gamma: row.gamma.map(lineOf),
  xray: row.xray.map(lineOf),
}));

const nameKey = (name: string) => name.toUpperCase();
const evaluatedByName = new Map(evaluated.map((nuclide) => [nameKey(nuclide.name), nuclide]));

/** A parent with its short-lived daughters in equilibrium: their lines per decay of the parent, under the parent's half-life. */
function chainNuclide({ parent, name, category }: (typeof listedAsOne)[number]): Nuclide {
  const member = (of: string) => evaluatedByName.get(nameKey(of))!;
  const ratios = equilibriumRatios(parent, (of) => member(of).halfLifeSec);
  const lines = (kind: "gamma" | "xray") =>
    ratios
      .flatMap(({ name: emitter, ratio }) =>
        member(emitter)[kind].map((line) => ({
          ...line,
          intensity: line.intensity * ratio,
          intensityError: line.intensityError === null ? null : line.intensityError * ratio,
          emitter,
        })),
      )
      .sort((a, b) => a.energyKeV - b.energyKeV);
  return { ...member(parent), name, category, source: "derived", gamma: lines("gamma"), xray: lines("xray") };
}

const chains = listedAsOne.map(chainNuclide);

/** The library, in it the chains that reports list as one: Pb-212F is Pb-212 with Bi-212 and Tl-208, Ru-106 shows the lines of Rh-106. */
export const nuclides: readonly Nuclide[] = [
  ...evaluated.filter(({ name }) => chains.every((chain) => chain.name !== name)),
  ...chains,
];

const byName = new Map(nuclides.map((nuclide) => [nameKey(nuclide.name), nuclide]));

/** A nuclide by its name in any case ("Cs-137", "CS-137"); undefined when the library has none. */
export function nuclide(name: string): Nuclide | undefined {
  return byName.get(nameKey(name));
}

export interface NuclideLine extends PhotonLine {
  readonly nuclide: Nuclide;
  readonly kind: "gamma" | "xray";
}

const allLines: readonly NuclideLine[] = nuclides
  .flatMap((nuclide) => [
    ...nuclide.gamma.map((line) => ({ ...line, nuclide, kind: "gamma" as const })),
    ...nuclide.xray.map((line) => ({ ...line, nuclide, kind: "xray" as const })),
  ])
  .sort((a, b) => a.energyKeV - b.energyKeV);

/** Every line of the library between two energies, in order of energy. */
export function linesBetween(lowKeV: number, highKeV: number): readonly NuclideLine[] {
  const from = firstAtLeast(lowKeV);
  let to = from;
  while (to < allLines.length && allLines[to]!.energyKeV <= highKeV) to++;
  return allLines.slice(from, to);
}

function firstAtLeast(energyKeV: number): number {
  let [low, high] = [0, allLines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (allLines[middle]!.energyKeV < energyKeV) low = middle + 1;
    else high = middle;
  }
  return low;
}
