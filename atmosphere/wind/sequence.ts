/**
 * Wind that changes: fields at given times, linear between them. Two fields are resident at a time; they are asked for as transport comes to them,
 * forward or backward.
 *
 *     const wind = windSequence(times, (i) => load(i), startTime);
 *     advect(particles, wind, -300, 12 * 24);
 */
import { isoTime } from "@harken/core";
import type { WindSource } from "../particles/advection.ts";
import { type WindField, type WindLookup, windLookup } from "./windField.ts";

type Lookup = ReturnType<typeof windLookup>;

/** `times` ascend, epoch seconds; `load` gives the field of the i-th. Throws RangeError when transport leaves the times. */
export function windSequence(
  times: readonly number[],
  load: (index: number) => WindField,
  startTime: number,
): WindSource {
  if (times.length === 0 || times.some((t, i) => i > 0 && t <= times[i - 1]!))
    throw new RangeError("the times of a wind sequence must ascend");
  const resident = new Map<number, Lookup>();
  const lookupOf = (index: number, other: number): Lookup => {
    let lookup = resident.get(index);
    if (!lookup) {
      for (const kept of resident.keys()) if (kept !== other) resident.delete(kept);
      resident.set(index, (lookup = windLookup(load(index))));
    }
    return lookup;
  };
  // The ground's pressure is asked for at the time of the wind that was asked for last.
  let ground: WindSource["surfacePressureHPa"] = () => 0;
  return {
    at: (secondsAhead) => {
      const { index, share } = placeIn(times, startTime + secondsAhead);
      const before = lookupOf(index, index + 1);
      if (share === 0) {
        ground = before.surfacePressureHPa;
        return before.wind;
      }
      const after = lookupOf(index + 1, index);
      ground = (lat, lon) =>
        (1 - share) * before.surfacePressureHPa(lat, lon) + share * after.surfacePressureHPa(lat, lon);
      return mixed(before.wind, after.wind, share);
    },
    surfacePressureHPa: (lat, lon) => ground(lat, lon),
  };
}

/** The interval that holds a time and how far along it is, 0 to 1. */
function placeIn(times: readonly number[], time: number): { index: number; share: number } {
  const last = times.length - 1;
  if (time < times[0]! || time > times[last]!)
    throw new RangeError(
      `there is wind from ${isoTime(times[0]!, 0)} to ${isoTime(times[last]!, 0)}, not at ${isoTime(time, 0)}`,
    );
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle]! <= time) low = middle;
    else high = middle;
  }
  if (time === times[high]) return { index: high, share: 0 };
  return { index: low, share: high === low ? 0 : (time - times[low]!) / (times[high]! - times[low]!) };
}

function mixed(before: WindLookup, after: WindLookup, share: number): WindLookup {
  const second = new Float64Array(3);
  return (lat, lon, pressure, out) => {
    before(lat, lon, pressure, out);
    after(lat, lon, pressure, second);
    for (let lane = 0; lane < 3; lane++) out[lane] = (1 - share) * out[lane]! + share * second[lane]!;
  };
}
