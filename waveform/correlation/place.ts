/**
 * Where repeats lie from their masters: double differences of the lags alone (waveform/relocation). A repeat that is itself a master, by its
 * time, keeps that master's name, so that all lags between the two count together.
 */
import type { EarthModel } from "@harken/core";
import { type ClusterEvent, type DifferentialTime, defaultRelocationSettings } from "../relocation/cluster.ts";
import { relocate } from "../relocation/doubleDifference.ts";
import { type RelativePosition, relativePosition } from "../relocation/uncertainty.ts";
import type { RepeatedEvent } from "./associate.ts";
import type { CorrelationSettings } from "./settings.ts";
import type { Master } from "./template.ts";

/** The clock of a recorder, and pulses of different lengths, s. */
const LEAST_ERROR_SEC = 0.01;
/** A repeat is another master when their origin times agree within this many tolerances: catalogued times are off by a second. */
const SAME_TOLERANCES = 2;

export interface PlacedRepeat {
  readonly repeat: RepeatedEvent;
  readonly master: Master;
  readonly knownKey: string | null;
  readonly relative: RelativePosition | null;
}

export function placeRepeats(
  events: readonly RepeatedEvent[],
  masters: readonly Master[],
  earth: EarthModel,
  settings: CorrelationSettings,
): PlacedRepeat[] {
  const byKey = new Map(masters.map((master) => [master.key, master]));
  const named = events.map((repeat, i) => {
    const known = masters.find(
      ({ key, origin }) =>
        key !== repeat.masterKey && Math.abs(origin.time - repeat.time) < SAME_TOLERANCES * settings.toleranceSec,
    );
    return { repeat, knownKey: known?.key ?? null, key: known?.key ?? `repeat ${i}` };
  });
  const start = (key: string, { origin }: Master, time: number): ClusterEvent => {
    const { latitudeDeg, longitudeDeg, depthKm } = origin;
    return { key, time, latitudeDeg, longitudeDeg, depthKm };
  };
  const clusterEvents = new Map(masters.map((master) => [master.key, start(master.key, master, master.origin.time)]));
  const differentialTimes = named.flatMap(({ repeat, key }) => {
    if (!clusterEvents.has(key)) clusterEvents.set(key, start(key, byKey.get(repeat.masterKey)!, repeat.time));
    return [...repeat.detections, ...repeat.others].map((detection): DifferentialTime => {
      const { template, time, timeErrorSec } = detection;
      return {
        ...{ firstEventKey: key, secondEventKey: template.master.key },
        ...{ station: template.station, phase: template.onset.phase },
        differenceSec: time - template.onset.time,
        errorSec: Math.hypot(timeErrorSec, LEAST_ERROR_SEC),
      };
    });
  });
  const cluster = { events: [...clusterEvents.values()], readings: [], differentialTimes };
  const { clusters } = relocate(cluster, earth, defaultRelocationSettings);
  return named.map(({ repeat, knownKey, key }) => {
    const together = clusters.find((own) => own.converged && own.events.some((event) => event.key === key));
    const relative = together ? relativePosition(together, repeat.masterKey, key) : null;
    return { repeat, knownKey, relative, master: byKey.get(repeat.masterKey)! };
  });
}
