/**
 * Templates: what one master event looked like at one station, a window around its onset on every channel of the station's best sensors.
 * All channels' windows begin at the same time, so a later event at the same place makes their coefficients peak together.
 */
import { type ChannelId, distanceAzimuth, type EarthModel, type Origin, type Station } from "@harken/core";
import type { CorrelationSettings } from "./settings.ts";
import type { ChannelTrace, StationTraces } from "./traces.ts";

export interface Master {
  readonly key: string;
  readonly origin: Origin;
}

export interface Onset {
  readonly phase: string;
  readonly time: number;
  /** Not read but reckoned from the master's place. */
  readonly predicted: boolean;
}

export interface TemplateChannel {
  readonly channel: ChannelId;
  readonly samples: Float64Array;
}

export interface Template {
  readonly master: Master;
  readonly station: Station;
  readonly onset: Onset;
  /** Of the first sample. */
  readonly startTime: number;
  readonly sampleRateHz: number;
  readonly channels: readonly TemplateChannel[];
  /** Largest power over that of as long a stretch before the onset, of its channels. */
  readonly powerRatio: number;
}

export type TemplateResult =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly reason: string };

const FIRST_PHASES: readonly string[] = ["P", "Pn", "Pg", "Pb"];

/** The master's first P at a station: as read, or else as the Earth model has it; null where there is none. */
export function onsetAt(
  { origin }: Master,
  station: Station,
  arrivals: ReadonlyMap<string, { readonly time: number }>,
  earth: EarthModel,
): Onset | null {
  const read = origin.associations
    .filter((a) => a.station === station.code && FIRST_PHASES.includes(a.phase))
    .flatMap(({ arrivalKey, phase }) => {
      const arrival = arrivals.get(arrivalKey);
      return arrival ? [{ phase, time: arrival.time, predicted: false }] : [];
    })
    .sort((a, b) => a.time - b.time);
  if (read[0]) return read[0];
  const { latitudeDeg, longitudeDeg, depthKm, time } = origin;
  const { deltaDeg } = distanceAzimuth(latitudeDeg, longitudeDeg, station.latitudeDeg, station.longitudeDeg);
  const reckoned = FIRST_PHASES.flatMap((phase) => {
    const travel = earth.predict(phase, deltaDeg, depthKm);
    return travel ? [{ phase, time: time + travel.timeSec, predicted: true }] : [];
  }).sort((a, b) => a.time - b.time);
  return reckoned[0] ?? null;
}

/** Cuts the template of a master out of its station's data; channels that do not stand out of the noise before the onset are left out. */
export function makeTemplate(
  master: Master,
  onset: Onset,
  traces: StationTraces,
  settings: CorrelationSettings,
): TemplateResult {
  const startTime = onset.time - settings.leadSec;
  const noiseSec = settings.lengthSec / 2;
  const from = startTime - noiseSec;
  const piece = traces.piece(from, startTime + settings.lengthSec);
  if (!piece) return { ok: false, reason: "no data of the master" };
  const noise = Math.round(noiseSec * piece.sampleRateHz);
  const rated = piece.channels
    .filter(({ bad }) => !bad.includes(1, noise) && bad.subarray(0, noise).filter((b) => b === 0).length > noise / 4)
    .map((trace) => ({ trace, ratio: powerRatio(trace, noise) }));
  if (rated.length === 0) return { ok: false, reason: "gaps in the data of the master" };
  const good = rated.filter(({ ratio }) => ratio >= settings.leastPowerRatio);
  if (good.length === 0) return { ok: false, reason: "the master does not stand out of the noise" };
  const channels = good.map(({ trace: { channel, samples } }) => ({ channel, samples: samples.slice(noise) }));
  const ratio = Math.max(...good.map((channel) => channel.ratio));
  const { station } = traces;
  const { sampleRateHz } = piece;
  return {
    ok: true,
    template: {
      master,
      station,
      onset,
      startTime: from + noise / sampleRateHz,
      sampleRateHz,
      channels,
      powerRatio: ratio,
    },
  };
}

/** Power after sample `noise` over that of the trusted samples before it. */
function powerRatio({ samples, bad }: ChannelTrace, noise: number): number {
  const sums = [0, 0];
  const counts = [0, 0];
  for (let i = 0; i < samples.length; i++) {
    if (bad[i]) continue;
    const side = i < noise ? 0 : 1;
    sums[side]! += samples[i]! ** 2;
    counts[side]!++;
  }
  return sums[0]! > 0 ? sums[1]! / counts[1]! / (sums[0]! / counts[0]!) : 0;
}

/** Name of a template in messages. */
export const templateKey = ({ master, station }: Template): string => `${master.key}/${station.code}`;
