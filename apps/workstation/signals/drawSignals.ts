/** Draws the pictures of the signal panel: spectrogram, spectra on logarithmic axes, cepstrum, and motion in two planes. */
import { formatNumber } from "../format.ts";
import { theme } from "../theme.ts";
import type { Analysis, TimeWindow } from "./analysis.ts";

const LEFT = 34;
const BOTTOM = 16;
const TOP = 6;

/** Dark to bright with even steps of lightness, so that it reads without colour too. */
const stops = [
  [14, 16, 46],
  [52, 36, 120],
  [120, 40, 130],
  [190, 62, 104],
  [236, 118, 62],
  [250, 190, 70],
  [252, 250, 190],
] as const;

function colourAt(share: number): readonly [number, number, number] {
  const place = Math.max(0, Math.min(1, share)) * (stops.length - 1);
  const at = Math.min(stops.length - 2, Math.floor(place));
  const part = place - at;
  const mix = (i: 0 | 1 | 2) => stops[at]![i] + part * (stops[at + 1]![i] - stops[at]![i]);
  return [mix(0), mix(1), mix(2)];
}

function frame(context: CanvasRenderingContext2D, width: number, height: number): void {
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  context.font = theme.smallFont;
  context.lineWidth = 1;
}

export function drawSpectrogram(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  seen: NonNullable<Analysis["spectrogram"]>,
  window: TimeWindow,
): void {
  frame(context, width, height);
  const [plotWidth, plotHeight] = [width - LEFT, height - BOTTOM - TOP];
  const { columns, bins, decibels, low, high, firstTime, stepSec, maxHz } = seen;
  const image = new ImageData(columns, bins);
  for (let at = 0; at < columns; at++) {
    for (let k = 0; k < bins; k++) {
      const colour = colourAt((decibels[at * bins + k]! - low) / Math.max(1e-9, high - low));
      image.data.set([...colour, 255], 4 * ((bins - 1 - k) * columns + at));
    }
  }
  const small = new OffscreenCanvas(columns, bins);
  small.getContext("2d")!.putImageData(image, 0, 0);
  context.drawImage(small, LEFT, TOP, plotWidth, plotHeight);
  const x = (time: number) => LEFT + ((time - firstTime + stepSec / 2) / (columns * stepSec)) * plotWidth;
  context.strokeStyle = theme.chosen;
  context.lineWidth = 2;
  context.strokeRect(x(window.from), TOP + 1, x(window.to) - x(window.from), plotHeight - 2);
  context.fillStyle = theme.faint;
  context.textAlign = "right";
  for (const share of [0, 0.5, 1]) {
    context.fillText(formatNumber(share * maxHz, 0), LEFT - 4, TOP + (1 - share) * plotHeight + 4);
  }
  context.textAlign = "center";
  for (const time of [window.from, window.to]) {
    context.fillText(`${formatNumber(time - window.from, 1)} s`, Math.min(width - 16, x(time)), height - 4);
  }
  context.textAlign = "left";
  context.fillText("Hz", 2, TOP + plotHeight / 4);
}

interface Curve {
  readonly values: Float64Array;
  readonly colour: string;
}

/** Densities over frequency, both axes logarithmic, six decades of power at most. */
export function drawSpectra(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { frequenciesHz, signal, noise }: NonNullable<Analysis["spectrum"]>,
): void {
  frame(context, width, height);
  const [plotWidth, plotHeight] = [width - LEFT, height - BOTTOM - TOP];
  const curves: Curve[] = [{ values: signal, colour: theme.pick }];
  if (noise) curves.unshift({ values: noise, colour: theme.faint });
  const top = Math.max(...curves.flatMap(({ values }) => [...values.subarray(1)]));
  if (!(top > 0)) return;
  const [lowHz, highHz] = [frequenciesHz[1]!, frequenciesHz.at(-1)!];
  const decades = 6;
  const highest = Math.ceil(Math.log10(top));
  const x = (hz: number) => LEFT + (Math.log(hz / lowHz) / Math.log(highHz / lowHz)) * plotWidth;
  const y = (power: number) => TOP + ((highest - Math.log10(power)) / decades) * plotHeight;
  context.strokeStyle = theme.grid;
  context.fillStyle = theme.faint;
  context.beginPath();
  context.textAlign = "right";
  for (let d = 0; d <= decades; d += 2) {
    const at = TOP + (d / decades) * plotHeight;
    context.moveTo(LEFT, at);
    context.lineTo(width, at);
    context.fillText(`1e${highest - d}`, LEFT - 3, at + 4);
  }
  context.textAlign = "center";
  for (const hz of [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100].filter((one) => one >= lowHz && one <= highHz)) {
    context.moveTo(x(hz), TOP);
    context.lineTo(x(hz), TOP + plotHeight);
    context.fillText(String(hz), Math.min(width - 8, x(hz)), height - 4);
  }
  context.stroke();
  context.textAlign = "left";
  context.save();
  context.beginPath();
  context.rect(LEFT, TOP, plotWidth, plotHeight);
  context.clip();
  for (const { values, colour } of curves) {
    context.strokeStyle = colour;
    context.beginPath();
    for (let k = 1; k < values.length; k++) context.lineTo(x(frequenciesHz[k]!), y(Math.max(values[k]!, 1e-300)));
    context.stroke();
  }
  context.restore();
}

/** From the first tenth of a second on: before it stands the trace's own colour. */
export function drawCepstrum(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { stepSec, values }: NonNullable<Analysis["cepstrum"]>,
): void {
  frame(context, width, height);
  const first = Math.ceil(0.1 / stepSec);
  const part = values.subarray(first);
  const most = part.reduce((sum, v) => Math.max(sum, Math.abs(v)), 0);
  if (!(most > 0)) return;
  const [plotWidth, plotHeight] = [width - LEFT, height - BOTTOM - TOP];
  const lastSec = values.length * stepSec;
  const x = (sec: number) => LEFT + (sec / lastSec) * plotWidth;
  context.strokeStyle = theme.trace;
  context.beginPath();
  for (const [i, value] of part.entries()) {
    context.lineTo(x((first + i) * stepSec), TOP + (0.5 - value / most / 2) * plotHeight);
  }
  context.stroke();
  context.fillStyle = theme.faint;
  context.textAlign = "center";
  for (const share of [0, 0.25, 0.5, 0.75]) {
    context.fillText(`${formatNumber(share * lastSec, 1)} s`, x(share * lastSec) + 10, height - 4);
  }
  context.textAlign = "left";
}

/** Motion from above (north up), and from the side in the plane of the principal motion (up is up). */
export function drawMotion(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  { vertical, north, east, polarization }: NonNullable<Analysis["motion"]>,
  azimuthDeg: number | null,
): void {
  frame(context, width, height);
  const size = Math.min(width / 2, height) - 10;
  const radians = (polarization.backAzimuthDeg * Math.PI) / 180;
  const along = north.map((n, i) => n * Math.cos(radians) + east[i]! * Math.sin(radians));
  const most = [vertical, north, east].flatMap((x) => [...x]).reduce((sum, v) => Math.max(sum, Math.abs(v)), 0);
  if (!(most > 0)) return;
  const plane = (left: number, across: Float64Array, up: Float64Array, words: readonly [string, string]) => {
    const [cx, cy, scale] = [left + size / 2, 5 + size / 2, size / 2 / most];
    context.strokeStyle = theme.grid;
    context.strokeRect(left, 5, size, size);
    context.beginPath();
    context.moveTo(cx, 5);
    context.lineTo(cx, 5 + size);
    context.moveTo(left, cy);
    context.lineTo(left + size, cy);
    context.stroke();
    context.strokeStyle = theme.trace;
    context.beginPath();
    for (const [i, value] of across.entries()) context.lineTo(cx + value * scale, cy - up[i]! * scale);
    context.stroke();
    context.fillStyle = theme.faint;
    context.fillText(words[0], cx + 3, 15);
    context.textAlign = "right";
    context.fillText(words[1], left + size - 3, cy - 3);
    context.textAlign = "left";
    return { cx, cy };
  };
  const { cx, cy } = plane(4, east, north, ["N", "E"]);
  const ray = (deg: number, colour: string, dash: number[]) => {
    const at = (deg * Math.PI) / 180;
    context.strokeStyle = colour;
    context.setLineDash(dash);
    context.beginPath();
    context.moveTo(cx, cy);
    context.lineTo(cx + (size / 2) * Math.sin(at), cy - (size / 2) * Math.cos(at));
    context.stroke();
    context.setLineDash([]);
  };
  ray(polarization.backAzimuthDeg, theme.pick, []);
  if (azimuthDeg !== null) ray(azimuthDeg, theme.prediction, [4, 3]);
  plane(width / 2 + 4, along, vertical, ["up", `${formatNumber(polarization.backAzimuthDeg, 0)}°`]);
}
