/**
 * The bands of progressive multichannel correlation: equal steps of the logarithm of frequency, each with a window of so many periods, as in
 * Brachet et al. (2010, doi:10.1007/978-1-4020-9508-5_3) and Matoza et al. (2013, doi:10.1002/2013JB010420).
 *
 *     pmccBands({ lowHz: 0.05, highHz: 5, count: 11, windowPeriods: 12, minWindowSec: 10, maxWindowSec: 150 });
 */
export interface PmccBand {
  readonly lowHz: number;
  readonly highHz: number;
  readonly windowSec: number;
}

export interface PmccBandRule {
  readonly lowHz: number;
  readonly highHz: number;
  readonly count: number;
  /** Length of a window in periods of the band's centre, and its bounds, s. */
  readonly windowPeriods: number;
  readonly minWindowSec: number;
  readonly maxWindowSec: number;
}

/** The geometric centre of a band, Hz. */
export const centreHz = ({ lowHz, highHz }: { readonly lowHz: number; readonly highHz: number }): number =>
  Math.sqrt(lowHz * highHz);

/** Bands from low to high that touch each other. Throws RangeError for limits that make none. */
export function pmccBands(rule: PmccBandRule): PmccBand[] {
  const { lowHz, highHz, count, windowPeriods, minWindowSec, maxWindowSec } = rule;
  if (!(lowHz > 0 && highHz > lowHz && Number.isInteger(count) && count > 0))
    throw new RangeError(`bands need 0 < low < high and a count, not ${lowHz} to ${highHz} Hz in ${count}`);
  const ratio = (highHz / lowHz) ** (1 / count);
  return Array.from({ length: count }, (_, i) => {
    const band = { lowHz: lowHz * ratio ** i, highHz: lowHz * ratio ** (i + 1) };
    const windowSec = Math.min(maxWindowSec, Math.max(minWindowSec, windowPeriods / centreHz(band)));
    return { ...band, windowSec };
  });
}
