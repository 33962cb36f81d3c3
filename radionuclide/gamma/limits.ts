/**
 * What can be decided and detected over a background.
 *
 * Currie 1968 (doi:10.1021/ac60259a007) for paired observations, as the IDC's particulate processing has it: LC = k sqrt(2 B), LD = k^2 + 2 LC.
 * ISO 11929-1:2019 adds the uncertainty of what turns counts into the quantity asked for, and says what to report for any result.
 *
 *     currieLimits(3000);                                              // { criticalLevelCounts: 127, detectionLimitCounts: 258 }
 *     characteristicLimits({ backgroundCounts: 3000, factor: 0.02, factorRelativeError: 0.05 });
 */
import { normalCdf, normalQuantile } from "@harken/core";
import { truncatedMean } from "./truncatedMean.ts";

/** 5 % false decisions of either kind. */
export const DECISION_QUANTILE = 1.645;

export interface CurrieLimits {
  readonly criticalLevelCounts: number;
  readonly detectionLimitCounts: number;
}

/**
 * From the counts of the background in the region of the peak. `backgroundRatio` is the variance of the background's estimate over that count: 1 for a
 * paired observation, channels of the peak over channels of the background otherwise.
 */
export function currieLimits(
  backgroundCounts: number,
  quantile: number = DECISION_QUANTILE,
  backgroundRatio = 1,
): CurrieLimits {
  const criticalLevelCounts = quantile * Math.sqrt(Math.max(0, backgroundCounts) * (1 + backgroundRatio));
  return { criticalLevelCounts, detectionLimitCounts: quantile ** 2 + 2 * criticalLevelCounts };
}

export interface CharacteristicInput {
  readonly backgroundCounts: number;
  /** See `currieLimits`; 1 by default. */
  readonly backgroundRatio?: number;
  /** Quantity for one net count, such as becquerels, and its relative standard uncertainty. */
  readonly factor: number;
  readonly factorRelativeError: number;
  /** For both kinds of false decision; 1.645 by default. */
  readonly quantile?: number;
}

export interface CharacteristicLimits {
  readonly decisionThreshold: number;
  /** Null when the factor is so uncertain that no true value would be detected with the probability asked for. */
  readonly detectionLimit: number | null;
}

/** Decision threshold and detection limit (ISO 11929-1:2019, clauses 9 and 10), in the unit of the quantity. */
export function characteristicLimits({
  backgroundCounts,
  backgroundRatio = 1,
  factor,
  factorRelativeError,
  quantile = DECISION_QUANTILE,
}: CharacteristicInput): CharacteristicLimits {
  const { criticalLevelCounts } = currieLimits(backgroundCounts, quantile, backgroundRatio);
  const decisionThreshold = factor * criticalLevelCounts;
  // y# = y* + k u(y#) with u^2(y) = factor y + u^2(0) + (y u_rel)^2 has this solution.
  const room = 1 - (quantile * factorRelativeError) ** 2;
  return {
    decisionThreshold,
    detectionLimit: room > 0 ? (2 * decisionThreshold + quantile ** 2 * factor) / room : null,
  };
}

export interface BestEstimate {
  readonly value: number;
  readonly error: number;
  /** Probabilistically symmetric interval that holds the true value with the probability asked for. */
  readonly low: number;
  readonly high: number;
}

/** What is known of a quantity that cannot be negative from a result and its standard uncertainty (clauses 11 and 12). */
export function bestEstimate(result: number, uncertainty: number, probability = 0.95): BestEstimate {
  const positive = normalCdf(result / uncertainty);
  // Far below zero the truncated normal becomes an exponential of this length.
  if (!(positive > 1e-12)) {
    const length = uncertainty ** 2 / Math.max(uncertainty, -result);
    const at = (p: number) => -length * Math.log(1 - p);
    return { value: length, error: length, low: at((1 - probability) / 2), high: at((1 + probability) / 2) };
  }
  const value = truncatedMean(result, uncertainty);
  const tail = (1 - probability) / 2;
  const quantile = (upper: number) =>
    result - uncertainty * normalQuantile(Math.min(1 - 1e-16, Math.max(1e-300, upper)));
  return {
    value,
    error: Math.sqrt(Math.max(0, uncertainty ** 2 - (value - result) * value)),
    low: quantile(positive * (1 - tail)),
    high: quantile(positive * tail),
  };
}
