/**
 * What an analyst does: intervals, edits of the selected event, undo and redo. Every edit goes to the centre at once, so nothing is unsaved; it
 * names the version in sight, and when somebody else was first the refusal is shown with the edit kept to be done again.
 */
import { ApiError, type EditAction, type EditRecord, type ReviewInterval } from "@harken/api";
import { batch, computed, effect, signal } from "@preact/signals";
import { analyst } from "./analyst.ts";
import { explain } from "./explain.ts";
import {
  arrivals,
  attempt,
  chosen,
  client,
  cursor,
  detail,
  listName,
  loadDetail,
  loadEvents,
  reviewing,
  rows,
  select,
  selectedKey,
  showList,
  status,
  troubles,
} from "./state.ts";
import { nearestPrediction } from "./traceRows.ts";
import { REJECTED, walkOf } from "./walk.ts";

const HOUR_SEC = 3600;

export const intervals = signal<readonly ReviewInterval[]>([]);
/** Start of the hour that is chosen in the strip. */
export const chosenHour = signal<number | null>(null);
export const edits = signal<readonly EditRecord[]>([]);
/** Phase that new picks get. */
export const currentPhase = signal("P");
/** An edit is on its way. */
export const busy = signal(false);
/** An edit that was refused because somebody else was first. */
export const conflict = signal<{ readonly message: string; readonly action: EditAction } | null>(null);
/** What completing an interval gave, in words. */
export const completion = signal<string | null>(null);

export const phases: readonly string[] = [
  ...["P", "Pn", "Pg", "pP", "sP", "PcP", "PKP", "PKPdf", "PKPbc", "PKPab", "PKiKP", "PP", "Pdiff"],
  ...["S", "Sn", "Sg", "Lg", "Rg", "ScP", "ScS", "SKS", "LR", "T", "I", "tx"],
];

/** A mark of the waveforms that is being dragged, and where it stands now. */
export const dragged = signal<{ readonly arrivalKey: string; readonly time: number } | null>(null);

/** The hours of the data, with the interval that stands in each. */
export const hours = computed(() => {
  const now = status.value;
  if (now?.dataFrom == null) return [];
  const first = Math.floor(now.dataFrom / HOUR_SEC) * HOUR_SEC;
  const last = Math.max(now.dataTo ?? 0, now.processedTo ?? 0, first + 1);
  const count = Math.ceil((last - first) / HOUR_SEC);
  return Array.from({ length: count }, (_, i) => {
    const from = first + i * HOUR_SEC;
    const interval = intervals.value.find((one) => one.from <= from && from < one.to) ?? null;
    return { from, to: from + HOUR_SEC, interval, ready: (now.processedTo ?? 0) >= from + HOUR_SEC };
  });
});

export async function loadIntervals(): Promise<void> {
  const result = await attempt("intervals", () => client.reviewIntervals("LEB"));
  if (result) intervals.value = result.intervals;
}

export async function loadEdits(): Promise<void> {
  const key = selectedKey.value;
  if (!reviewing.value || key === null) {
    edits.value = [];
    return;
  }
  const result = await attempt("edits", () => client.edits("LEB", { eventKey: key }));
  if (result && selectedKey.value === key) edits.value = result.edits;
}

/** Keeps the record of edits beside the selected event; returns what ends it. */
export const followEdits = (): (() => void) =>
  effect(() => {
    // Every new version of the event has a new edit.
    void [detail.value, listName.value];
    void loadEdits();
  });

function named(): boolean {
  if (analyst.value.trim() !== "") return true;
  refuse("Who are you? Write your name at the right of the strip first: every edit is kept under it.");
  document.querySelector<HTMLInputElement>("#analyst")?.focus();
  return false;
}

function refuse(message: string): void {
  troubles.value = { ...troubles.value, review: message };
}

/** Runs one request after the other; its failure is shown. */
let queue: Promise<unknown> = Promise.resolve();
function inTurn(work: () => Promise<void>): Promise<void> {
  const turn = queue.then(async () => {
    busy.value = true;
    const { review: _gone, ...others } = troubles.value;
    troubles.value = others;
    try {
      await work();
    } catch (cause) {
      refuse(explain(cause));
    } finally {
      busy.value = false;
    }
  });
  queue = turn;
  return turn;
}

export function openHour(): Promise<void> {
  const hour = hours.value.find(({ from }) => from === chosenHour.value);
  if (!hour || !named()) return Promise.resolve();
  return inTurn(async () => {
    const { from, to } = hour.interval ?? hour;
    await client.openInterval("LEB", { analyst: analyst.value.trim(), from, to });
    completion.value = null;
    await loadIntervals();
    if (listName.value === "LEB") await loadEvents();
    else await showList("LEB");
  });
}

export function completeHour(): Promise<void> {
  const hour = hours.value.find(({ from }) => from === chosenHour.value);
  const interval = hour?.interval;
  if (!interval || !named()) return Promise.resolve();
  return inTurn(async () => {
    const { published, keptBack } = await client.completeInterval("LEB", {
      ...{ analyst: analyst.value.trim(), from: interval.from },
    });
    const kept = keptBack.map(({ eventKey, reason }) => `${eventKey}: ${reason}`).join("; ");
    completion.value = `${published.length} events published as REB${kept ? `; kept back: ${kept}` : ""}.`;
    await loadIntervals();
  });
}

/** Sends an edit of the selected event and shows what came of it. */
export function edit(action: EditAction, comment?: string): Promise<void> {
  if (!reviewing.value || !named()) return Promise.resolve();
  return inTurn(async () => {
    const key = selectedKey.value;
    if (key === null) return;
    const expectedVersion = detail.value?.key === key ? detail.value.version : 0;
    const request = { analyst: analyst.value.trim(), expectedVersion, action, ...(comment ? { comment } : {}) };
    try {
      await client.editEvent("LEB", key, request);
      conflict.value = null;
      // Of a rejected event there is no detail any more; its record of edits stays in sight, to undo by.
      await Promise.all([loadEvents(), loadDetail(), loadEdits()]);
    } catch (cause) {
      if (!(cause instanceof ApiError && cause.code === "EVENT_CHANGED")) throw cause;
      conflict.value = { message: cause.message, action };
      await loadDetail();
    }
  });
}

/** Does the refused edit again on the event as it is now. */
export function editAgain(): Promise<void> {
  const refused = conflict.value;
  if (!refused) return Promise.resolve();
  conflict.value = null;
  return edit(refused.action);
}

export const walk = computed(() => walkOf(edits.value));

const goTo = (version: number | null) =>
  version === null ? undefined : void edit(version === REJECTED ? { kind: "reject" } : { kind: "restore", version });

export const undo = (): void => goTo(walk.value.undo);
export const redo = (): void => goTo(walk.value.redo);

const ownKeys = () => new Set(rows.value.flatMap(({ picks }) => picks.map(({ arrivalKey }) => arrivalKey)));

/** Takes the chosen detections into the event, each as the phase that is due nearest to it. */
export async function associateChosen(): Promise<void> {
  const own = ownKeys();
  for (const key of [...chosen.value].filter((one) => !own.has(one))) {
    const phase = phaseFor(key);
    if (phase !== null) await edit({ kind: "associate", arrivalKey: key, phase });
  }
}

function phaseFor(arrivalKey: string): string | null {
  for (const row of rows.value) {
    const mark = row.others.find((other) => other.arrivalKey === arrivalKey);
    if (mark) return nearestPrediction(row, mark.time) ?? mark.phase;
  }
  return null;
}

export async function unassociateChosen(): Promise<void> {
  const own = ownKeys();
  for (const key of [...chosen.value].filter((one) => own.has(one)))
    await edit({ kind: "unassociate", arrivalKey: key });
}

export async function renameChosen(phase: string): Promise<void> {
  const own = ownKeys();
  for (const key of [...chosen.value].filter((one) => own.has(one)))
    await edit({ kind: "phase", arrivalKey: key, phase });
}

/** Chooses a detection: alone, or with those that are chosen already. Nothing under the pointer chooses nothing. */
export function choose(arrivalKey: string | null, more: boolean): void {
  if (arrivalKey === null) {
    if (!more) chosen.value = new Set();
    return;
  }
  const next = new Set(more ? chosen.value : []);
  if (more && next.has(arrivalKey)) next.delete(arrivalKey);
  else next.add(arrivalKey);
  chosen.value = next;
}

/** Moves an onset of the event. */
export function retime(arrivalKey: string, time: number, timeErrorSec: number): void {
  void edit({ kind: "retime", arrivalKey, time, timeErrorSec: Math.max(0.01, timeErrorSec) });
}

/** Standard deviation that a pick by eye gets, s. */
const PICK_ERROR_SEC = 0.3;

/** A new pick where the pointer stands. */
export function pickAtCursor(): void {
  const at = cursor.value;
  if (!at?.channel) {
    refuse("Point at a trace first: the pick is made where the pointer stands.");
    return;
  }
  const { station, channel, time } = at;
  const pick = { station, channel, time, timeErrorSec: PICK_ERROR_SEC, phase: currentPhase.value };
  void edit({ kind: "pick", ...pick });
}

/** A new event of the chosen detections. */
export function createFromChosen(): Promise<void> {
  if (!reviewing.value || !named()) return Promise.resolve();
  const known = new Map(arrivals.value.map((arrival) => [arrival.key, arrival]));
  const keys = [...chosen.value].filter((key) => known.has(key));
  if (keys.length === 0) {
    refuse("Choose detections first: click them in the waveforms, with Ctrl for more than one.");
    return Promise.resolve();
  }
  return inTurn(async () => {
    const { events } = await client.createEvent("LEB", {
      analyst: analyst.value.trim(),
      arrivals: keys.map((key) => ({ key, phase: known.get(key)!.phase })),
    });
    await loadEvents();
    batch(() => {
      chosen.value = new Set();
      select(events[0]!.key);
    });
  });
}
