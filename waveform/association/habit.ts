/**
 * The directions that a station's chance detections come from. A quarry, a storm or a swarm makes a station report one direction over and
 * over; another arrival from there is no news. For each arrival: how much denser the station's other arrivals of the hour lie around its
 * direction than if they came from everywhere alike.
 */
import { type ArrivalTable, directionLogOdds } from "./arrivalTable.ts";
import type { AssociatorSettings } from "./settings.ts";

/** Writes `habit` of the table from the arrivals that no event holds. Quadratic in the arrivals of a station and an hour. */
export function learnHabits(table: ArrivalTable, halfWindowSec: number, settings: AssociatorSettings): void {
  const { first, time, taken, directed, azimuthDeg, azimuthErrorDeg, slownessSecPerDeg, habit } = table;
  const { evenCount } = settings.clutter;
  for (let s = 0; s + 1 < first.length; s++) {
    let low = first[s]!;
    for (let a = first[s]!; a < first[s + 1]!; a++) {
      while (time[low]! < time[a]! - halfWindowSec) low++;
      let sum = 0;
      let count = 0;
      for (let b = low; directed[a] && b < first[s + 1]! && time[b]! <= time[a]! + halfWindowSec; b++) {
        if (b === a || taken[b] || Number.isNaN(azimuthDeg[b]!) || Number.isNaN(slownessSecPerDeg[b]!)) continue;
        sum += Math.exp(directionLogOdds(table, a, azimuthDeg[b]!, azimuthErrorDeg[b]!, slownessSecPerDeg[b]!));
        count++;
      }
      habit[a] = Math.max(0, Math.log((evenCount + sum) / (evenCount + count)));
    }
  }
}
