/** Draws an f-k picture: semblance over slowness with rings of apparent velocity and markers; and below it the beam and how the peak moves. */
import type { SlownessPicture } from "@harken/api";
import { KM_PER_DEGREE } from "@harken/core";
import { formatNumber } from "./format.ts";
import { theme } from "./theme.ts";

export interface SlownessMarker {
  readonly north: number;
  readonly east: number;
  readonly words: string;
  readonly kind: "peak" | "measured" | "predicted" | "steered";
}

export interface PlanePlace {
  readonly north: number;
  readonly east: number;
}

/** Where a slowness stands in a square of `size` pixels, and back. */
export const planeScale = (size: number, most: number) => {
  const middle = size / 2;
  const perUnit = (middle - MARGIN) / most;
  return {
    x: (east: number) => middle + east * perUnit,
    y: (north: number) => middle - north * perUnit,
    place: (x: number, y: number): PlanePlace => ({ east: (x - middle) / perUnit, north: (middle - y) / perUnit }),
  };
};

const MARGIN = 14;

/** Dark blue over green to yellow: even steps of lightness, also for the colour-blind. */
const stops = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
] as const;

export function shadeOf(share: number): readonly [number, number, number] {
  const at = Math.min(0.9999, Math.max(0, share)) * (stops.length - 1);
  const [a, b] = [stops[Math.floor(at)]!, stops[Math.floor(at) + 1]!];
  const part = at % 1;
  return [0, 1, 2].map((i) => Math.round(a[i]! + part * (b[i]! - a[i]!))) as [number, number, number];
}

/** Velocities of rings, km/s: those that the field names waves by, as far as they fit. */
const velocities = [24, 12, 8, 6, 4.5, 3.5, 2, 1.5, 1, 0.5, 0.34, 0.28] as const;
/** Rings nearer to each other than this share of the picture are not drawn. */
const LEAST_GAP = 0.09;

export function ringsFor(most: number): readonly { readonly velocity: number; readonly slowness: number }[] {
  const rings: { velocity: number; slowness: number }[] = [];
  for (const velocity of velocities) {
    const slowness = KM_PER_DEGREE / velocity;
    const last = rings.at(-1)?.slowness ?? 0;
    if (slowness <= most && slowness - last >= LEAST_GAP * most) rings.push({ velocity, slowness });
  }
  return rings;
}

const markerColours = {
  peak: "#ffffff",
  measured: theme.pick,
  predicted: "#6db3ff",
  steered: "#ff9d2e",
} as const;

export function drawPlane(
  context: CanvasRenderingContext2D,
  size: number,
  { semblance, gridCount, maxSlownessSecPerDeg: most, peak }: SlownessPicture,
  markers: readonly SlownessMarker[],
): void {
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, size, size);
  const { x, y } = planeScale(size, most);
  const step = (2 * most) / (gridCount - 1);
  const cell = x(step) - x(0);
  const low = floorOf(semblance);
  const span = Math.max(1e-3, peak.semblance - low);
  semblance.forEach((value, i) => {
    if (value === 0) return;
    const [north, east] = [Math.floor(i / gridCount) * step - most, (i % gridCount) * step - most];
    context.fillStyle = `rgb(${shadeOf((value - low) / span).join(" ")})`;
    context.fillRect(x(east) - cell / 2, y(north) - cell / 2, cell + 0.6, cell + 0.6);
  });
  context.font = theme.smallFont;
  context.strokeStyle = "#ffffff80";
  context.fillStyle = "#ffffffd0";
  context.lineWidth = 1;
  for (const { velocity, slowness } of ringsFor(most)) {
    context.beginPath();
    context.arc(x(0), y(0), x(slowness) - x(0), 0, 2 * Math.PI);
    context.stroke();
    const label = x(slowness * Math.SQRT1_2);
    context.fillText(`${velocity}`, label + 2, y(-slowness * Math.SQRT1_2) + 9);
  }
  context.beginPath();
  for (const [a, b] of [
    [-most, most],
    [most, -most],
  ] as const) {
    context.moveTo(x(a), y(0));
    context.lineTo(x(b), y(0));
    context.moveTo(x(0), y(a));
    context.lineTo(x(0), y(b));
  }
  context.stroke();
  context.fillStyle = theme.ink;
  context.textAlign = "center";
  context.fillText("N", x(0), 10);
  context.fillText("E", size - 6, y(0) + 4);
  context.fillText("S", x(0), size - 3);
  context.fillText("W", 6, y(0) + 4);
  context.textAlign = "left";
  for (const marker of markers) drawMarker(context, marker, x(marker.east), y(marker.north), size);
}

/** The darkest shade stands for the lower quarter of the points: noise. */
function floorOf(semblance: readonly number[]): number {
  const sorted = semblance.filter((value) => value > 0).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 4)] ?? 0;
}

function drawMarker(
  context: CanvasRenderingContext2D,
  { kind, words }: SlownessMarker,
  x: number,
  y: number,
  size: number,
): void {
  const colour = markerColours[kind];
  const path = () => {
    context.beginPath();
    if (kind === "measured") context.arc(x, y, 6, 0, 2 * Math.PI);
    else if (kind === "predicted") {
      context.moveTo(x, y - 6);
      context.lineTo(x + 6, y);
      context.lineTo(x, y + 6);
      context.lineTo(x - 6, y);
      context.closePath();
    } else {
      context.moveTo(x - 7, y);
      context.lineTo(x + 7, y);
      context.moveTo(x, y - 7);
      context.lineTo(x, y + 7);
    }
    context.stroke();
  };
  // A dark edge, so that it is seen on every shade.
  context.strokeStyle = "#000000b0";
  context.lineWidth = 4;
  path();
  context.strokeStyle = colour;
  context.lineWidth = 2;
  path();
  context.lineWidth = 1;
  if (words === "") return;
  context.font = theme.smallFont;
  const right = x < size - 60;
  context.textAlign = right ? "left" : "right";
  context.strokeStyle = "#000000b0";
  context.lineWidth = 3;
  context.strokeText(words, x + (right ? 9 : -9), y - 6);
  context.lineWidth = 1;
  context.fillStyle = colour;
  context.fillText(words, x + (right ? 9 : -9), y - 6);
  context.textAlign = "left";
}

export const stripGutter = 46;

/** The strip's time axis: seconds about the middle of the beam. */
export const stripScale = (width: number, { beam: { startTime, sampleRateHz, samples } }: SlownessPicture) => {
  const span = samples.length / sampleRateHz;
  return {
    x: (time: number) => stripGutter + ((time - startTime) / span) * (width - stripGutter),
    time: (x: number) => startTime + ((x - stripGutter) / (width - stripGutter)) * span,
  };
};

/** Points of the track with less coherence than this are pale. */
const COHERENT_F = 4.5;

export function drawStrip(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  picture: SlownessPicture,
  marks: readonly { readonly time: number; readonly words: string; readonly colour: string }[],
): void {
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  const { x } = stripScale(width, picture);
  const rowHeight = height / 4;
  const { windowFrom, windowTo, track, maxSlownessSecPerDeg } = picture;
  context.fillStyle = "#1f6fd022";
  context.fillRect(x(windowFrom), 0, x(windowTo) - x(windowFrom), height);
  drawBeam(context, picture, x, rowHeight);
  const row = (k: number) => ({ top: k * rowHeight + 3, bottom: (k + 1) * rowHeight - 3 });
  const most = Math.max(COHERENT_F * 2, ...track.map(({ fStatistic }) => fStatistic));
  drawTrack(context, picture, x, row(1), { name: "az °", low: 0, high: 360, top: 360, of: (at) => at.azimuthDeg });
  drawTrack(context, picture, x, row(2), {
    ...{ name: "s/°", low: 0, high: maxSlownessSecPerDeg, top: maxSlownessSecPerDeg, of: (at) => at.slownessSecPerDeg },
  });
  // From a tenth to the largest, by powers of ten.
  drawTrack(context, picture, x, row(3), {
    ...{ name: "F", low: -1, high: Math.log10(most), top: most, of: (at) => Math.log10(Math.max(0.1, at.fStatistic)) },
  });
  context.font = theme.smallFont;
  for (const { time, words, colour } of marks) {
    if (x(time) < stripGutter || x(time) > width) continue;
    context.strokeStyle = colour;
    context.fillStyle = colour;
    context.beginPath();
    context.moveTo(x(time), 0);
    context.lineTo(x(time), height);
    context.stroke();
    context.fillText(words, x(time) + 3, 10);
  }
}

function drawBeam(
  context: CanvasRenderingContext2D,
  { beam: { startTime, sampleRateHz, samples } }: SlownessPicture,
  x: (time: number) => number,
  height: number,
): void {
  const most = samples.reduce((max, value) => Math.max(max, Math.abs(value)), 1e-30);
  context.strokeStyle = theme.trace;
  context.beginPath();
  samples.forEach((value, i) => {
    const [px, py] = [x(startTime + i / sampleRateHz), (height / 2) * (1 - (0.92 * value) / most)];
    if (i === 0) context.moveTo(px, py);
    else context.lineTo(px, py);
  });
  context.stroke();
  context.fillStyle = theme.faint;
  context.font = theme.smallFont;
  context.fillText("beam", 4, height / 2 + 3);
}

interface TrackRow {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** What is written at the upper end. */
  readonly top: number;
  readonly of: (at: SlownessPicture["track"][number]) => number;
}

function drawTrack(
  context: CanvasRenderingContext2D,
  { track, windowFrom, windowTo }: SlownessPicture,
  x: (time: number) => number,
  { top, bottom }: { readonly top: number; readonly bottom: number },
  { name, low, high, top: uppermost, of }: TrackRow,
): void {
  context.strokeStyle = theme.grid;
  context.beginPath();
  context.moveTo(stripGutter, bottom + 3);
  context.lineTo(x(Number.MAX_SAFE_INTEGER), bottom + 3);
  context.stroke();
  context.fillStyle = theme.faint;
  context.font = theme.smallFont;
  context.fillText(name, 4, (top + bottom) / 2 + 3);
  context.textAlign = "right";
  context.fillText(formatNumber(uppermost, 0), stripGutter - 3, top + 7);
  context.textAlign = "left";
  const half = (windowTo - windowFrom) / 2;
  for (const at of track) {
    const share = (of(at) - low) / (high - low);
    context.fillStyle = at.fStatistic >= COHERENT_F ? theme.prediction : "#b9c6cf";
    // A window's value stands at its middle.
    context.fillRect(x(at.time + half) - 1.5, bottom - share * (bottom - top) - 1.5, 3, 3);
  }
}
