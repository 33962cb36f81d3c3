/**
 * The f-k picture on demand: which signal is looked at, in which band and window, and what the centre answers. It follows the chosen detection
 * while its panel is open; a window that was moved by hand stays until another signal is chosen.
 */
import type { SlownessPeak, SlownessPicture, SlownessQuery } from "@harken/api";
import { KM_PER_DEGREE } from "@harken/core";
import { batch, computed, effect, signal } from "@preact/signals";
import { edit } from "./review.ts";
import { attempt, chosen, client, cursor, reviewing, rows, stations, troubles } from "./state.ts";
import type { TraceMark, TraceRow } from "./traceRows.ts";
import { showPanel, visiblePanels } from "./workspace/dock.ts";

export interface SlownessSubject {
  readonly station: string;
  readonly time: number;
  /** Of the detection that is looked at; null for a place on a trace. */
  readonly arrivalKey: string | null;
  readonly phase: string | null;
}

export interface SlownessSettings {
  readonly lowHz: number;
  readonly highHz: number;
  readonly leadSec: number;
  readonly lengthSec: number;
  /** Half the side of the picture, s/deg. */
  readonly most: number;
}

export const subject = signal<SlownessSubject | null>(null);
/** Where the beam is steered to instead of the peak, s/deg. */
export const steer = signal<{ readonly north: number; readonly east: number } | null>(null);
export const picture = signal<SlownessPicture | null>(null);
export const loading = signal(false);

/** Bands and windows to begin with, by what the station listens to. */
const usual: Readonly<Record<TraceRow["technology"], SlownessSettings>> = {
  seismic: { lowHz: 1, highHz: 4, leadSec: 0.7, lengthSec: 4, most: 44 },
  hydroacoustic: { lowHz: 4, highHz: 12, leadSec: 1, lengthSec: 8, most: 100 },
  infrasound: { lowHz: 0.5, highHz: 3, leadSec: 5, lengthSec: 30, most: 440 },
};
export const settings = signal<SlownessSettings>(usual.seismic);
/** A band about a detection's own frequency reaches from this share of it to this multiple. */
const AROUND = 1.6;

const isInSight = () => visiblePanels.value.has("slowness");
const isArray = (code: string) => stations.value?.some((one) => one.code === code && one.kind === "array") ?? false;

function marksOf(row: TraceRow): readonly TraceMark[] {
  return [...row.picks, ...row.others];
}

/** The detection that was chosen last, if it stands at an array. */
function chosenSubject(): SlownessSubject | null {
  const key = [...chosen.value].at(-1);
  for (const row of rows.value) {
    const mark = marksOf(row).find(({ arrivalKey }) => key !== undefined && arrivalKey === key);
    if (mark) return { station: row.station, time: mark.time, arrivalKey: mark.arrivalKey, phase: mark.phase };
  }
  return null;
}

function lookAt(next: SlownessSubject): void {
  const technology = rows.value.find(({ station }) => station === next.station)?.technology ?? "seismic";
  const before = subject.value && rows.value.find(({ station }) => station === subject.value!.station)?.technology;
  batch(() => {
    subject.value = next;
    steer.value = null;
    if (before !== technology) settings.value = usual[technology];
  });
}

/** Opens the panel on the detection under the pointer, else at the pointer's time, else on the chosen one. */
export function openSlowness(): void {
  const at = cursor.value;
  const pointed: SlownessSubject | null = at && {
    station: at.station,
    time: at.mark?.time ?? at.time,
    arrivalKey: at.mark?.arrivalKey ?? null,
    phase: at.mark?.phase ?? null,
  };
  const next = (pointed && isArray(pointed.station) ? pointed : null) ?? chosenSubject() ?? pointed;
  if (next) lookAt(next);
  showPanel("slowness");
}

/** The next detection of the event at an array, in the order of the traces. */
export function nextSlowness(): void {
  const own = rows.value
    .filter(({ station, leading }) => leading && isArray(station))
    .flatMap(({ station, picks }) => picks.map((mark) => ({ ...mark, station })));
  showPanel("slowness");
  if (own.length === 0) return;
  const at = own.findIndex(({ arrivalKey }) => arrivalKey === subject.value?.arrivalKey);
  const { station, time, arrivalKey, phase } = own[(at + 1) % own.length]!;
  batch(() => {
    chosen.value = new Set(arrivalKey === null ? [] : [arrivalKey]);
    lookAt({ station, time, arrivalKey, phase });
  });
}

/** Moves the window; the beam goes back to the peak. */
export function moveWindow(time: number): void {
  const now = subject.value;
  if (now) subject.value = { ...now, time };
}

export function bandAround(frequencyHz: number): void {
  settings.value = { ...settings.value, lowHz: frequencyHz / AROUND, highHz: frequencyHz * AROUND };
}

export const query = computed((): SlownessQuery | null => {
  const now = subject.value;
  if (!now || !isInSight()) return null;
  const { lowHz, highHz, leadSec, lengthSec, most } = settings.value;
  return {
    ...{ station: now.station, time: now.time, low: lowHz, high: highHz, lead: leadSec, length: lengthSec },
    max: most,
    ...steer.value,
  };
});

/** Whether the detection in sight is the event's own and the picture is of it, so that it may be given the picture's direction. */
export const acceptable = computed((): boolean => {
  const [now, seen] = [subject.value, picture.value];
  if (!reviewing.value || !now || !seen || seen.station !== now.station || seen.time !== now.time) return false;
  return seen.peak.azimuthErrorDeg !== null && rows.value.some(({ picks }) => picks.some(isOf(now)));
});

const isOf =
  ({ arrivalKey }: SlownessSubject) =>
  (mark: TraceMark) =>
    arrivalKey !== null && mark.arrivalKey === arrivalKey;

/** Gives the event's detection the direction of the peak. */
export async function acceptDirection(): Promise<void> {
  const [now, seen] = [subject.value, picture.value];
  if (!acceptable.value || !now?.arrivalKey || !seen) return;
  const { azimuthDeg, azimuthErrorDeg, slownessSecPerDeg, slownessErrorSecPerDeg, fStatistic } = seen.peak;
  const onset = rows.value.flatMap(({ picks }) => picks).find(isOf(now))!.time;
  await edit({
    ...{ kind: "direction", arrivalKey: now.arrivalKey, azimuthDeg, slownessSecPerDeg, fStatistic },
    ...{ azimuthErrorDeg: azimuthErrorDeg!, slownessErrorSecPerDeg: slownessErrorSecPerDeg! },
  });
  // The arrival that has taken its place stands at the same onset.
  const heir = rows.value
    .filter(({ station }) => station === now.station)
    .flatMap(({ picks }) => picks)
    .find(({ time }) => Math.abs(time - onset) < 1e-3);
  if (!heir?.arrivalKey || subject.value?.arrivalKey !== now.arrivalKey) return;
  const { arrivalKey } = heir;
  batch(() => {
    subject.value = { ...now, arrivalKey };
    chosen.value = new Set([arrivalKey]);
  });
}

let asked = 0;
/** Answers that have been overtaken by another question are dropped. */
async function load(question: SlownessQuery): Promise<void> {
  const number = ++asked;
  loading.value = true;
  const answer = await attempt("slowness", () => client.slowness(question));
  if (number !== asked) return;
  batch(() => {
    loading.value = false;
    // What is shown next to a refusal would be of another window.
    picture.value = answer;
  });
}

/** While a window is dragged only the last of its places is asked for, ms. */
const SETTLE_MS = 120;

/** Asks whenever the question changes, and follows the chosen detection; returns what ends it. */
export function followSlowness(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ends = [
    effect(() => {
      const question = query.value;
      clearTimeout(timer);
      if (question) timer = setTimeout(() => void load(question), SETTLE_MS);
    }),
    effect(() => {
      const next = chosenSubject();
      if (!isInSight() || !next || next.arrivalKey === subject.peek()?.arrivalKey) return;
      lookAt(next);
    }),
  ];
  return () => {
    clearTimeout(timer);
    for (const end of ends) end();
  };
}

/** Why there is no picture, in words. */
export const refusal = computed((): string | null => {
  if (subject.value && !isArray(subject.value.station))
    return `${subject.value.station} is a single station; f-k needs an array.`;
  return troubles.value["slowness"] ?? null;
});

/** Apparent velocity of a slowness, km/s. */
export const velocityOf = ({ slownessSecPerDeg }: Pick<SlownessPeak, "slownessSecPerDeg">): number =>
  KM_PER_DEGREE / slownessSecPerDeg;
