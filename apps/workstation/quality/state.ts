/** What the page of radionuclide quality knows, as signals, and the calls that fill them. The view and the station stand in the address after the #. */
import {
  type ControlCharts,
  createClient,
  type LaboratoryList,
  type SampleStatistics,
  type SampleSummary,
} from "@harken/api";
import { batch, effect, signal } from "@preact/signals";
import { createAttempts } from "../attempts.ts";
import { fetchHere } from "../session.ts";

export const views = { charts: "Control charts", laboratories: "Laboratories", statistics: "Statistics" } as const;
export type View = keyof typeof views;

export const client = createClient(location.origin, fetchHere);
export const { troubles, attempt } = createAttempts();

const [wantedView, wantedStation] = decodeURIComponent(location.hash.slice(1)).split("/");
export const view = signal<View>(wantedView !== undefined && wantedView in views ? (wantedView as View) : "charts");
/** Null for the first. */
export const station = signal<string | null>(wantedStation || null);
export const charts = signal<ControlCharts | null>(null);
export const laboratories = signal<LaboratoryList | null>(null);
export const statistics = signal<SampleStatistics | null>(null);
/** Samples that a laboratory can be asked about. */
export const samples = signal<readonly SampleSummary[]>([]);

async function loadCharts(wanted: string | null): Promise<void> {
  const result = await attempt("charts", () => client.controlCharts(wanted === null ? {} : { station: wanted }));
  if (result && station.value === wanted) charts.value = result;
}

async function loadLaboratories(): Promise<void> {
  const list = await attempt("laboratories", () => client.laboratories());
  const known = await attempt("samples", () => client.samples({ dataType: "SAMPLEPHD" }));
  batch(() => {
    if (list) laboratories.value = list;
    if (known) samples.value = known.samples;
  });
}

async function loadStatistics(): Promise<void> {
  const result = await attempt("statistics", () => client.sampleStatistics());
  if (result) statistics.value = result;
}

/** Null when it was taken; the reason in words otherwise. */
export async function change(call: () => Promise<LaboratoryList>): Promise<string | null> {
  const result = await attempt("change", call);
  if (!result) return troubles.value["change"] ?? null;
  laboratories.value = result;
  return null;
}

const POLL_MS = 15_000;

export function followQuality(): void {
  const load = () => {
    if (view.value === "charts") void loadCharts(station.value);
    else if (view.value === "laboratories") void loadLaboratories();
    else void loadStatistics();
  };
  effect(() => {
    history.replaceState(null, "", `#${view.value}${station.value === null ? "" : `/${station.value}`}`);
    load();
  });
  setInterval(load, POLL_MS);
}
