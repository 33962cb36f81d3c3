/**
 * What the page knows and what is selected, as signals, and the calls that fill them. One selection for all panels; it stands in the
 * address after the #, so that a link opens the same event.
 */
import {
  type ArrivalRecord,
  createClient,
  type EventDetail,
  type EventSummary,
  type PredictedArrival,
  pageLimits,
  type StationSummary,
  type Status,
  type TruthReport,
} from "@harken/api";
import { batch, computed, effect, signal } from "@preact/signals";
import { createAttempts } from "./attempts.ts";
import { type Sorting, sortEvents } from "./eventColumns.ts";
import { fetchHere } from "./session.ts";
import {
  type Alignment,
  buildTraceRows,
  firstView,
  type GrippedMark,
  type Scaling,
  type TimeView,
} from "./traceRows.ts";

export const listNames = ["SEL1", "SEL2", "SEL3", "LEB", "REB", "SEB", "SSEB"] as const;
export type ListName = (typeof listNames)[number];
/** The bulletin in sight: automatic ones, the analysts' own, published. Only the analysts' own can be edited. */
export const listName = signal<ListName>("SEL1");
export const reviewing = computed(() => listName.value === "LEB");
export const client = createClient(location.origin, fetchHere);
/** What went wrong, by what it was for; shown until it works again. */
export const { troubles, attempt } = createAttempts();

export const filters: readonly string[] = ["none", "bp:0.5-2", "bp:0.8-3", "bp:1-4", "bp:2-8"];
const defaultFilter = "bp:0.8-3";

export const status = signal<Status | null>(null);
export const stations = signal<readonly StationSummary[] | null>(null);
export const events = signal<readonly EventSummary[] | null>(null);
export const truth = signal<TruthReport | null>(null);
export const detail = signal<EventDetail | null>(null);
export const predictions = signal<readonly PredictedArrival[]>([]);
/** Every detection about the time of the selected event. */
export const arrivals = signal<readonly ArrivalRecord[]>([]);
export const connection = signal<"stream" | "polling" | "lost">("polling");

export const selectedKey = signal<string | null>(keyFromHash());
export const sorting = signal<Sorting>({ column: "time", descending: false });
export const filter = signal<string>(defaultFilter);
export const align = signal<Alignment>("P");
export const showAll = signal(false);
/** Whether every component of a station is drawn. */
export const components = signal(false);
/** Whether detections that the event does not have are drawn. */
export const showOthers = signal(true);
/** Least height of a trace, px. */
export const rowHeights: readonly number[] = [38, 24, 16];
export const rowHeight = signal(rowHeights[0]!);
/** A detection to show in the waveforms. */
export const focus = signal<{ readonly station: string; readonly time: number } | null>(null);
/** What is under the pointer in the waveforms. */
export const cursor = signal<{
  readonly station: string;
  readonly channel: string | null;
  readonly time: number;
  readonly sec: number;
  /** Largest excursion of the trace in sight, in its unit; null before its tile has come. */
  readonly reach: number | null;
  /** The detection under the pointer. */
  readonly mark: GrippedMark | null;
} | null>(null);
/** The measuring window: a stretch of one trace, epoch s. */
export const measured = signal<{
  readonly station: string;
  readonly channel: string;
  readonly from: number;
  readonly to: number;
} | null>(null);
/** How amplitudes are scaled: each trace to its own band, all in sight alike, or all to one largest excursion. */
export const scaling = signal<Scaling>({ kind: "own" });
/** Views that zooming in has left, the last one at the end: zooming out comes back to exactly them. */
export const viewsBefore = signal<readonly TimeView[]>([]);
/** Tiles of the traces in sight that are there, of how many. */
export const tilesReady = signal<{ readonly ready: number; readonly wanted: number }>({ ready: 0, wanted: 0 });
export const gain = signal(1);
export const view = signal<TimeView>({ from: -30, to: 90 });
export const keySheetOpen = signal(false);
/** Detections chosen in the waveforms, by arrival key. */
export const chosen = signal<ReadonlySet<string>>(new Set());

export const sortedEvents = computed(() => sortEvents(events.value ?? [], sorting.value));
export const rows = computed(() =>
  detail.value === null
    ? []
    : buildTraceRows({
        event: detail.value,
        predictions: predictions.value,
        stations: stations.value ?? [],
        arrivals: arrivals.value,
        showAll: showAll.value,
        components: components.value,
        align: align.value,
      }),
);

function keyFromHash(): string | null {
  const text = location.hash.slice(1);
  try {
    return text === "" ? null : decodeURIComponent(text);
  } catch {
    return null;
  }
}

export function select(key: string | null): void {
  if (key === selectedKey.value) return;
  selectedKey.value = key;
  history.replaceState(null, "", key === null ? location.pathname : `#${encodeURIComponent(key)}`);
}

/** Moves the selection by rows of the list as it is sorted. */
export function moveSelection(by: number): void {
  const list = sortedEvents.value;
  if (list.length === 0) return;
  const at = list.findIndex(({ key }) => key === selectedKey.value);
  const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.max(0, Math.min(list.length - 1, at + by));
  select(list[next]!.key);
}

/** Shows another bulletin; the selected event stays selected where that bulletin has it. */
export async function showList(list: ListName): Promise<void> {
  if (list === listName.value) return;
  batch(() => {
    listName.value = list;
    events.value = null;
    chosen.value = new Set();
  });
  await loadEvents();
  const found = events.value?.find(({ key }) => key === selectedKey.value) ?? events.value?.[0];
  if (found?.key === selectedKey.value) await loadDetail();
  else select(found?.key ?? null);
}

export async function loadStatus(): Promise<void> {
  const result = await attempt("status", () => client.status());
  if (result) status.value = result;
}

export async function loadStations(): Promise<void> {
  const result = await attempt("stations", () => client.stations());
  if (result) stations.value = result;
}

export async function loadTruth(): Promise<void> {
  const result = await attempt("truth", () => client.truth());
  if (result) truth.value = result;
}

/** All of a list, in as many questions as the centre's largest answer needs. */
async function everyEvent(list: ListName): Promise<readonly EventSummary[]> {
  const found: EventSummary[] = [];
  for (;;) {
    const { total, events } = await client.events(list, { limit: pageLimits.maxLimit, offset: found.length });
    found.push(...events);
    if (events.length === 0 || found.length >= total || listName.value !== list) return found;
  }
}

export async function loadEvents(): Promise<void> {
  const list = listName.value;
  const found = await attempt("events", () => everyEvent(list));
  if (!found || listName.value !== list) return;
  batch(() => {
    events.value = found;
    if (selectedKey.value === null && found.length > 0) select(found[0]!.key);
  });
}

/** Detections are shown from before the origin to after the slowest phases of the phase list, s. */
const ARRIVALS_BEFORE_SEC = 300;
const ARRIVALS_AFTER_SEC = 2700;

async function loadArrivals({ time }: EventDetail): Promise<readonly ArrivalRecord[]> {
  const window = {
    ...{ from: time - ARRIVALS_BEFORE_SEC, to: time + ARRIVALS_AFTER_SEC, limit: pageLimits.maxLimit },
    list: listName.value,
  };
  return (await attempt("arrivals", () => client.arrivals(window)))?.arrivals ?? [];
}

/** Fetches the selected event; the answer of an event that is no longer selected is dropped. */
export async function loadDetail(): Promise<void> {
  const key = selectedKey.value;
  const list = listName.value;
  if (key === null) return;
  const [event, due] = await Promise.all([
    attempt("event", () => client.event(key, { list })),
    attempt("predictions", () => client.predictions(key, { list })),
  ]);
  if (selectedKey.value !== key || listName.value !== list) return;
  batch(() => {
    const fresh = detail.value?.key !== event?.key;
    detail.value = event;
    predictions.value = due?.predictions ?? [];
    if (fresh) {
      arrivals.value = [];
      chosen.value = new Set();
      measured.value = null;
      resetView();
    }
  });
  const around = event ? await loadArrivals(event) : [];
  if (selectedKey.value === key && listName.value === list) arrivals.value = around;
}

const MOST_VIEWS = 100;

export function resetView(): void {
  view.value = firstView(rows.value, align.value);
  viewsBefore.value = [];
  gain.value = 1;
}

/** Zooms in on a part of the view, to which `zoomOut` comes back. */
export function zoomTo(next: TimeView): void {
  viewsBefore.value = [...viewsBefore.value, view.value].slice(-MOST_VIEWS);
  view.value = next;
}

/** Back to the view before the last zoom, exactly; false where there is none. */
export function zoomBack(): boolean {
  const last = viewsBefore.value.at(-1);
  if (!last) return false;
  viewsBefore.value = viewsBefore.value.slice(0, -1);
  view.value = last;
  return true;
}

/** Follows the selection; returns what ends it. */
export function followSelection(): () => void {
  const onHash = () => {
    selectedKey.value = keyFromHash();
  };
  window.addEventListener("hashchange", onHash);
  const end = effect(() => {
    if (selectedKey.value === null) detail.value = null;
    else void loadDetail();
  });
  return () => {
    window.removeEventListener("hashchange", onHash);
    end();
  };
}
