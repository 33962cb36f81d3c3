/** Draws the traces of an event: one band per station, its envelope, its picks (solid red) and its predicted arrivals (dashed blue). */
import { type EnvelopeTile, GAP } from "@harken/api";
import { formatClock, formatNumber, formatSigned } from "./format.ts";
import { theme } from "./theme.ts";
import type { TileState } from "./tileRequests.ts";
import { axisTicks, type Scaling, type TimeView, type TraceMark, type TraceRow } from "./traceRows.ts";

export const gutterWidth = 108;
export const axisHeight = 20;

/** A row lower than this has room for one line of text at its left. */
const TWO_LINES_PX = 26;

export interface TracePicture {
  readonly rows: readonly TraceRow[];
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly width: number;
  readonly height: number;
  readonly view: TimeView;
  readonly gain: number;
  readonly scaling: Scaling;
  readonly zeroLabel: string;
  /** Epoch time at 0 of the axis where it is the same for all rows and the axis shall tell the time of day. */
  readonly clockZero: number | null;
  /** The measuring window, and a stretch that is being drawn to zoom to, s of the axis. */
  readonly measured: {
    readonly station: string;
    readonly channel: string;
    readonly from: number;
    readonly to: number;
  } | null;
  readonly zooming: TimeView | null;
  /** Whether the detections that the event does not have are drawn. */
  readonly others: boolean;
  /** Keys of the detections that are chosen. */
  readonly chosen: ReadonlySet<string>;
  /** A detection that is being dragged, and the time where it stands meanwhile. */
  readonly dragged: { readonly arrivalKey: string; readonly time: number } | null;
  /** What is known of the row's tile, and the tile to draw meanwhile. */
  readonly tileOf: (row: TraceRow) => { state: TileState | null; tile: EnvelopeTile | null };
}

export function drawTraces(context: CanvasRenderingContext2D, picture: TracePicture): void {
  const { rows, rowHeight, scrollTop, width, height, view } = picture;
  const plotWidth = width - gutterWidth;
  const xOf = (sec: number) => gutterWidth + ((sec - view.from) / (view.to - view.from)) * plotWidth;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  const first = Math.max(0, Math.floor(scrollTop / rowHeight));
  const last = Math.min(rows.length, Math.ceil((scrollTop + height) / rowHeight));
  for (let index = first; index < last; index++) {
    const top = axisHeight + index * rowHeight - scrollTop;
    if (index % 2 === 1) {
      context.fillStyle = theme.stripe;
      context.fillRect(0, top, width, rowHeight);
    }
  }
  context.strokeStyle = theme.grid;
  context.beginPath();
  for (const tick of axisTicks(view, plotWidth)) verticalLine(context, xOf(tick), axisHeight, height);
  context.stroke();
  const seen = rows.slice(first, last).map((row) => {
    const known = picture.tileOf(row);
    const { tile } = known;
    return { row, ...known, reach: tile && excursion(tile, row.zeroTime + view.from, row.zeroTime + view.to) };
  });
  const common = commonReach(picture.scaling, seen);
  for (const [at, one] of seen.entries()) {
    drawRow(context, picture, one, common, axisHeight + (first + at) * rowHeight - scrollTop, xOf);
  }
  if (picture.zooming) {
    context.fillStyle = theme.chosen;
    const { from, to } = picture.zooming;
    context.fillRect(xOf(from), axisHeight, xOf(to) - xOf(from), height - axisHeight);
  }
  drawAxis(context, picture, xOf);
  drawScrollMark(context, picture);
}

interface Excursion {
  readonly middle: number;
  readonly reach: number;
  readonly empty: boolean;
}

interface SeenRow {
  readonly row: TraceRow;
  readonly state: TileState | null;
  readonly tile: EnvelopeTile | null;
  readonly reach: Excursion | null;
}

/** The largest excursion that fills a band, for all rows; null where each row has its own. */
function commonReach(scaling: Scaling, seen: readonly SeenRow[]): number | null {
  if (scaling.kind === "own") return null;
  if (scaling.kind === "fixed") return scaling.reach;
  return Math.max(0, ...seen.map(({ reach }) => reach?.reach ?? 0));
}

function verticalLine(context: CanvasRenderingContext2D, x: number, top: number, bottom: number): void {
  const sharp = Math.round(x) + 0.5;
  context.moveTo(sharp, top);
  context.lineTo(sharp, bottom);
}

function drawRow(
  context: CanvasRenderingContext2D,
  picture: TracePicture,
  { row, state, tile, reach }: SeenRow,
  common: number | null,
  top: number,
  xOf: (sec: number) => number,
): void {
  const { rowHeight, width, height, view } = picture;
  context.save();
  context.beginPath();
  context.rect(gutterWidth, Math.max(axisHeight, top), width - gutterWidth, Math.min(rowHeight, height - top));
  context.clip();
  if (tile && reach) drawEnvelope(context, picture, row, tile, { reach, common, top, xOf });
  drawMeasured(context, picture, row, top, xOf);
  const place = { top, rowHeight, view, xOf };
  const marks = (list: readonly TraceMark[]) =>
    list.map((mark) =>
      mark.arrivalKey !== null && mark.arrivalKey === picture.dragged?.arrivalKey
        ? { ...mark, time: picture.dragged.time }
        : mark,
    );
  drawChosen(context, row, marks([...row.picks, ...(picture.others ? row.others : [])]), picture.chosen, place);
  if (picture.others) {
    const free = row.others.filter(({ otherEvent }) => otherEvent === null);
    drawMarks(context, row, marks(free), theme.other, top + 10, place);
    drawMarks(context, row, marks(row.others.filter((mark) => !free.includes(mark))), theme.rival, top + 10, place);
  }
  context.setLineDash([4, 3]);
  drawMarks(context, row, row.predictions, theme.prediction, top + rowHeight - 4, place);
  drawErrors(context, row, marks(row.picks), place);
  drawMarks(context, row, marks(row.picks), theme.pick, top + 10, place);
  const sentence =
    row.channel === null
      ? "no channel of this station at the centre"
      : state?.state === "failed"
        ? state.message
        : state?.state === "loading" && !tile
          ? "loading …"
          : null;
  if (sentence) {
    context.fillStyle = state?.state === "failed" ? theme.pick : theme.faint;
    context.fillText(sentence, gutterWidth + 8, top + rowHeight / 2 + 4);
  }
  context.restore();
  drawGutter(context, row, reach, top, rowHeight);
}

/** Largest excursion from the middle within the view, so that each trace fills its band whatever lies outside. */
export function excursion(
  { startTime, stepSec, columns, scale, offset }: EnvelopeTile,
  from: number,
  to: number,
): Excursion {
  const first = Math.max(0, Math.floor((from - startTime) / stepSec));
  const last = Math.min(columns.length / 2, Math.ceil((to - startTime) / stepSec));
  let [sum, count, low, high] = [0, 0, Infinity, -Infinity];
  // Quantised values: a picture of sixty traces has some hundred thousand of them.
  for (let at = 2 * first; at < 2 * last; at += 2) {
    const min = columns[at]!;
    if (min === GAP) continue;
    const max = columns[at + 1]!;
    sum += min + max;
    count++;
    if (min < low) low = min;
    if (max > high) high = max;
  }
  if (count === 0) return { middle: 0, reach: 0, empty: true };
  const middle = sum / (2 * count);
  return { middle: offset + scale * middle, reach: scale * Math.max(high - middle, middle - low), empty: false };
}

interface EnvelopePlace {
  readonly reach: Excursion;
  readonly common: number | null;
  readonly top: number;
  readonly xOf: (sec: number) => number;
}

function drawEnvelope(
  context: CanvasRenderingContext2D,
  picture: TracePicture,
  row: TraceRow,
  tile: EnvelopeTile,
  { reach: { middle, reach, empty }, common, top, xOf }: EnvelopePlace,
): void {
  const { view, rowHeight, gain, width } = picture;
  if (empty) {
    context.fillStyle = theme.faint;
    context.fillText("no data here", gutterWidth + 8, top + rowHeight / 2 + 4);
    return;
  }
  const full = common ?? reach;
  const scale = full > 0 ? (gain * (rowHeight / 2 - 3)) / full : 0;
  const first = Math.max(0, Math.floor((row.zeroTime + view.from - tile.startTime) / tile.stepSec) - 1);
  const { columns } = tile;
  const perColumn = xOf(tile.stepSec) - xOf(0);
  const left = xOf(tile.startTime - row.zeroTime) + perColumn / 2;
  // y = level - slope * quantised value.
  const slope = tile.scale * scale;
  const level = top + rowHeight / 2 - (tile.offset - middle) * scale;
  context.strokeStyle = theme.trace;
  context.lineWidth = 1;
  context.beginPath();
  let pen = false;
  const last = Math.min(columns.length / 2, Math.ceil((width + 2 - left) / perColumn));
  for (let index = first; index < last; index++) {
    const min = columns[2 * index]!;
    if (min === GAP) {
      pen = false;
      continue;
    }
    const x = left + index * perColumn;
    if (pen) context.lineTo(x, level - slope * min);
    else context.moveTo(x, level - slope * min);
    context.lineTo(x, level - slope * columns[2 * index + 1]!);
    pen = true;
  }
  context.stroke();
}

/** The measuring window on its trace, with its length; on the other traces its edges. */
function drawMeasured(
  context: CanvasRenderingContext2D,
  { measured, rowHeight, height }: TracePicture,
  row: TraceRow,
  top: number,
  xOf: (sec: number) => number,
): void {
  if (!measured) return;
  const [left, right] = [xOf(measured.from - row.zeroTime), xOf(measured.to - row.zeroTime)];
  const own = row.station === measured.station && row.channel === measured.channel;
  context.fillStyle = theme.measured;
  if (own) context.fillRect(left, top + 1, right - left, rowHeight - 2);
  context.strokeStyle = theme.faint;
  context.beginPath();
  for (const x of [left, right]) verticalLine(context, x, top, Math.min(top + rowHeight, height));
  context.stroke();
  if (!own) return;
  const words = `${formatNumber(measured.to - measured.from, 2)} s`;
  context.font = `600 ${theme.smallFont}`;
  context.lineWidth = 3;
  context.strokeStyle = theme.paper;
  context.fillStyle = theme.ink;
  context.strokeText(words, right + 4, top + rowHeight - 4);
  context.fillText(words, right + 4, top + rowHeight - 4);
  context.lineWidth = 1;
  context.font = theme.font;
}

interface RowPlace {
  readonly top: number;
  readonly rowHeight: number;
  readonly view: TimeView;
  readonly xOf: (sec: number) => number;
}

/** A pale band behind the detections that are chosen. */
function drawChosen(
  context: CanvasRenderingContext2D,
  row: TraceRow,
  marks: readonly TraceMark[],
  chosen: ReadonlySet<string>,
  { top, rowHeight, xOf }: RowPlace,
): void {
  context.fillStyle = theme.chosen;
  for (const { arrivalKey, time } of marks) {
    if (arrivalKey === null || !chosen.has(arrivalKey)) continue;
    context.fillRect(xOf(time - row.zeroTime) - 5, top + 1, 11, rowHeight - 2);
  }
}

/** A bar of one standard deviation to either side of each pick, where it is wide enough to be seen. */
function drawErrors(
  context: CanvasRenderingContext2D,
  row: TraceRow,
  marks: readonly TraceMark[],
  { top, rowHeight, xOf }: RowPlace,
): void {
  context.fillStyle = theme.pick;
  for (const { time, timeErrorSec } of marks) {
    if (timeErrorSec === null) continue;
    const [from, to] = [xOf(time - timeErrorSec - row.zeroTime), xOf(time + timeErrorSec - row.zeroTime)];
    if (to - from > 3) context.fillRect(from, top + rowHeight - 4, to - from, 2);
  }
}

/** A line at each mark's time, and the phase names beside them as far as they do not run into each other. */
function drawMarks(
  context: CanvasRenderingContext2D,
  row: TraceRow,
  marks: readonly TraceMark[],
  colour: string,
  labelY: number,
  { top, rowHeight, view, xOf }: RowPlace,
): void {
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.font = theme.smallFont;
  const visible = marks
    .map((mark) => ({ phase: mark.phase, sec: mark.time - row.zeroTime }))
    .filter(({ sec }) => sec >= view.from && sec <= view.to);
  context.beginPath();
  for (const { sec } of visible) verticalLine(context, xOf(sec), top + 2, top + rowHeight - 2);
  context.stroke();
  context.setLineDash([]);
  context.strokeStyle = theme.paper;
  context.lineWidth = 3;
  let labelEnd = -Infinity;
  for (const { phase, sec } of visible) {
    const x = xOf(sec) + 4;
    if (x < labelEnd) continue;
    context.strokeText(phase, x, labelY);
    context.fillText(phase, x, labelY);
    labelEnd = x + 3 + context.measureText(phase).width;
  }
  context.lineWidth = 1;
  context.font = theme.font;
}

function drawGutter(
  context: CanvasRenderingContext2D,
  row: TraceRow,
  seen: Excursion | null,
  top: number,
  rowHeight: number,
): void {
  const middle = top + rowHeight / 2;
  const oneLine = rowHeight < TWO_LINES_PX;
  context.fillStyle = row.associated ? theme.ink : theme.faint;
  context.font = `600 ${theme.font}`;
  if (row.leading) context.fillText(row.station, 6, oneLine ? middle + 4 : middle - 2);
  context.font = theme.smallFont;
  context.fillStyle = theme.faint;
  context.textAlign = "right";
  if (oneLine) {
    context.fillText(`${formatNumber(row.deltaDeg, 1)}°`, gutterWidth - 6, middle + 4);
    context.textAlign = "left";
    context.font = theme.font;
    return;
  }
  context.textAlign = "left";
  context.fillText(`${formatNumber(row.deltaDeg, 1)}°`, 6, middle + 10);
  context.textAlign = "right";
  context.fillText(row.channel?.slice(row.channel.lastIndexOf(".") + 1) ?? "", gutterWidth - 6, middle - 2);
  if (seen) context.fillText(formatReach(seen.reach), gutterWidth - 6, middle + 10);
  context.textAlign = "left";
  context.font = theme.font;
}

/** Largest excursion in the tile's unit, in at most seven letters. */
function formatReach(reach: number): string {
  if (reach === 0) return "";
  if (reach >= 1e6 || reach < 1e-3) return reach.toExponential(1);
  return reach >= 100 ? reach.toFixed(0) : reach.toPrecision(2);
}

/** Time of day, without seconds' fractions where ticks have none. */
const clockAt = (time: number, digits: number) => (digits > 0 ? formatClock(time) : formatClock(time).slice(0, 8));

/** Shows at the right edge which part of the rows is in sight. */
function drawScrollMark(context: CanvasRenderingContext2D, picture: TracePicture): void {
  const { rows, rowHeight, scrollTop, width, height } = picture;
  const room = height - axisHeight;
  const total = rows.length * rowHeight;
  if (total <= room) return;
  context.fillStyle = theme.coast;
  context.fillRect(width - 4, axisHeight + (scrollTop / total) * room, 3, (room / total) * room);
}

function drawAxis(context: CanvasRenderingContext2D, picture: TracePicture, xOf: (sec: number) => number): void {
  const { width, view, zeroLabel, clockZero, height } = picture;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, axisHeight);
  context.strokeStyle = theme.grid;
  context.beginPath();
  verticalLine(context, gutterWidth - 1, 0, height);
  context.moveTo(0, axisHeight - 0.5);
  context.lineTo(width, axisHeight - 0.5);
  context.stroke();
  context.fillStyle = theme.faint;
  context.font = theme.smallFont;
  context.fillText(zeroLabel, 6, 13);
  const ticks = axisTicks(view, width - gutterWidth);
  const digits = ticks.length > 1 && ticks[1]! - ticks[0]! < 1 ? 1 : 0;
  context.textAlign = "center";
  for (const tick of ticks) {
    const x = xOf(tick);
    if (x > gutterWidth + 20 && x < width - 24)
      context.fillText(
        clockZero === null ? `${formatSigned(tick, digits)} s` : clockAt(clockZero + tick, digits),
        x,
        13,
      );
  }
  context.textAlign = "left";
  context.font = theme.font;
}
