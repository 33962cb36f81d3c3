/**
 * Attenuation of photons in the materials of detectors and their surroundings: linear coefficients (1/cm) for the photoelectric effect, incoherent
 * scattering and pair production from NIST XCOM's cross-sections (Berger et al., NIST Standard Reference Database 8), 5 keV to 5 MeV. Coherent
 * scattering is left out: it takes no energy and hardly turns a photon.
 *
 *     const germanium = attenuation("germanium");
 *     germanium.photoelectric(100);   // 2.04 / cm
 */
import rows from "./data/crossSections.json" with { type: "json" };

interface ElementRow {
  readonly symbol: string;
  readonly z: number;
  readonly energyKeV: readonly number[];
  /** Barn per atom, as the two others. */
  readonly photoelectric: readonly number[];
  readonly incoherent: readonly number[];
  readonly pair: readonly number[];
}

const elements = new Map((rows as readonly ElementRow[]).map((row) => [row.symbol, row]));

/** Atomic weights, g/mol (IUPAC 2021, abridged). */
const atomicWeight: Readonly<Record<string, number>> = {
  ...{ H: 1.008, Be: 9.0122, C: 12.011, N: 14.007, O: 15.999, F: 18.998, Na: 22.99, Al: 26.982, Si: 28.085 },
  ...{ Fe: 55.845, Cu: 63.546, Ge: 72.63, Cd: 112.41, Sn: 118.71, I: 126.9, Xe: 131.29, Pb: 207.2 },
};

interface Recipe {
  readonly gramPerCm3: number;
  /** Numbers of atoms. */
  readonly atoms: Readonly<Record<string, number>>;
  /** The element whose K X-rays are followed; the others' are too soft or too rare to leave. */
  readonly fluorescent?: string;
}

const recipes = {
  vacuum: { gramPerCm3: 0, atoms: { N: 1 } },
  air: { gramPerCm3: 0.001205, atoms: { N: 0.784, O: 0.211 } },
  germanium: { gramPerCm3: 5.323, atoms: { Ge: 1 }, fluorescent: "Ge" },
  aluminium: { gramPerCm3: 2.699, atoms: { Al: 1 } },
  beryllium: { gramPerCm3: 1.848, atoms: { Be: 1 } },
  carbon: { gramPerCm3: 1.8, atoms: { C: 1 } },
  copper: { gramPerCm3: 8.96, atoms: { Cu: 1 } },
  iron: { gramPerCm3: 7.874, atoms: { Fe: 1 } },
  cadmium: { gramPerCm3: 8.65, atoms: { Cd: 1 }, fluorescent: "Cd" },
  tin: { gramPerCm3: 7.31, atoms: { Sn: 1 }, fluorescent: "Sn" },
  lead: { gramPerCm3: 11.35, atoms: { Pb: 1 }, fluorescent: "Pb" },
  water: { gramPerCm3: 0.998, atoms: { H: 2, O: 1 } },
  cellulose: { gramPerCm3: 0.3, atoms: { C: 6, H: 10, O: 5 } },
  polyethylene: { gramPerCm3: 0.94, atoms: { C: 1, H: 2 } },
  quartz: { gramPerCm3: 2.2, atoms: { Si: 1, O: 2 } },
  plasticScintillator: { gramPerCm3: 1.032, atoms: { C: 9, H: 10 } },
  sodiumIodide: { gramPerCm3: 3.667, atoms: { Na: 1, I: 1 }, fluorescent: "I" },
} as const satisfies Record<string, Recipe>;

export type Material = keyof typeof recipes;
export const materials = Object.keys(recipes) as readonly Material[];

/**
 * K shells: edge, energy and share of the photoelectric effect above the edge that leaves a K X-ray (jump ratio times fluorescence yield; Hubbell
 * et al. 1994, doi:10.1063/1.555955). One energy stands for the lines of the shell.
 */
const kShells: Readonly<Record<string, Fluorescence>> = {
  Ge: { edgeKeV: 11.103, xrayKeV: 10.0, perAbsorption: 0.87 * 0.535 },
  Cd: { edgeKeV: 26.711, xrayKeV: 23.6, perAbsorption: 0.84 * 0.843 },
  Sn: { edgeKeV: 29.2, xrayKeV: 25.8, perAbsorption: 0.83 * 0.862 },
  I: { edgeKeV: 33.169, xrayKeV: 29.2, perAbsorption: 0.83 * 0.884 },
  Pb: { edgeKeV: 88.005, xrayKeV: 76.6, perAbsorption: 0.78 * 0.963 },
};

export interface Fluorescence {
  readonly edgeKeV: number;
  readonly xrayKeV: number;
  readonly perAbsorption: number;
}

export interface Attenuation {
  readonly photoelectric: (energyKeV: number) => number;
  readonly incoherent: (energyKeV: number) => number;
  readonly pair: (energyKeV: number) => number;
  readonly gramPerCm3: number;
  /** Of one atom, weighted with electrons: what bremsstrahlung depends on. */
  readonly meanZ: number;
  readonly fluorescence: Fluorescence | null;
}

const AVOGADRO_BARN = 0.60221408;

export function attenuation(material: Material): Attenuation {
  const { gramPerCm3, atoms, fluorescent }: Recipe = recipes[material];
  const parts = Object.entries(atoms).map(([symbol, count]) => ({ element: elements.get(symbol)!, count }));
  const weight = parts.reduce((sum, { element, count }) => sum + count * atomicWeight[element.symbol]!, 0);
  const perCm = (kind: "photoelectric" | "incoherent" | "pair") => (energyKeV: number) =>
    parts.reduce((sum, { element, count }) => sum + count * interpolate(element, element[kind], energyKeV), 0) *
    ((AVOGADRO_BARN * gramPerCm3) / weight);
  const sumOver = (power: number) => parts.reduce((sum, { element, count }) => sum + count * element.z ** power, 0);
  return {
    photoelectric: perCm("photoelectric"),
    incoherent: perCm("incoherent"),
    pair: perCm("pair"),
    gramPerCm3,
    meanZ: sumOver(2) / sumOver(1),
    fluorescence: fluorescent ? kShells[fluorescent]! : null,
  };
}

/** Log-log between the stored energies; an edge is stored twice, and its energy belongs to the upper side. */
function interpolate({ energyKeV: energies }: ElementRow, values: readonly number[], energyKeV: number): number {
  let [low, high] = [0, energies.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (energies[middle]! <= energyKeV) low = middle;
    else high = middle;
  }
  const [e0, e1, v0, v1] = [energies[low]!, energies[high]!, values[low]!, values[high]!];
  const share = Math.min(1, Math.max(0, Math.log(energyKeV / e0) / Math.log(e1 / e0)));
  return v0 > 0 && v1 > 0 ? v0 * (v1 / v0) ** share : v0 + (v1 - v0) * share;
}
