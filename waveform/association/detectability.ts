/**
 * What a station can detect: the least log10(A/T) at it, estimated from its own arrivals (the noise under a signal is its amplitude over its
 * SNR), and from it the chance that it sees a phase of an event of some magnitude.
 */
import { quantile, type Station } from "@harken/core";
import type { ArrivalTable } from "./arrivalTable.ts";
import type { AssociatorSettings } from "./settings.ts";

export interface Detectability {
  /** Least log10 A/T, nm/s, of each station. */
  readonly threshold: Float64Array;
  /** Chance that the station was up. */
  readonly up: Float64Array;
}

/** Of those arrivals the station's own noise is the lower part of what is seen. */
const NOISE_QUANTILE = 0.3;
/** What comes so soon after another arrival stands out of its coda and not of the noise, s. */
const CODA_SEC = 100;

export function detectabilityOf(table: ArrivalTable, settings: AssociatorSettings): Detectability {
  const { stations, first, arrivals, time, logAmplitude } = table;
  const { defaultThreshold, defaultCount, snr, upWhenSilent } = settings.detection;
  const threshold = new Float64Array(stations.length);
  const up = new Float64Array(stations.length);
  stations.forEach((station: Station, s) => {
    const noise: number[] = [];
    for (let a = first[s]!; a < first[s + 1]!; a++) {
      if (a > first[s]! && time[a]! - time[a - 1]! < CODA_SEC) continue;
      const observed = arrivals[a]!.snr;
      if (observed && observed > 0 && Number.isFinite(logAmplitude[a]!))
        noise.push(logAmplitude[a]! - Math.log10(observed / snr));
    }
    const usual = station.kind === "array" ? defaultThreshold.array : defaultThreshold.single;
    const seen = noise.length > 0 ? quantile(noise, NOISE_QUANTILE) : usual;
    threshold[s] = (seen * noise.length + usual * defaultCount) / (noise.length + defaultCount);
    up[s] = first[s + 1]! > first[s]! ? 1 : upWhenSilent;
  });
  return { threshold, up };
}

/** A normal distribution's spread as the scale of a logistic one, which is quick. */
const LOGISTIC = Math.sqrt(3) / Math.PI;

/** Chance of a detection that lies `above` the threshold, magnitude units. */
export function detectionProbability(above: number, share: number, { detection }: AssociatorSettings): number {
  return (share * detection.maxProbability) / (1 + Math.exp(-above / (LOGISTIC * detection.spread)));
}
