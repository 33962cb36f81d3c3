/** What a world of arrivals assumes, in sentences to stand beside every figure that is measured on it. */
import type { ArrivalWorldConfig } from "./config.ts";

export function assumptionsOf(config: ArrivalWorldConfig): string[] {
  const { days, eventsPerDay, minimumMagnitude, elsewhereShare, falsePerDay, outageShare, sequences } = config;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  return [
    `World "${config.name}", version ${config.version}, seed ${config.seed}: ${days} days of the located seismic stations of the treaty.`,
    `${eventsPerDay} earthquakes of mb 4 and more a day down to mb ${minimumMagnitude}, b = 1, in belts along plate boundaries, ${percent(elsewhereShare)} anywhere.`,
    ...sequences.map(
      ({ magnitude, dayOfMainshock }) =>
        `A mainshock of magnitude ${magnitude} after ${dayOfMainshock} days with aftershocks by Omori, Utsu and Bath.`,
    ),
    "Travel times are the earth model's with smooth anomalies for each station and normal scatter; weak onsets are late.",
    `Station terms (standard deviations): ${config.stationTerms.timeSec} s, ${config.stationTerms.magnitude} magnitude units, ${config.stationTerms.slownessSecPerDeg} s/deg; path anomalies ${config.pathSec} s for teleseismic P.`,
    `Scatter factor ${config.scatter}; ${percent(config.outlierShare)} of times and directions are wrong altogether.`,
    `Noise drifts from hour to hour by ${config.noiseDrift} (log10) and with the time of day; strong signals mask weaker ones behind them.`,
    `About ${falsePerDay.array} chance detections a day at an array and ${falsePerDay.single} at three components, in bursts (${config.falseBursts}), ${percent(config.habitShare)} from directions that repeat; codas by a factor of ${config.coda}.`,
    `Stations are out ${percent(outageShare)} of the time. Auxiliary stations report all the time. There are no hydroacoustic and infrasound arrivals.`,
  ];
}
