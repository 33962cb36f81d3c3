/**
 * Detections of one master at several stations that say the same origin time are one event: the lag is nearly the same everywhere, since the
 * repeat is where the master was. An event that several masters find belongs to the one that finds it best.
 */
import { median } from "@harken/core";
import type { Detection } from "./detect.ts";
import type { CorrelationSettings } from "./settings.ts";
import { levelFor } from "./threshold.ts";

export interface RepeatedEvent {
  readonly masterKey: string;
  /** Origin time if it was where the master was. */
  readonly time: number;
  /** One of each station, the strongest first. */
  readonly detections: readonly Detection[];
  /** Root sum square of the detections' levels. */
  readonly level: number;
  /** Detections of the same event by other masters, one for each master and station. */
  readonly others: readonly Detection[];
}

/** Origin time that a detection stands for. */
export const impliedTime = ({ template: { master, onset }, time }: Detection): number =>
  master.origin.time + time - onset.time;

export interface RepeatAssociation {
  readonly events: readonly RepeatedEvent[];
  readonly unassociated: readonly Detection[];
}

/**
 * `selfSec`: detections within so much of the master's own time are the master itself and make no event. A station alone makes an event only
 * when it is an array whose coefficients peak together and whose level chance reaches no oftener than `falseEventsPerDay`.
 */
export function associateRepeats(
  detections: readonly Detection[],
  settings: CorrelationSettings,
  selfSec = 1,
): RepeatAssociation {
  const alone = levelFor(settings.falseEventsPerDay, settings.lowHz, settings.highHz);
  const foreign = detections.filter((d) => Math.abs(impliedTime(d) - d.template.master.origin.time) > selfSec);
  const candidates = [...Map.groupBy(foreign, ({ template }) => template.master.key).values()]
    .flatMap((own) => groups(own, settings))
    .filter((group) => group.length > 1 || (group[0]!.relativeSlownessSecPerKm !== null && group[0]!.level >= alone))
    .map((group) => ({ group, level: Math.hypot(...group.map(({ level }) => level)) }))
    .sort((a, b) => b.level - a.level);
  const events: (RepeatedEvent & { others: Detection[] })[] = [];
  for (const { group, level } of candidates) {
    const time = median(group.map(impliedTime));
    const same = events.find((event) => isSame(event, group, time, settings));
    if (same) same.others.push(...group);
    else events.push({ masterKey: group[0]!.template.master.key, time, detections: group, level, others: [] });
  }
  const used = new Set(events.flatMap((event) => [...event.detections, ...event.others]));
  return {
    events: events.sort((a, b) => a.time - b.time),
    unassociated: foreign.filter((detection) => !used.has(detection)),
  };
}

/** The strongest detection, with the strongest of every other station that agrees with it; then the strongest that is left. */
function groups(detections: readonly Detection[], { toleranceSec }: CorrelationSettings): Detection[][] {
  const left = detections.toSorted((a, b) => b.level - a.level);
  const found: Detection[][] = [];
  while (left.length > 0) {
    const [seed] = left;
    const group: Detection[] = [];
    for (const detection of left) {
      if (Math.abs(impliedTime(detection) - impliedTime(seed!)) > toleranceSec) continue;
      if (!group.some(({ template }) => template.station.code === detection.template.station.code))
        group.push(detection);
    }
    found.push(group);
    for (const detection of group) left.splice(left.indexOf(detection), 1);
  }
  return found;
}

/** Another master's find of the same onsets: at a station of both the times agree within half a template. */
function isSame(
  event: RepeatedEvent,
  group: readonly Detection[],
  time: number,
  { lengthSec, toleranceSec }: CorrelationSettings,
): boolean {
  const shared = group.flatMap((detection) =>
    event.detections
      .filter(({ template }) => template.station.code === detection.template.station.code)
      .map((other) => Math.abs(other.time - detection.time)),
  );
  if (shared.length > 0) return Math.min(...shared) < lengthSec / 2;
  return Math.abs(event.time - time) <= toleranceSec;
}
