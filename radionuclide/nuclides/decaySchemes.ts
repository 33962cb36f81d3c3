/**
 * Level schemes of nuclides whose photons come in cascades: which photons one decay sends out together. Level energies and conversion coefficients are
 * DDEP's (Monographie BIPM-5); the photons are those of the library, each placed between the two levels whose difference is its energy, and what feeds
 * a level from outside is what balances it.
 *
 *     decayScheme("Co-60")!.branches[0].levels[2].transitions;   // 1173.2 keV to the level at 1332.5 keV
 */
import rows from "./data/decaySchemes.json" with { type: "json" };
import { nuclide as libraryNuclide, type PhotonLine } from "./nuclides.ts";

export interface Transition {
  /** Index of the level that it ends at. */
  readonly to: number;
  readonly energyKeV: number;
  /** Photons, and transitions with conversion, per decay. */
  readonly photons: number;
  readonly transitions: number;
  /** Vacancies of the K shell by conversion for each transition. */
  readonly kVacancies: number;
}

export interface Level {
  readonly energyKeV: number;
  /** Per decay, from the parent. */
  readonly feeding: number;
  readonly transitions: readonly Transition[];
}

export interface DecayBranch {
  /** With each feeding of a level: K vacancies by capture, positrons. */
  readonly kVacancies: number;
  readonly positrons: number;
  /** Mean energy of the K X-rays, and X-rays for each vacancy. */
  readonly kXrayKeV: number;
  readonly kYield: number;
  /** From the ground state upwards. */
  readonly levels: readonly Level[];
}

export interface DecayScheme {
  readonly nuclide: string;
  readonly branches: readonly DecayBranch[];
  /** Photons of the library that lie between no two levels; they are weak. */
  readonly unplaced: readonly PhotonLine[];
}

type Conversion = readonly [energyKeV: number, total: number, kShell: number];
interface Row {
  readonly nuclide: string;
  readonly branches: readonly {
    readonly captureK: number;
    readonly positronShare?: number;
    readonly kXrayKeV: number;
    readonly kYield: number;
    readonly levelsKeV: readonly number[];
    readonly conversion: readonly Conversion[];
    /** Lines that fit more than one pair of levels: energy, the levels, photons per decay. */
    readonly placed?: readonly (readonly [energyKeV: number, from: number, to: number, photons: number])[];
  }[];
}

const stored = new Map((rows as unknown as readonly Row[]).map((row) => [row.nuclide, row]));
const schemes = new Map<string, DecayScheme>();

/** Names of the nuclides that have a scheme here. */
export const nuclidesWithScheme: readonly string[] = [...stored.keys()];

/** Undefined for nuclides without one here. */
export function decayScheme(name: string): DecayScheme | undefined {
  const row = stored.get(name);
  if (!row) return undefined;
  let scheme = schemes.get(name);
  if (!scheme) {
    scheme = buildScheme(row, libraryNuclide(name)?.gamma ?? []);
    schemes.set(name, scheme);
  }
  return scheme;
}

interface Place {
  readonly branch: number;
  readonly from: number;
  readonly to: number;
  readonly photons: number;
  readonly energyKeV: number;
}

/** A line fits a pair of levels whose difference is this near, keV. */
const FIT_KEV = 0.5;
const CONVERSION_KEV = 0.3;

function buildScheme({ nuclide, branches }: Row, gamma: readonly PhotonLine[]): DecayScheme {
  const told = branches.flatMap(({ placed = [], levelsKeV }, branch) =>
    placed.map(([energyKeV, from, to, photons]): Place => {
      return { branch, from: levelsKeV.indexOf(from), to: levelsKeV.indexOf(to), photons, energyKeV };
    }),
  );
  const unplaced: PhotonLine[] = [];
  const places = [...told];
  for (const line of gamma) {
    if (told.some(({ energyKeV }) => energyKeV === line.energyKeV)) continue;
    const place = placeOf(line, branches);
    if (place) places.push(place);
    else unplaced.push(line);
  }
  return {
    nuclide,
    unplaced,
    branches: branches.map((branch, b) => {
      const own = places.filter((place) => place.branch === b);
      const transitions = own.map((place) => {
        const [, total, kShell] = branch.conversion.find(([e]) => Math.abs(e - place.energyKeV) < CONVERSION_KEV) ?? [
          0, 0, 0,
        ];
        return { ...place, transitions: place.photons * (1 + total), kVacancies: kShell / (1 + total) };
      });
      const flow = (at: "from" | "to", level: number) =>
        transitions.reduce((sum, t) => sum + (t[at] === level ? t.transitions : 0), 0);
      return {
        kVacancies: branch.captureK,
        positrons: branch.positronShare ?? 0,
        kXrayKeV: branch.kXrayKeV,
        kYield: branch.kYield,
        levels: branch.levelsKeV.map((energyKeV, level) => ({
          energyKeV,
          feeding: level === 0 ? 0 : Math.max(0, flow("from", level) - flow("to", level)),
          transitions: transitions.filter(({ from }) => from === level),
        })),
      };
    }),
  };
}

/** The pair of levels that fits best, over all branches. */
function placeOf({ energyKeV, intensity }: PhotonLine, branches: Row["branches"]): Place | null {
  let best: { off: number; place: Place } | null = null;
  branches.forEach(({ levelsKeV }, branch) => {
    for (let from = 1; from < levelsKeV.length; from++)
      for (let to = 0; to < from; to++) {
        const off = Math.abs(levelsKeV[from]! - levelsKeV[to]! - energyKeV);
        if (off < FIT_KEV && (!best || off < best.off))
          best = { off, place: { branch, from, to, photons: intensity, energyKeV } };
      }
  });
  return (best as { place: Place } | null)?.place ?? null;
}
