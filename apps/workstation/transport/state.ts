/**
 * What the page of transport knows, and what is chosen on it, as signals, with the calls that fill them. The chosen sample stands in the address after the
 * #, as STATION.YYYYMMDDHH, or with the centre as one field's key.
 */
import { createClient, type EventSummary, type FieldList, type FieldMeasurement, type FieldSummary } from "@harken/api";
import { type CorrelationKind, eventRegard, fieldName, speciesNamed } from "@harken/atmosphere";
import type { SourceReceptorField } from "@harken/core";
import { decodeSourceReceptorField } from "@harken/formats";
import { batch, computed, effect, signal } from "@preact/signals";
import { createAttempts } from "../attempts.ts";
import { fetchHere } from "../session.ts";
import { type Plume, readPlume } from "./plume.ts";
import { type ChosenField, type FieldProduct, productMap, type Question, seriesOfChosen } from "./products.ts";

export const client = createClient(location.origin, fetchHere);
/** What went wrong, by what it was for; shown until it works again. */
export const { troubles, attempt } = createAttempts();

export const list = signal<FieldList | null>(null);
export const chosenKeys = signal<ReadonlySet<string>>(new Set());
const loaded = signal<ReadonlyMap<string, SourceReceptorField>>(new Map());
/** Concentrations that somebody typed, Bq/m^3, by sample. */
export const typed = signal<ReadonlyMap<string, number>>(new Map());
/** Decays on the way and is what was measured; "" for a tracer and a table's plain concentrations. */
export const nuclide = signal("");
export const product = signal<FieldProduct>("regard");
/** A forward run on the map in place of fields. */
export const plume = signal<Plume | null>(null);
export const correlation = signal<CorrelationKind>("pearson");
export const threshold = signal(0);
export const decades = signal(2);
/** Largest value of the scale where it is held; null follows the map. */
export const top = signal<number | null>(null);
/** Steps that the map is of together; null for all of them. */
export const width = signal<number | null>(null);
export const firstSlot = signal(0);
export const playing = signal(false);
export const cell = signal<number | null>(null);
export const showStations = signal(true);
export const showBorders = signal(true);
export const showEvents = signal(true);
export const eventList = signal("SEL1");
export const events = signal<readonly EventSummary[]>([]);
export const reachKm = signal(100);
export const withinDays = signal(3);

export const sampleName = ({ station, sampleStop }: FieldSummary) => fieldName(station, sampleStop);

/** What somebody typed goes before the centre's own. */
export function measurementOf(summary: FieldSummary): FieldMeasurement | null {
  const own = typed.value.get(sampleName(summary));
  if (own !== undefined) return { nuclide: null, bqPerM3: own, uncertaintyBqPerM3: 0, mdcBqPerM3: null };
  const of = (name: string | null) => summary.measured.find((one) => one.nuclide === name);
  return (nuclide.value !== "" ? of(nuclide.value) : undefined) ?? of(null) ?? null;
}

export const chosen = computed<readonly ChosenField[]>(() =>
  (plume.value ? [] : (list.value?.fields ?? [])).flatMap((summary) => {
    const field = chosenKeys.value.has(summary.key) ? loaded.value.get(summary.key) : undefined;
    return field ? [{ summary, field, measured: measurementOf(summary) }] : [];
  }),
);

/** Fields of the chosen on one grid and clock, or the sentence that says why they cannot be. */
export const series = computed(() => {
  if (plume.value) return plume.value.series;
  try {
    const halfLifeSec = speciesNamed(nuclide.value)?.halfLifeSec ?? null;
    return seriesOfChosen(chosen.value, halfLifeSec === null ? null : { halfLifeSec });
  } catch (cause) {
    if (cause instanceof RangeError) return `${cause.message[0]!.toUpperCase()}${cause.message.slice(1)}.`;
    throw cause;
  }
});

export const slots = computed<readonly [number, number]>(() => {
  const now = series.value;
  if (now === null || typeof now === "string") return [0, 0];
  if (width.value === null) return [0, now.slots];
  const first = Math.min(firstSlot.value, Math.max(0, now.slots - width.value));
  return [first, Math.min(now.slots, first + width.value)];
});

export const question = computed<Question>(() => ({
  ...{
    product: plume.value ? "plume" : product.value,
    kind: correlation.value,
    threshold: threshold.value,
    slots: slots.value,
  },
}));

/** The map, or a sentence in its place. */
export const map = computed(() => {
  const now = series.value;
  if (now === null) return chosenKeys.value.size > 0 ? "Fetching the fields …" : "Choose a field in the list.";
  return typeof now === "string" ? now : productMap(now, chosen.value, question.value);
});

export const largest = computed(() => {
  const now = map.value;
  if (typeof now === "string") return 0;
  let most = 0;
  for (let i = 0; i < now.values.length; i++) most = Math.max(most, now.values[i]!);
  return most;
});

/** Waveform events whose place was in the chosen samples' air after their time, those of most samples first. */
export const eventMatches = computed(() => {
  const now = series.value;
  if (plume.value || now === null || typeof now === "string") return [];
  const options = { reachKm: reachKm.value, withinSec: withinDays.value * 86_400, threshold: threshold.value };
  return eventRegard(now, events.value, options)
    .map((regard, i) => ({ event: events.value[i]!, ...regard }))
    .filter(({ sensitivity, samples }) => sensitivity > 0 && samples.length > 0)
    .sort((a, b) => b.samples.length - a.samples.length || b.sensitivity - a.sensitivity);
});

export async function loadList(): Promise<void> {
  const result = await attempt("fields", () => client.fields());
  if (!result || JSON.stringify(result) === JSON.stringify(list.value)) return;
  const isFirst = list.value === null;
  const before = new Map(list.value?.fields.map((one) => [one.key, one.entries]));
  const changed = result.fields.filter(({ key, entries }) => before.has(key) && before.get(key) !== entries);
  batch(() => {
    // A file that was written anew is fetched anew.
    if (changed.length > 0) {
      loaded.value = new Map([...loaded.value].filter(([key]) => !changed.some((one) => one.key === key)));
      chosenKeys.value = new Set(chosenKeys.value);
    }
    list.value = result;
    if (isFirst) chooseByAddress();
  });
}

/** The fields that the address names; the newest without one. */
export function chooseByAddress(): void {
  const name = decodeURIComponent(location.hash.slice(1));
  const fields = list.value?.fields ?? [];
  const named = fields.filter(({ key }) => key === name || key.startsWith(`${name}.`)).map(({ key }) => key);
  if (name !== "") {
    chosenKeys.value = new Set(named);
    if (named.length === 0 && list.value)
      troubles.value = { ...troubles.value, address: `The centre has no field of ${name} yet.` };
  } else if (fields[0]) chosenKeys.value = new Set([fields[0].key]);
}

export function chooseOnly(key: string): void {
  plume.value = null;
  chosenKeys.value = new Set([key]);
  history.replaceState(null, "", `#${encodeURIComponent(key)}`);
}

export function chooseAll(keys: readonly string[]): void {
  plume.value = null;
  chosenKeys.value = new Set(keys);
}

export function toggle(key: string): void {
  plume.value = null;
  const next = new Set(chosenKeys.value);
  if (!next.delete(key)) next.add(key);
  chosenKeys.value = next;
}

export function moveSelection(by: number): void {
  const fields = list.value?.fields ?? [];
  const at = fields.findIndex(({ key }) => chosenKeys.value.has(key));
  const next = fields[Math.max(0, Math.min(fields.length - 1, at + by))];
  if (next) chooseOnly(next.key);
}

/** Steps through time; from the whole to the first or last step. */
export function moveTime(by: number): void {
  const now = series.value;
  if (now === null || typeof now === "string" || now.slots === 0) return;
  const last = Math.max(0, now.slots - (width.value ?? 1));
  if (width.value === null) {
    width.value = 1;
    firstSlot.value = by > 0 ? 0 : last;
  } else firstSlot.value = (((firstSlot.value + by) % (last + 1)) + last + 1) % (last + 1);
}

/** Fields are fetched once, four at a time. */
const wanted: string[] = [];
let fetching = 0;
function fetchFields(): void {
  while (fetching < 4 && wanted.length > 0) {
    const key = wanted.shift()!;
    fetching++;
    void attempt(`field ${key}`, async () => {
      const { items, problems } = decodeSourceReceptorField(await client.fieldFile(key));
      if (!items[0]) throw new Error(problems[0]?.message ?? "The field is empty.");
      loaded.value = new Map(loaded.value).set(key, items[0]);
    }).finally(() => {
      fetching--;
      fetchFields();
    });
  }
}

async function loadEvents(name: string, from: number, to: number): Promise<void> {
  const result = await attempt("events", () => client.events(name, { from, to, limit: 10_000 }));
  events.value = result?.events ?? [];
}

export async function showPlume(key: string): Promise<void> {
  const result = await attempt(`plume ${key}`, async () => readPlume(key, await client.plume(key)));
  if (result) plume.value = result;
}

const POLL_MS = 5000;
const FRAME_MS = 250;

export function followFields(): void {
  void loadList();
  setInterval(() => void loadList(), POLL_MS);
  effect(() => {
    const has = loaded.peek();
    for (const key of chosenKeys.value) if (!has.has(key) && !wanted.includes(key)) wanted.push(key);
    fetchFields();
  });
  let span = "";
  effect(() => {
    const now = series.value;
    if (now === null || typeof now === "string") return;
    const [from, to] = [now.startTime - withinDays.value * 86_400, now.startTime + now.slots * now.slotSec];
    if (span === `${eventList.value} ${from} ${to}`) return;
    span = `${eventList.value} ${from} ${to}`;
    void loadEvents(eventList.value, from, to);
  });
  setInterval(() => playing.value && moveTime(1), FRAME_MS);
  window.addEventListener("hashchange", chooseByAddress);
  document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    if (ctrlKey || metaKey || altKey || target instanceof HTMLInputElement || target instanceof HTMLSelectElement)
      return;
    if (key === "j") moveSelection(1);
    else if (key === "k") moveSelection(-1);
    else if (key === "ArrowRight") moveTime(1);
    else if (key === "ArrowLeft") moveTime(-1);
    else if (key === "p") playing.value = !playing.value;
    else if (key === "a") width.value = null;
  });
}
