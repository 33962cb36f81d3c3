/**
 * The envelope of a T phase at a station: P waves from the source strike the sea floor around the epicentre, each patch of it scatters some of them into
 * the sound channel (de Groot-Hedlin and Orcutt 1999, doi:10.1029/1999GL900391), and what is in the channel travels to the station, or to the coast and
 * on as a P wave through the island. The bathymetry, the profile of the speed of sound and the coast are the caller's.
 *
 *     const model = tPhaseEnvelope(source, station, { depthKm, speedKmPerSec, coast, landSpeedKmPerSec: 5 });
 *     compareEnvelopes(model, observed); // { shiftSec, correlation }
 */
import { geodesicKm, geodesicPosition } from "@harken/core";

export interface TPhaseSource {
  readonly time: number;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly depthKm: number;
}

export interface TPhaseSetting {
  /** Depth of the sea floor, km; 0 or less on land. */
  readonly depthKm: (latitudeDeg: number, longitudeDeg: number) => number;
  /** Speed of sound in the water at a depth, km/s. */
  readonly speedKmPerSec: (depthKm: number) => number;
  /** Points of the coast where the sound may go ashore; none for a hydrophone. */
  readonly coast: readonly { readonly latitudeDeg: number; readonly longitudeDeg: number }[];
  /** P velocity below the sea floor and through the island, km/s. */
  readonly rockKmPerSec: number;
  /** Radius around the epicentre that is looked at, and the side of a patch, km. */
  readonly radiusKm: number;
  readonly patchKm: number;
  /** Time over which energy is spread: the source's duration and the channel's own spread, s. */
  readonly spreadSec: number;
}

export const defaultTPhaseSetting: Omit<TPhaseSetting, "depthKm" | "speedKmPerSec"> = Object.freeze({
  coast: [],
  rockKmPerSec: 6.5,
  radiusKm: 250,
  patchKm: 10,
  spreadSec: 4,
});

export interface Envelope {
  /** Epoch seconds of the first value; one value a second. */
  readonly startTime: number;
  /** Energy, of largest value 1; all 0 where nothing gets into the channel. */
  readonly energy: Float64Array;
}

/** Depths that the least and the surface speed are looked for at, km. */
const DEPTH_STEP_KM = 0.05;

/**
 * Share of the directions that stay in the channel of sound scattered at a depth: rays that turn before the surface and before the sea floor of
 * the deep ocean. 0 where the water is as fast as at the surface or faster.
 */
export function channelShare(speedKmPerSec: (depthKm: number) => number, depthKm: number): number {
  if (!(depthKm > 0)) return 0;
  const here = speedKmPerSec(depthKm);
  const limit = speedKmPerSec(0);
  return here < limit ? Math.sqrt(1 - (here / limit) ** 2) : 0;
}

/** Least speed of the profile, along which energy arrives. */
function axisSpeed(speedKmPerSec: (depthKm: number) => number, deepestKm: number): number {
  let least = Infinity;
  for (let depth = 0; depth <= Math.max(1.5, deepestKm); depth += DEPTH_STEP_KM)
    least = Math.min(least, speedKmPerSec(depth));
  return least;
}

export function tPhaseEnvelope(
  source: TPhaseSource,
  station: { readonly latitudeDeg: number; readonly longitudeDeg: number },
  setting: TPhaseSetting,
): Envelope {
  const { depthKm, speedKmPerSec, coast, rockKmPerSec, radiusKm, patchKm, spreadSec } = setting;
  const arrivals: { at: number; energy: number }[] = [];
  const speed = axisSpeed(speedKmPerSec, 2);
  const landings = landingsOf(station, coast, rockKmPerSec);
  for (let north = -radiusKm; north <= radiusKm; north += patchKm)
    for (let east = -radiusKm; east <= radiusKm; east += patchKm) {
      const km = Math.hypot(north, east);
      if (km > radiusKm) continue;
      const azimuth = (Math.atan2(east, north) * 180) / Math.PI;
      const patch = geodesicPosition(source.latitudeDeg, source.longitudeDeg, azimuth, km);
      const floorKm = depthKm(patch.latitudeDeg, patch.longitudeDeg);
      const share = channelShare(speedKmPerSec, floorKm);
      if (share === 0) continue;
      const wayKm = Math.hypot(km, Math.max(0, source.depthKm - floorKm));
      // Energy spreads over the sphere in rock and over the circle in the channel, and falls on the floor aslant.
      const incoming = Math.max(patchKm / 2, source.depthKm - floorKm) / wayKm / wayKm ** 2;
      for (const { place, afterSec, weight } of landings) {
        const oceanKm = geodesicKm(patch.latitudeDeg, patch.longitudeDeg, place.latitudeDeg, place.longitudeDeg);
        arrivals.push({
          at: wayKm / rockKmPerSec + oceanKm / speed + afterSec,
          energy: (incoming * share * weight) / Math.max(patchKm, oceanKm),
        });
      }
    }
  return spread(arrivals, source.time, spreadSec);
}

function landingsOf(
  station: { readonly latitudeDeg: number; readonly longitudeDeg: number },
  coast: TPhaseSetting["coast"],
  rockKmPerSec: number,
) {
  if (coast.length === 0) return [{ place: station, afterSec: 0, weight: 1 }];
  return coast.map((place) => {
    const km = geodesicKm(place.latitudeDeg, place.longitudeDeg, station.latitudeDeg, station.longitudeDeg);
    return { place, afterSec: km / rockKmPerSec, weight: 1 / Math.max(1, km) ** 2 };
  });
}

function spread(arrivals: readonly { at: number; energy: number }[], originTime: number, spreadSec: number): Envelope {
  if (arrivals.length === 0) return { startTime: originTime, energy: new Float64Array(0) };
  const reach = Math.ceil(4 * spreadSec);
  const first = Math.floor(arrivals.reduce((least, { at }) => Math.min(least, at), Infinity)) - reach;
  const last = Math.ceil(arrivals.reduce((most, { at }) => Math.max(most, at), -Infinity)) + reach;
  const energy = new Float64Array(last - first + 1);
  for (const { at, energy: e } of arrivals)
    for (
      let k = Math.max(0, Math.floor(at) - first - reach);
      k <= Math.min(energy.length - 1, Math.ceil(at) - first + reach);
      k++
    )
      energy[k]! += e * Math.exp(-0.5 * ((first + k - at) / spreadSec) ** 2);
  const most = energy.reduce((m, e) => Math.max(m, e), 0);
  if (most > 0) for (let k = 0; k < energy.length; k++) energy[k]! /= most;
  return { startTime: originTime + first, energy };
}

export interface EnvelopeComparison {
  /** Seconds by which the observed envelope is later than the model's. */
  readonly shiftSec: number;
  /** Correlation of the two at that shift, -1 to 1. */
  readonly correlation: number;
}

/** The shift within `reachSec` at which two envelopes agree best; null where one is empty or level. */
export function compareEnvelopes(model: Envelope, observed: Envelope, reachSec = 60): EnvelopeComparison | null {
  const offset = Math.round(observed.startTime - model.startTime);
  let best: EnvelopeComparison | null = null;
  for (let shift = -reachSec; shift <= reachSec; shift++) {
    const pairs: [number, number][] = [];
    for (let k = 0; k < observed.energy.length; k++)
      pairs.push([model.energy[k + offset - shift] ?? 0, observed.energy[k]!]);
    const correlation = correlationOf(pairs);
    if (correlation !== null && (!best || correlation > best.correlation)) best = { shiftSec: shift, correlation };
  }
  return best;
}

function correlationOf(pairs: readonly [number, number][]): number | null {
  const n = pairs.length;
  const mean = (pick: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[pick], 0) / n;
  const [a, b] = [mean(0), mean(1)];
  let [aa, ab, bb] = [0, 0, 0];
  for (const [x, y] of pairs) {
    aa += (x - a) ** 2;
    ab += (x - a) * (y - b);
    bb += (y - b) ** 2;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}
