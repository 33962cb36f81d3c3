/**
 * Half-lives and photon lines of the nuclides that particulate and xenon samples may show. Values are evaluated data: DDEP (Laboratoire National
 * Henri Becquerel, Monographie BIPM-5) where it has the nuclide, otherwise ENSDF. The category is the one that the IDC's reports give.
 *
 *     nuclide("Cs-137")?.gamma;   // [{ energyKeV: 661.657, intensity: 0.8499, ... }]
 *
 * Left out: gamma lines below 10 keV or 0.01 %, X-rays below 10 keV or 0.1 %.
 */
import rows from "./data/nuclides.json" with { type: "json" };

/** Why a nuclide may be in a sample; null for members of chains that reports list under their parent. */
export type NuclideCategory = "fission" | "activation" | "natural" | "cosmic";

export interface PhotonLine {
  readonly energyKeV: number;
  /** Standard uncertainty; null where the evaluation gives none. */
  readonly energyErrorKeV: number | null;
  /** Photons per decay. */
  readonly intensity: number;
  readonly intensityError: number | null;
}

export interface Nuclide {
  readonly name: string;
  readonly category: NuclideCategory | null;
  readonly halfLifeSec: number;
  readonly halfLifeErrorSec: number;
  readonly lambdaPerSec: number;
  readonly source: "DDEP" | "ENSDF";
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
  readonly source: "DDEP" | "ENSDF";
  readonly gamma: readonly LineRow[];
  readonly xray: readonly LineRow[];
}

const lineOf = ([energyKeV, energyErrorKeV, intensity, intensityError]: LineRow): PhotonLine => ({
  energyKeV,
  energyErrorKeV,
  intensity,
  intensityError,
});

export const nuclides: readonly Nuclide[] = (rows as unknown as readonly Row[]).map((row) => ({
  ...row,
  lambdaPerSec: Math.LN2 / row.halfLifeSec,
  gamma: row.gamma.map(lineOf),
  xray: row.xray.map(lineOf),
}));

const byName = new Map(nuclides.map((nuclide) => [nuclide.name.toUpperCase(), nuclide]));

/** A nuclide by its name in any case ("Cs-137", "CS-137"); undefined when the library has none. */
export function nuclide(name: string): Nuclide | undefined {
  return byName.get(name.toUpperCase());
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
