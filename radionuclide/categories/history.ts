/**
 * What is typical of a station: for each nuclide an exponentially weighted mean and spread of its concentrations, as the IDC keeps them in its
 * categorisation tables (CENTRAL_VALUE, DELTA, ABSCISSA, ALPHA, GAMMA, NUM_SAMPLES, XFORM, HOLD). Values are taken as logarithms, since concentrations in
 * air vary by factors. The weights are not published; the defaults remember about twenty samples.
 *
 *     let history = emptyHistory;
 *     history = withSample(history, { "Be-7": 4100, "Pb-212F": 21_000 });
 *     boundsOf(history, "Be-7");   // { low: ..., high: ... }, null while there are too few
 */

export interface HistorySettings {
  /** Weight of a new value in the mean (ALPHA) and in the spread (GAMMA). */
  readonly meanWeight: number;
  readonly spreadWeight: number;
  /** Bounds lie this many spreads from the mean (ABSCISSA). */
  readonly abscissa: number;
  /** Samples with the nuclide before its bounds mean anything (NUM_SAMPLES). */
  readonly leastSamples: number;
  /** Spreads smaller than this are not believed, natural logarithm. */
  readonly leastSpread: number;
  /** Whether values outside of the bounds are kept out of the history (HOLD), so that one release does not make the next one typical. */
  readonly holdOutside: boolean;
}

export const defaultHistorySettings: HistorySettings = Object.freeze({
  meanWeight: 0.1,
  spreadWeight: 0.1,
  abscissa: 3,
  leastSamples: 10,
  leastSpread: 0.15,
  holdOutside: true,
});

export interface NuclideHistory {
  readonly samples: number;
  /** Mean and spread of the natural logarithm of the concentration, uBq/m^3; the spread is a standard deviation. */
  readonly mean: number;
  readonly spread: number;
}

/** By name of nuclide. */
export type StationHistory = Readonly<Record<string, NuclideHistory>>;

export const emptyHistory: StationHistory = Object.freeze({});

export interface Bounds {
  /** uBq/m^3. */
  readonly low: number;
  readonly high: number;
}

/** Null while fewer samples than needed have shown the nuclide. */
export function boundsOf(
  history: StationHistory,
  nuclide: string,
  settings: HistorySettings = defaultHistorySettings,
): Bounds | null {
  const known = Object.hasOwn(history, nuclide) ? history[nuclide] : undefined;
  if (!known || known.samples < settings.leastSamples) return null;
  const reach = settings.abscissa * Math.max(settings.leastSpread, known.spread);
  return { low: Math.exp(known.mean - reach), high: Math.exp(known.mean + reach) };
}

/** Mean absolute deviation of a normal distribution to its standard deviation. */
const SD_PER_MEAN_DEVIATION = Math.sqrt(Math.PI / 2);

/** The history after a sample; nuclides that were not found leave theirs as it was. Concentrations must be positive. */
export function withSample(
  history: StationHistory,
  concentrations: Readonly<Record<string, number>>,
  settings: HistorySettings = defaultHistorySettings,
): StationHistory {
  const next: Record<string, NuclideHistory> = { ...history };
  for (const [nuclide, concentration] of Object.entries(concentrations)) {
    if (!(concentration > 0)) continue;
    const before = Object.hasOwn(history, nuclide) ? history[nuclide] : undefined;
    const bounds = boundsOf(history, nuclide, settings);
    if (settings.holdOutside && bounds && (concentration > bounds.high || concentration < bounds.low)) continue;
    const value = Math.log(concentration);
    if (!before) {
      next[nuclide] = { samples: 1, mean: value, spread: settings.leastSpread };
      continue;
    }
    const samples = before.samples + 1;
    // Plain averages until the exponential weights remember less than all samples.
    const meanWeight = Math.max(settings.meanWeight, 1 / samples);
    const spreadWeight = Math.max(settings.spreadWeight, 1 / samples);
    const deviation = SD_PER_MEAN_DEVIATION * Math.abs(value - before.mean);
    next[nuclide] = {
      samples,
      mean: meanWeight * value + (1 - meanWeight) * before.mean,
      spread: spreadWeight * deviation + (1 - spreadWeight) * before.spread,
    };
  }
  return next;
}
