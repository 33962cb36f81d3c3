/**
 * Which stretch of which trace is analysed: the measuring window that was drawn last, else the seconds about the chosen detection. The samples
 * are asked for only while the panel is in sight.
 */
import { batch, computed, effect, signal } from "@preact/signals";
import { explain } from "../explain.ts";
import { chosen, client, filter, measured, rows, stations } from "../state.ts";
import { componentsBeside } from "../traceRows.ts";
import { visiblePanels } from "../workspace/dock.ts";
import type { Analysis, AnalysisInput, TimeWindow, Trace } from "./analysis.ts";

export interface SignalSubject {
  readonly station: string;
  readonly channel: string;
  readonly window: TimeWindow;
  /** Azimuth from the station to the event in sight, deg; null without one. */
  readonly azimuthDeg: number | null;
}

/** About a chosen detection, s. */
const BEFORE_SEC = 1;
const AFTER_SEC = 9;
/** Of the trace beside the window: as much as the window is long, at least and at most, s. */
const LEAST_BESIDE_SEC = 30;
const MOST_BESIDE_SEC = 600;

export const analysis = signal<Analysis | null>(null);
export const refusal = signal<string | null>(null);
export const isLoading = signal(false);

export const subject = computed((): SignalSubject | null => {
  const drawn = measured.value;
  const row = drawn && rows.value.find(({ station }) => station === drawn.station);
  if (drawn) return { ...drawn, window: drawn, azimuthDeg: row?.azimuthDeg ?? null };
  const key = [...chosen.value].at(-1);
  if (key === undefined) return null;
  for (const { station, channel, azimuthDeg, picks, others } of rows.value) {
    const mark = [...picks, ...others].find(({ arrivalKey }) => arrivalKey === key);
    if (mark && channel) {
      return { station, channel, azimuthDeg, window: { from: mark.time - BEFORE_SEC, to: mark.time + AFTER_SEC } };
    }
  }
  return null;
});

/** Vertical, north and east of the sensor; null where they are not there under these letters. */
function threeOf(station: string, channel: string): readonly [string, string, string] | null {
  const known = stations.value?.find(({ code }) => code === station);
  const keys = known ? componentsBeside(known, channel) : [];
  const [z, n, e] = ["Z", "N", "E"].map((letter) => keys.find((key) => key.endsWith(letter)));
  return z && n && e ? [z, n, e] : null;
}

/** The stretch without a gap that holds most of the window. */
async function samplesOf(
  channel: string,
  { from, to }: TimeWindow,
  band: string,
  heart: TimeWindow,
): Promise<Trace | null> {
  const tile = await client.waveforms({ channel, from, to, samples: 1, filter: band });
  if (tile.kind !== "samples") throw new Error("The centre sent an envelope instead of samples.");
  const held = (one: Trace) =>
    Math.min(heart.to, one.startTime + one.samples.length / one.sampleRateHz) - Math.max(heart.from, one.startTime);
  const [best] = tile.segments.filter((one) => held(one) > 0).toSorted((a, b) => held(b) - held(a));
  return best ?? null;
}

async function inputOf({ station, channel, window }: SignalSubject, band: string): Promise<AnalysisInput | null> {
  const lengthSec = window.to - window.from;
  const besideSec = Math.min(MOST_BESIDE_SEC, Math.max(LEAST_BESIDE_SEC, 1.5 * lengthSec));
  const three = threeOf(station, channel);
  const [trace, ...components] = await Promise.all([
    samplesOf(channel, { from: window.from - besideSec, to: window.to + besideSec }, "none", window),
    ...(three ?? []).map((key) => samplesOf(key, { from: window.from - 1, to: window.to + 1 }, band, window)),
  ]);
  if (!trace) return null;
  const [z, n, e] = components;
  return { trace, window, components: z && n && e ? [z, n, e] : null };
}

let worker: Worker | null = null;
let asked = 0;

function inWorker(number: number, input: AnalysisInput): Promise<Analysis | null> {
  worker ??= new Worker(new URL("./analysisWorker.ts", import.meta.url), { type: "module" });
  const own = worker;
  return new Promise((resolve, reject) => {
    const done = () => {
      own.removeEventListener("message", onMessage);
      own.removeEventListener("error", onError);
    };
    const onMessage = ({ data }: MessageEvent<{ number: number; analysis: Analysis }>) => {
      if (data.number !== number) return;
      done();
      resolve(data.analysis);
    };
    const onError = (event: ErrorEvent) => {
      done();
      reject(new Error(event.message || "The analysis could not be computed."));
    };
    own.addEventListener("message", onMessage);
    own.addEventListener("error", onError);
    const traces = [input.trace, ...(input.components ?? [])];
    own.postMessage({ number, input }, [...new Set(traces.map(({ samples }) => samples.buffer))]);
  });
}

async function load(now: SignalSubject, band: string): Promise<void> {
  const number = ++asked;
  isLoading.value = true;
  let [found, sentence]: [Analysis | null, string | null] = [null, null];
  try {
    const input = await inputOf(now, band);
    if (number !== asked) return;
    if (input) found = await inWorker(number, input);
    else sentence = `${now.station} has no data in this window.`;
  } catch (cause) {
    sentence = explain(cause);
  }
  if (number !== asked) return;
  batch(() => {
    isLoading.value = false;
    analysis.value = found;
    refusal.value = sentence;
  });
}

/** While a window is drawn only its last form is analysed, ms. */
const SETTLE_MS = 150;

/** Analyses whenever the subject changes while the panel is in sight; returns what ends it. */
export function followSignals(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = "";
  const end = effect(() => {
    const [now, band] = [subject.value, filter.value];
    if (!visiblePanels.value.has("signal") || !now) return;
    const key = JSON.stringify([now.channel, now.window, band]);
    if (key === last) return;
    last = key;
    clearTimeout(timer);
    timer = setTimeout(() => void load(now, band), SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}
