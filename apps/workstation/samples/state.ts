/** What the page of samples knows and what is selected, as signals, and the calls that fill them. The selected sample stands in the address after the #. */
import {
  type ConcentrationSeries,
  createClient,
  type ReanalysisRequest,
  type SampleDetail,
  type SampleReportRecord,
  type SampleReviewRequest,
  type SampleSummary,
  type XenonRatios,
} from "@harken/api";
import { batch, computed, effect, signal } from "@preact/signals";
import { createAttempts } from "../attempts.ts";
import { fetchHere } from "../session.ts";
import { type EnergyView, spectrumPicture, wholeView } from "./spectrumPicture.ts";

export const client = createClient(location.origin, fetchHere);
/** What went wrong, by what it was for; shown until it works again. */
export const { troubles, attempt } = createAttempts();

export const samples = signal<readonly SampleSummary[] | null>(null);
export const selectedKey = signal<string | null>(decodeURIComponent(location.hash.slice(1)) || null);
export const detail = signal<SampleDetail | null>(null);
export const series = signal<ConcentrationSeries | null>(null);
/** Of the station of a noble-gas sample; null for others. */
export const ratios = signal<XenonRatios | null>(null);
/** The nuclide whose lines are laid over the spectrum and whose concentrations are drawn. */
export const nuclide = signal<string | null>(null);
export const view = signal<EnergyView>({ fromKeV: 0, toKeV: 2800 });
export const logarithmic = signal(true);

export const picture = computed(() =>
  detail.value?.display?.kind === "spectrum"
    ? spectrumPicture(detail.value.display, newestReport(detail.value)?.peaks ?? [])
    : null,
);
/** The report to look at. */
export const report = computed(() => newestReport(detail.value));

/** The reviewed one where there is one, unless the sample was edited since. */
function newestReport(sample: SampleDetail | null): SampleReportRecord | null {
  if (!sample) return null;
  const { reviewed, draft, automatic, edits } = sample;
  const isOlder = reviewed && (edits.at(-1)?.time ?? 0) > reviewed.createdTime;
  return (isOlder ? draft : (reviewed ?? draft)) ?? automatic;
}

export async function loadSamples(): Promise<void> {
  const result = await attempt("samples", () => client.samples());
  if (!result) return;
  batch(() => {
    samples.value = result.samples;
    const first = result.samples.find(({ dataType }) => dataType === "SAMPLEPHD");
    if (selectedKey.value === null && first) select(first.key);
  });
}

export function select(key: string): void {
  selectedKey.value = key;
  history.replaceState(null, "", `#${encodeURIComponent(key)}`);
}

export function moveSelection(by: number): void {
  const list = samples.value ?? [];
  const at = list.findIndex(({ key }) => key === selectedKey.value);
  const next = list[Math.max(0, Math.min(list.length - 1, at + by))];
  if (next) select(next.key);
}

async function loadDetail(key: string): Promise<void> {
  const result = await attempt("sample", () => client.sample(key));
  if (selectedKey.value === key) show(result);
}

function show(result: SampleDetail | null): void {
  batch(() => {
    const other = result?.summary.key !== detail.value?.summary.key;
    detail.value = result;
    if (!other) return;
    const nuclides = newestReport(result)?.nuclides ?? [];
    const kept = nuclides.some(({ name }) => name === nuclide.value);
    if (!kept) nuclide.value = nuclides.find(({ identified }) => identified)?.name ?? nuclides[0]?.name ?? null;
    if (picture.value) view.value = wholeView(picture.value);
  });
}

async function loadSeries(station: string, name: string): Promise<void> {
  const result = await attempt("series", () => client.concentrations({ station, nuclide: name }));
  if (detail.value?.summary.station === station && nuclide.value === name) series.value = result;
}

export async function proposeReview(request: SampleReviewRequest): Promise<string | null> {
  return edit((key) => client.reviewSample(key, request));
}

export async function releaseReview(analyst: string, version: number): Promise<string | null> {
  return edit((key) => client.releaseSample(key, { analyst, version }));
}

export async function reanalyse(request: ReanalysisRequest): Promise<string | null> {
  return edit((key) => client.reanalyseSample(key, request));
}

async function loadRatios(station: string): Promise<void> {
  const result = await attempt("ratios", () => client.xenonRatios({ station }));
  if (detail.value?.summary.station === station) ratios.value = result;
}

/** Null when it was taken; the reason in words otherwise. */
export async function edit(call: (key: string) => Promise<SampleDetail>): Promise<string | null> {
  const key = selectedKey.value;
  if (key === null) return null;
  const result = await attempt("review", () => call(key));
  if (!result) return troubles.value["review"] ?? null;
  if (selectedKey.value === key) show(result);
  await loadSamples();
  return null;
}

const POLL_MS = 5000;

export function followSamples(): void {
  void loadSamples();
  setInterval(() => void loadSamples(), POLL_MS);
  effect(() => {
    if (selectedKey.value !== null) void loadDetail(selectedKey.value);
  });
  effect(() => {
    const station = detail.value?.summary.station;
    if (station !== undefined && nuclide.value !== null) void loadSeries(station, nuclide.value);
    else series.value = null;
  });
  effect(() => {
    const summary = detail.value?.summary;
    if (summary && summary.system !== "P") void loadRatios(summary.station);
    else ratios.value = null;
  });
  window.addEventListener("hashchange", () => {
    selectedKey.value = decodeURIComponent(location.hash.slice(1)) || null;
  });
  onPlainKey((key) => {
    if (key === "j" || key === "ArrowDown") moveSelection(1);
    else if (key === "k" || key === "ArrowUp") moveSelection(-1);
    else if (key === "l") logarithmic.value = !logarithmic.value;
    else if (key === "0" && picture.value) view.value = wholeView(picture.value);
  });
}

/** Keys that are pressed alone, and not while somebody writes. */
export function onPlainKey(pressed: (key: string) => void): void {
  document.addEventListener("keydown", ({ key, target, ctrlKey, metaKey, altKey }) => {
    const writes = [HTMLInputElement, HTMLTextAreaElement, HTMLSelectElement].some((kind) => target instanceof kind);
    if (!ctrlKey && !metaKey && !altKey && !writes) pressed(key);
  });
}
