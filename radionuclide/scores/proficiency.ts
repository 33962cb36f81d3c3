/**
 * Proficiency tests: what a laboratory reported of a sample of known content. Each nuclide has its bias, zeta and En; a laboratory its completeness, what it
 * claimed that is not there, and over the years a history.
 *
 *     const score = scoreProficiency(reference, reported);
 */
import { enScore, type Result, type Verdict, verdictOf, zetaScore } from "./scores.ts";

export interface NuclideScore {
  readonly nuclide: string;
  /** Relative to the reference. */
  readonly bias: number;
  readonly zeta: number | null;
  readonly en: number | null;
  /** By zeta; unsatisfactory too when the bias is beyond the limit, however large the stated uncertainty. */
  readonly verdict: Verdict;
}

export interface ProficiencyScore {
  readonly nuclides: readonly NuclideScore[];
  /** Reference nuclides that were not reported, and reported ones that are not there. */
  readonly missed: readonly string[];
  readonly false: readonly string[];
  /** Reported share of the reference nuclides, 0 to 1. */
  readonly completeness: number;
  /** Share of the reference nuclides with a satisfactory result. */
  readonly satisfactory: number;
}

/** Larger biases are no agreement even within the uncertainty, relative. */
const MAX_BIAS = 0.3;

export function scoreProficiency(
  reference: ReadonlyMap<string, Result>,
  reported: ReadonlyMap<string, Result>,
): ProficiencyScore {
  const nuclides = [...reference].flatMap(([nuclide, truth]): NuclideScore[] => {
    const result = reported.get(nuclide);
    if (!result || !(truth.value > 0)) return [];
    const bias = result.value / truth.value - 1;
    const zeta = zetaScore(result, truth);
    const verdict = Math.abs(bias) > MAX_BIAS ? "unsatisfactory" : zeta === null ? exact(bias) : verdictOf(zeta);
    return [{ nuclide, bias, zeta, en: enScore(result, truth), verdict }];
  });
  const count = Math.max(1, reference.size);
  return {
    nuclides,
    missed: [...reference.keys()].filter((nuclide) => !reported.has(nuclide)),
    false: [...reported.keys()].filter((nuclide) => !reference.has(nuclide)),
    completeness: [...reference.keys()].filter((nuclide) => reported.has(nuclide)).length / count,
    satisfactory: nuclides.filter(({ verdict }) => verdict === "satisfactory").length / count,
  };
}

const exact = (bias: number): Verdict => (bias === 0 ? "satisfactory" : "unsatisfactory");

export interface LaboratoryHistory {
  readonly exercises: number;
  readonly meanCompleteness: number;
  readonly meanSatisfactory: number;
  /** Mean relative bias over every nuclide of every exercise; null without any. */
  readonly meanBias: number | null;
  /** Root mean square of zeta: 1 where stated uncertainties are right, above where they are too small. */
  readonly zetaSpread: number | null;
}

export function laboratoryHistory(scores: readonly ProficiencyScore[]): LaboratoryHistory {
  const mean = (values: readonly number[]) => values.reduce((sum, v) => sum + v, 0) / values.length;
  const all = scores.flatMap(({ nuclides }) => nuclides);
  const zetas = all.flatMap(({ zeta }) => (zeta === null ? [] : [zeta]));
  return {
    exercises: scores.length,
    meanCompleteness: scores.length > 0 ? mean(scores.map(({ completeness }) => completeness)) : 0,
    meanSatisfactory: scores.length > 0 ? mean(scores.map(({ satisfactory }) => satisfactory)) : 0,
    meanBias: all.length > 0 ? mean(all.map(({ bias }) => bias)) : null,
    zetaSpread: zetas.length > 0 ? Math.sqrt(mean(zetas.map((z) => z * z))) : null,
  };
}
