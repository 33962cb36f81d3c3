/** Draws a gamma spectrum: counts, fitted curve, peaks with their energies, the lines of one nuclide with the heights that its activity gives, residuals. */
import { formatNumber } from "../format.ts";
import { theme } from "../theme.ts";
import { type Column, columnsOf, type EnergyView, firstAtLeast, type SpectrumPicture } from "./spectrumPicture.ts";

export const gutter = 52;
const axis = 18;
/** Height of the residuals under the spectrum, and their span in standard deviations. */
const RESIDUALS_PX = 70;
const RESIDUAL_SPAN = 6;
const LABEL_EVERY_PX = 46;
const REGION_PX = 3;

export interface SpectrumDrawing {
  readonly picture: SpectrumPicture;
  readonly view: EnergyView;
  readonly width: number;
  readonly height: number;
  readonly logarithmic: boolean;
  readonly nuclide: string | null;
  /** What the pointer drags over while an edit is made; null otherwise. */
  readonly span: EnergyView | null;
}

export function drawSpectrum(context: CanvasRenderingContext2D, drawing: SpectrumDrawing): void {
  const { picture, view, width, height, logarithmic } = drawing;
  const plot = Math.max(1, Math.floor(width - gutter));
  const bottom = height - axis - (picture.residual ? RESIDUALS_PX : 0);
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  const columns = columnsOf(picture.counts, picture.energyKeV, view, plot);
  const most = columns.reduce((max, column) => Math.max(max, column?.most ?? 0), 1) * (logarithmic ? 2 : 1.1);
  // A logarithmic scale begins below the least that is in sight.
  const least = logarithmic
    ? Math.max(0.5, 0.6 * columns.reduce((min, column) => Math.min(min, column?.least ?? min), most))
    : 0;
  const yOf = (counts: number) => {
    const share = logarithmic ? Math.log(Math.max(least, counts) / least) / Math.log(most / least) : counts / most;
    return bottom - share * (bottom - 16);
  };
  const xOf = (keV: number) => gutter + ((keV - view.fromKeV) / (view.toKeV - view.fromKeV)) * plot;
  if (drawing.span) {
    const [a, b] = [xOf(drawing.span.fromKeV), xOf(drawing.span.toKeV)];
    context.fillStyle = theme.chosen;
    context.fillRect(Math.min(a, b), 0, Math.max(1, Math.abs(b - a)), bottom);
  }
  drawRegions(context, drawing, bottom, xOf);
  drawGrid(context, drawing, bottom, { least, most }, xOf, yOf);
  drawColumns(context, columns, yOf, theme.trace);
  if (picture.expected)
    drawColumns(context, columnsOf(picture.expected, picture.energyKeV, view, plot), yOf, theme.pick);
  drawNuclide(context, drawing, xOf, yOf, bottom);
  drawPeaks(context, drawing, xOf, yOf);
  if (picture.residual) drawResiduals(context, drawing, columnsOf(picture.residual, picture.energyKeV, view, plot));
}

function drawGrid(
  context: CanvasRenderingContext2D,
  { view, width, height, logarithmic }: SpectrumDrawing,
  bottom: number,
  { least, most }: Column,
  xOf: (keV: number) => number,
  yOf: (counts: number) => number,
): void {
  context.strokeStyle = theme.grid;
  context.fillStyle = theme.faint;
  context.font = theme.smallFont;
  context.beginPath();
  context.textAlign = "center";
  for (const keV of ticks(view.fromKeV, view.toKeV, 10)) {
    const x = Math.round(xOf(keV)) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height - axis);
    context.fillText(formatNumber(keV, view.toKeV - view.fromKeV < 20 ? 1 : 0), x, height - 5);
  }
  context.textAlign = "right";
  const decades = Array.from({ length: 9 }, (_, i) => [1, 2, 5].map((m) => m * 10 ** i)).flat();
  const wide = most / Math.max(0.5, least) > 1000;
  const values = logarithmic
    ? decades.filter((value, i) => value > least && value < most && (!wide || i % 3 === 0))
    : ticks(0, most, 5);
  for (const counts of values) {
    const y = Math.round(yOf(counts)) + 0.5;
    context.moveTo(gutter, y);
    context.lineTo(width, y);
    context.fillText(counts >= 10_000 ? counts.toExponential(0) : String(Math.round(counts)), gutter - 4, y + 3);
  }
  context.stroke();
  context.textAlign = "left";
  context.fillText("counts", 2, 10);
  context.fillText("keV", 2, height - 5);
  context.strokeStyle = theme.faint;
  context.strokeRect(gutter + 0.5, 0.5, width - gutter - 1, bottom);
}

export function ticks(from: number, to: number, about: number): number[] {
  const rough = (to - from) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? 10 * power;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, i) => (first + i) * step);
}

/** Each column from its least to its most, joined to the one before; a thin line where columns hold one channel each. */
function drawColumns(
  context: CanvasRenderingContext2D,
  columns: readonly (Column | null)[],
  yOf: (value: number) => number,
  colour: string,
): void {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.beginPath();
  let open = false;
  columns.forEach((column, i) => {
    if (!column) return;
    if (!open) context.moveTo(gutter + i, yOf(column.least));
    context.lineTo(gutter + i, yOf(column.least));
    context.lineTo(gutter + i, yOf(column.most));
    open = true;
  });
  context.stroke();
}

/** Below the spectrum a bar for each fit, as long as its channels; those that an analyst chose stand out. */
function drawRegions(
  context: CanvasRenderingContext2D,
  { picture, view }: SpectrumDrawing,
  bottom: number,
  xOf: (keV: number) => number,
): void {
  for (const { fromKeV, toKeV, byHand } of picture.regions) {
    if (toKeV < view.fromKeV || fromKeV > view.toKeV) continue;
    const x = Math.max(gutter, xOf(fromKeV));
    context.fillStyle = byHand ? theme.pick : theme.seismic;
    context.fillRect(x, bottom - REGION_PX, Math.max(1, xOf(toKeV) - x), REGION_PX);
  }
}

function drawPeaks(
  context: CanvasRenderingContext2D,
  { picture, view }: SpectrumDrawing,
  xOf: (keV: number) => number,
  yOf: (counts: number) => number,
): void {
  context.font = theme.smallFont;
  context.textAlign = "center";
  // The largest peaks are named first; smaller ones only where there is room.
  const named: number[] = [];
  const inSight = picture.peaks.filter(({ energyKeV }) => energyKeV > view.fromKeV && energyKeV < view.toKeV);
  for (const { energyKeV } of inSight.toSorted((a, b) => b.areaCounts - a.areaCounts)) {
    const at = firstAtLeast(picture.energyKeV, energyKeV);
    const [x, y] = [xOf(energyKeV), yOf(Math.max(...picture.counts.slice(Math.max(0, at - 3), at + 4), 1)) - 4];
    context.fillStyle = theme.event;
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x - 3, y - 5);
    context.lineTo(x + 3, y - 5);
    context.fill();
    if (named.some((other) => Math.abs(other - x) < LABEL_EVERY_PX)) continue;
    named.push(x);
    context.fillStyle = theme.ink;
    context.fillText(formatNumber(energyKeV, 1), x, Math.max(9, y - 7));
  }
  context.textAlign = "left";
}

/** Each line of the nuclide as tall as the peak that its activity would make there, above the continuum. */
function drawNuclide(
  context: CanvasRenderingContext2D,
  { picture, view, nuclide }: SpectrumDrawing,
  xOf: (keV: number) => number,
  yOf: (counts: number) => number,
  bottom: number,
): void {
  context.strokeStyle = theme.prediction;
  context.lineWidth = 1.5;
  for (const line of picture.lines) {
    if (line.nuclide !== nuclide || line.energyKeV < view.fromKeV || line.energyKeV > view.toKeV) continue;
    const at = firstAtLeast(picture.energyKeV, line.energyKeV);
    const near = picture.peaks.find(({ energyKeV, fwhmKeV }) => Math.abs(energyKeV - line.energyKeV) < fwhmKeV);
    const width = near?.fwhmKeV ?? 1.5;
    const perChannel = (picture.energyKeV[at] ?? 1) - (picture.energyKeV[at - 1] ?? 0);
    const ground = picture.expected ? Math.min(...picture.expected.slice(Math.max(0, at - 12), at + 12)) : 0;
    const x = xOf(line.energyKeV);
    context.setLineDash([4, 3]);
    context.beginPath();
    context.moveTo(x, bottom);
    context.lineTo(x, yOf(ground + (0.94 * line.expectedCounts * perChannel) / width));
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    const top = yOf(ground + (0.94 * line.expectedCounts * perChannel) / width);
    context.moveTo(x - 5, top);
    context.lineTo(x + 5, top);
    context.stroke();
  }
  context.lineWidth = 1;
}

function drawResiduals(
  context: CanvasRenderingContext2D,
  { width, height }: SpectrumDrawing,
  columns: readonly (Column | null)[],
): void {
  const top = height - axis - RESIDUALS_PX + 4;
  const middle = top + (RESIDUALS_PX - 4) / 2;
  const yOf = (sigmas: number) =>
    middle - (Math.max(-RESIDUAL_SPAN, Math.min(RESIDUAL_SPAN, sigmas)) / RESIDUAL_SPAN) * ((RESIDUALS_PX - 4) / 2);
  context.fillStyle = theme.stripe;
  context.fillRect(gutter, yOf(3), width - gutter, yOf(-3) - yOf(3));
  context.strokeStyle = theme.grid;
  context.strokeRect(gutter + 0.5, top + 0.5, width - gutter - 1, RESIDUALS_PX - 5);
  columns.forEach((column, i) => {
    if (!column) return;
    const sigmas = Math.abs(column.least) > Math.abs(column.most) ? column.least : column.most;
    context.fillStyle = Math.abs(sigmas) > 5 ? theme.pick : theme.seismic;
    const y = yOf(sigmas);
    context.fillRect(gutter + i, Math.min(y, middle), 1, Math.max(1, Math.abs(y - middle)));
  });
  context.fillStyle = theme.faint;
  context.font = theme.smallFont;
  context.textAlign = "right";
  context.fillText("+3 σ", gutter - 4, yOf(3) + 3);
  context.fillText("-3 σ", gutter - 4, yOf(-3) + 3);
  context.textAlign = "left";
}
