/**
 * What one edit asks for, before anything is located: which arrivals take part how, which arrivals are made and which are set aside. Pure; the
 * stored rows that it needs are arguments.
 */
import type { CreateRequest, DepthChoice, EditAction } from "@harken/api";
import { type Arrival, type Origin, parseChannelKey } from "@harken/core";
import type { HeldDepth, MeasuredOnset, ReadingChoice } from "@harken/waveform";
import { centerErrors } from "../errors.ts";

export interface Draft {
  readonly choices: readonly ReadingChoice[];
  /** Keys of the arrivals that join: what of them does not fit does not define. */
  readonly joining: readonly string[];
  readonly depth: HeldDepth | "free";
  /** Arrivals to be stored. */
  readonly made: readonly Arrival[];
  /** Keys of arrivals that have no part in the list any more. */
  readonly aside: readonly string[];
  /** What was done, in words for the record. */
  readonly detail: string;
}

/** Phases that never define a location: their times are those of no ray. */
const SLOW_PHASES = new Set(["LR", "LQ", "Rg", "T", "H", "I", "N", "tx"]);

export function choiceOf(arrival: Arrival, phase: string): ReadingChoice {
  const ray = !SLOW_PHASES.has(phase);
  return {
    arrivalKey: arrival.key,
    phase,
    timeDefining: ray,
    azimuthDefining: ray && arrival.azimuthDeg !== null,
    slownessDefining: ray && arrival.slownessSecPerDeg !== null,
  };
}

export function choicesOf({ associations }: Origin): ReadingChoice[] {
  return associations.map(({ arrivalKey, phase, timeDefining, azimuthDefining, slownessDefining }) => ({
    ...{ arrivalKey, phase, timeDefining, azimuthDefining, slownessDefining },
  }));
}

/** A free depth is solved for again; any other is held as it is. */
export function depthOf({ depthKm, depthType }: Origin): HeldDepth | "free" {
  return depthType === "free" ? "free" : { fixedKm: depthKm, type: depthType };
}

export const heldBy = (depth: DepthChoice): HeldDepth | "free" =>
  depth === "free" ? "free" : { fixedKm: depth.fixedKm, type: "analyst" };

export interface DraftInput {
  readonly origin: Origin;
  readonly analyst: string;
  /** The arrivals that the event holds and the one that the action names, by key. */
  readonly arrivals: ReadonlyMap<string, Arrival>;
  /** What the waves say at the onset that the action picks or moves; null where nothing could be measured. */
  readonly measured: MeasuredOnset | null;
}

/** Throws NO_ARRIVAL or NOT_IN_EVENT when the action names an arrival that is not there. */
export function draftOf(
  action: Exclude<EditAction, { kind: "reject" } | { kind: "restore" }>,
  { origin, analyst, arrivals, measured }: DraftInput,
): Draft {
  const choices = choicesOf(origin);
  const as = { choices, joining: [], depth: depthOf(origin), made: [], aside: [] };
  const arrivalOf = (key: string) => {
    const arrival = arrivals.get(key);
    if (!arrival) throw centerErrors.make("NO_ARRIVAL", { key });
    return arrival;
  };
  const own = (key: string) => {
    const choice = choices.find(({ arrivalKey }) => arrivalKey === key);
    if (!choice) throw centerErrors.make("NOT_IN_EVENT", { key });
    return choice;
  };
  const replaced = (key: string, choice: ReadingChoice) =>
    choices.map((other) => (other.arrivalKey === key ? choice : other));
  switch (action.kind) {
    case "associate": {
      const { arrivalKey: key, phase } = action;
      const arrival = arrivalOf(key);
      const others = choices.filter(({ arrivalKey }) => arrivalKey !== key);
      const detail = `${arrival.station} ${phase} associated`;
      return { ...as, choices: [...others, choiceOf(arrival, phase)], joining: [key], detail };
    }
    case "unassociate": {
      const { phase } = own(action.arrivalKey);
      const detail = `${arrivalOf(action.arrivalKey).station} ${phase} taken out`;
      return { ...as, choices: choices.filter(({ arrivalKey }) => arrivalKey !== action.arrivalKey), detail };
    }
    case "phase": {
      const { arrivalKey: key, phase } = action;
      const arrival = arrivalOf(key);
      const detail = `${arrival.station} ${own(key).phase} renamed ${phase}`;
      return { ...as, choices: replaced(key, choiceOf(arrival, phase)), joining: [key], detail };
    }
    case "defining": {
      const { arrivalKey: key, time, azimuth, slowness } = action;
      const before = own(key);
      const flags = {
        timeDefining: time ?? before.timeDefining,
        azimuthDefining: azimuth ?? before.azimuthDefining,
        slownessDefining: slowness ?? before.slownessDefining,
      };
      const letters = `${flags.timeDefining ? "T" : "-"}${flags.azimuthDefining ? "A" : "-"}${flags.slownessDefining ? "S" : "-"}`;
      const detail = `${arrivalOf(key).station} ${before.phase} defines ${letters}`;
      return { ...as, choices: replaced(key, { ...before, ...flags }), detail };
    }
    case "pick": {
      const arrival = pickedArrival(action, analyst, measured);
      const detail = `${action.station} ${action.phase} picked`;
      const joined = [
        ...choices.filter(({ arrivalKey }) => arrivalKey !== arrival.key),
        choiceOf(arrival, action.phase),
      ];
      return { ...as, choices: joined, joining: [arrival.key], made: [arrival], detail };
    }
    case "retime": {
      const { arrivalKey: key, time, timeErrorSec } = action;
      const [before, choice] = [arrivalOf(key), own(key)];
      const moved = { ...remeasured(before, measured), time, timeErrorSec, author: analyst };
      const arrival = { ...moved, key: pickKey(moved, choice.phase) };
      const shift = time - before.time;
      const detail = `${before.station} ${choice.phase} moved by ${shift >= 0 ? "+" : ""}${shift.toFixed(2)} s`;
      // The onset stays in place when only its uncertainty is changed back to what it was.
      const aside = arrival.key === key ? [] : [key];
      return { ...as, choices: replaced(key, { ...choice, arrivalKey: arrival.key }), made: [arrival], aside, detail };
    }
    case "direction": {
      const { kind: _kind, arrivalKey: key, fStatistic: fkQuality, ...direction } = action;
      const [before, choice] = [arrivalOf(key), own(key)];
      const arrival = { ...before, ...direction, fkQuality, key: directionKey(before.key, direction), author: analyst };
      // What could not define before for want of a value does now, as far as it fits.
      const isFirst = before.azimuthDeg === null || before.slownessSecPerDeg === null;
      const { azimuthDefining, slownessDefining } = isFirst ? choiceOf(arrival, choice.phase) : choice;
      const detail = `${before.station} ${choice.phase} given ${direction.azimuthDeg.toFixed(1)} deg, ${direction.slownessSecPerDeg.toFixed(2)} s/deg`;
      const aside = arrival.key === key ? [] : [key];
      const after = replaced(key, { ...choice, azimuthDefining, slownessDefining, arrivalKey: arrival.key });
      return { ...as, choices: after, joining: isFirst ? [arrival.key] : [], made: [arrival], aside, detail };
    }
    case "depth": {
      const depth = heldBy(action.depth);
      return { ...as, depth, detail: depth === "free" ? "depth solved for" : `depth held at ${depth.fixedKm} km` };
    }
  }
}

/** The choices of a new event. Throws NO_ARRIVAL. */
export function draftOfNew(
  { arrivals: chosen, depth = "free" }: CreateRequest,
  arrivals: ReadonlyMap<string, Arrival>,
): Draft {
  // An arrival that is named twice takes part once, as named last.
  const choices = [...new Map(chosen.map(({ key, phase }) => [key, phase]))].map(([key, phase]) => {
    const arrival = arrivals.get(key);
    if (!arrival) throw centerErrors.make("NO_ARRIVAL", { key });
    return choiceOf(arrival, phase);
  });
  const detail = `made of ${choices.length} ${choices.length === 1 ? "arrival" : "arrivals"}`;
  // Nothing is known to fit yet, so nothing is left out.
  return { choices, joining: [], depth: heldBy(depth), made: [], aside: [], detail };
}

/** A moved onset keeps the direction that it had: the wave is the same. */
function remeasured(before: Arrival, measured: MeasuredOnset | null): Arrival {
  if (!measured) return before;
  const { snr, amplitudes, firstMotion, frequencyHz, ...direction } = measured;
  const known = before.azimuthDeg !== null || before.slownessSecPerDeg !== null;
  return { ...before, ...(known ? {} : direction), snr, amplitudes, firstMotion, frequencyHz };
}

function pickedArrival(
  action: Extract<EditAction, { kind: "pick" }>,
  analyst: string,
  measured: MeasuredOnset | null,
): Arrival {
  const { station, channel, time, timeErrorSec, phase } = action;
  const unmeasured: MeasuredOnset = {
    ...{ azimuthDeg: null, azimuthErrorDeg: null, slownessSecPerDeg: null, slownessErrorSecPerDeg: null, snr: null },
    ...{
      amplitudes: [],
      firstMotion: null,
      rectilinearity: null,
      incidenceDeg: null,
      frequencyHz: null,
      fkQuality: null,
    },
  };
  const head = { station, channel: parseChannelKey(channel).channel, time, timeErrorSec, phase };
  return { ...unmeasured, ...measured, ...head, key: pickKey(head, phase), author: analyst };
}

/** Of the same arrival with the same direction the same key; an older direction in the key is replaced. */
const directionKey = (
  key: string,
  { azimuthDeg, slownessSecPerDeg }: { azimuthDeg: number; slownessSecPerDeg: number },
) => `${key.replace(/-fk-\d+-\d+$/, "")}-fk-${Math.round(azimuthDeg * 10)}-${Math.round(slownessSecPerDeg * 100)}`;

/** Equal picks get equal keys, so that doing again what was undone finds the same arrival. */
function pickKey(
  { station, time, timeErrorSec }: Pick<Arrival, "station" | "time" | "timeErrorSec">,
  phase: string,
): string {
  return `${station}-pick-${phase.replaceAll("'", "p")}-${Math.round(time * 1000)}-${Math.round(timeErrorSec * 1000)}`;
}
