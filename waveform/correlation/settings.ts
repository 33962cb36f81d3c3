/** What repeats are looked for with: band, window and threshold, by name. Hz, s, km. */
export interface CorrelationSettings {
  readonly name: string;
  /** Band of both the template and the data. */
  readonly lowHz: number;
  readonly highHz: number;
  /** Data are brought down to the lowest whole division of their rate that is at least this, Hz. */
  readonly leastRateHz: number;
  /** A template begins this long before the master's onset, and lasts so long. */
  readonly leadSec: number;
  readonly lengthSec: number;
  /** Least ratio of the template's power to that of as long a stretch before the onset. */
  readonly leastPowerRatio: number;
  /** Chance alone makes this many events a day of one master event, over all stations together. */
  readonly falseEventsPerDay: number;
  /** A coefficient below this is no repeat, however quiet the trace of coefficients is. */
  readonly leastCoefficient: number;
  /** Nor is a peak whose signal, noise taken away, resembles the template less: two signals of a few seconds reach 0.3 by chance. */
  readonly leastLikeness: number;
  /** Noise is measured, and data are held in the memory, in pieces of this length. */
  readonly pieceSec: number;
  /** Largest slowness over an array that a repeat's coefficients may show, s/km; 0 is a perfect one. */
  readonly greatestSlownessSecPerKm: number;
  /** Origin times that stations find for one event agree within this. */
  readonly toleranceSec: number;
  /** Sources farther apart than this from their master do not correlate (a quarter of a wavelength and more): 90 % of repeats are nearer. */
  readonly repeatRadiusKm: number;
}

export const regionalRepeats: CorrelationSettings = Object.freeze({
  name: "regional",
  lowHz: 1,
  highHz: 4,
  leastRateHz: 16,
  leadSec: 3,
  lengthSec: 40,
  leastPowerRatio: 2,
  falseEventsPerDay: 0.01,
  leastCoefficient: 0.1,
  leastLikeness: 0.4,
  pieceSec: 3600,
  greatestSlownessSecPerKm: 0.03,
  toleranceSec: 1.5,
  repeatRadiusKm: 5,
});

/** For events within a degree: higher frequencies, shorter windows. */
export const localRepeats: CorrelationSettings = Object.freeze({
  ...regionalRepeats,
  name: "local",
  lowHz: 3,
  highHz: 10,
  leastRateHz: 30,
  leadSec: 0.5,
  lengthSec: 8,
  toleranceSec: 0.6,
  repeatRadiusKm: 2,
});
