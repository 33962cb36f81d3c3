/**
 * A network magnitude as the mean of its stations', each weighing by the inverse of its variance: for equal variances the plain mean with its
 * standard error.
 */

/** One station's magnitude with its standard deviation around the network's. */
export interface StationValue {
  readonly value: number;
  readonly sigma: number;
}

export interface NetworkValue {
  readonly value: number;
  readonly uncertainty: number;
}

/** `alone` is the uncertainty of a network of one. Null for none. */
export function networkMean(stations: readonly StationValue[], alone: number): NetworkValue | null {
  if (stations.length === 0) return null;
  let weights = 0;
  let sum = 0;
  for (const { value, sigma } of stations) {
    weights += sigma ** -2;
    sum += value * sigma ** -2;
  }
  const value = sum / weights;
  if (stations.length === 1) return { value, uncertainty: alone };
  const squares = stations.reduce((total, station) => total + ((station.value - value) / station.sigma) ** 2, 0);
  return { value, uncertainty: Math.sqrt(squares / weights / (stations.length - 1)) };
}
