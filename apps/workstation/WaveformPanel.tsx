/** The waveforms of the selected event with their controls; what is drawn can also be read as a hidden list. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useParentSize } from "./boxSize.ts";
import { axisHeight, drawTraces, excursion, gutterWidth } from "./drawTraces.ts";
import { formatClock, formatSigned } from "./format.ts";
import { alignments, changeGain, nextScaling, setAlign } from "./keys.ts";
import { associateChosen, choose, dragged, retime, unassociateChosen } from "./review.ts";
import {
  align,
  chosen,
  client,
  components,
  cursor,
  detail,
  events,
  filter,
  filters,
  focus,
  gain,
  rowHeight as leastRowHeight,
  measured,
  reviewing,
  rows,
  scaling,
  selectedKey,
  showAll,
  showOthers,
  status,
  tilesReady,
  troubles,
  view,
  zoomTo,
} from "./state.ts";
import { prepareCanvas } from "./theme.ts";
import { TileRequests, tileSpan } from "./tileRequests.ts";
import {
  type Alignment,
  type GrippedMark,
  nearestMark,
  panView,
  type TimeView,
  type TraceRow,
  viewAround,
  zoomView,
} from "./traceRows.ts";

const MAX_ROW_HEIGHT = 72;
const WHEEL_ZOOM = 0.0015;
/** A mark is gripped from this near, px. */
const MARK_REACH_PX = 5;
/** A press that moves less is a click, px. */
const CLICK_MOVE_PX = 3;

/** Shortest stretch that can be drawn, s. */
const LEAST_WINDOW_SEC = 0.02;

const zeroLabels: Readonly<Record<Alignment, string>> = {
  P: "0 = P",
  due: "0 = P due",
  origin: "0 = origin",
  time: "UTC",
};

/** Where the pointer was pressed, and what pulling it does from there. */
interface Press {
  readonly x: number;
  readonly y: number;
  readonly mark: GrippedMark | null;
  readonly kind: "move" | "measure" | "zoom";
  readonly row: TraceRow | null;
  readonly sec: number;
}

export function WaveformPanel() {
  const shown = rows.value;
  const withPicks = shown.filter(({ picks, leading }) => leading && picks.length > 0);
  return (
    <section class="panel waveforms" aria-label="Waveforms">
      <Controls />
      {shown.length > 0 ? <Traces /> : <p class="empty">{emptySentence()}</p>}
      <ul class="hidden-list" aria-label="Picks">
        {withPicks.flatMap((row) =>
          row.picks.map((pick) => (
            <li key={`${row.station} ${pick.phase} ${pick.time}`}>
              {row.station} {pick.phase} {formatClock(pick.time)} residual {formatSigned(pick.residualSec, 2)} s
            </li>
          )),
        )}
      </ul>
    </section>
  );
}

function Controls() {
  return (
    <div class="controls">
      <fieldset>
        <legend>Band (Hz)</legend>
        {filters.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={filter.value === name}
            data-filter={name}
            onClick={() => (filter.value = name)}
          >
            {name.replace("bp:", "").replace("-", "–")}
          </button>
        ))}
      </fieldset>
      <fieldset>
        <legend>Align</legend>
        {alignments.map(([name, words, hint]) => (
          <button
            key={name}
            type="button"
            title={`${hint} (p goes through them)`}
            aria-pressed={align.value === name}
            onClick={() => setAlign(name)}
          >
            {words}
          </button>
        ))}
      </fieldset>
      <fieldset>
        <legend>Stations</legend>
        <button type="button" aria-pressed={!showAll.value} onClick={() => (showAll.value = false)}>
          associated
        </button>
        <button type="button" aria-pressed={showAll.value} onClick={() => (showAll.value = true)}>
          all
        </button>
      </fieldset>
      <button
        type="button"
        title="All components of each station (3)"
        aria-pressed={components.value}
        onClick={() => (components.value = !components.value)}
      >
        3C
      </button>
      <fieldset>
        <legend>Amplitude</legend>
        <button type="button" aria-label="Smaller amplitudes" onClick={() => changeGain(false)}>
          −
        </button>
        <button type="button" aria-label="Larger amplitudes" onClick={() => changeGain(true)}>
          +
        </button>
        <button
          type="button"
          title="One scale for all traces in sight (y); Ctrl Shift y takes that of the trace under the pointer"
          aria-pressed={scaling.value.kind !== "own"}
          onClick={nextScaling}
        >
          alike
        </button>
      </fieldset>
      <span class="legend">
        <i class="pick-line" /> pick <i class="prediction-line" /> predicted{" "}
        <button
          type="button"
          title="Detections that the event does not have, free or of another event (o)"
          aria-pressed={showOthers.value}
          onClick={() => (showOthers.value = !showOthers.value)}
        >
          <i class="other-line" /> other{" "}
          <span class="wide">
            <i class="rival-line" /> of another event
          </span>
        </button>
      </span>
      <Readout />
    </div>
  );
}

/** The station and time under the pointer; otherwise how many traces there are, and how many are still on their way. */
function Readout() {
  const at = cursor.value;
  const { ready, wanted } = tilesReady.value;
  const words =
    at === null
      ? ready < wanted
        ? `loading ${ready} of ${wanted}`
        : `${rows.value.length} traces`
      : at.mark !== null
        ? markWords(at.station, at.mark)
        : `${at.station} ${formatClock(at.time)} UTC, ${formatSigned(at.sec, 1)} s`;
  return (
    <span class="readout" title={words}>
      {words}
    </span>
  );
}

/** Which detection is under the pointer, and whose it is. */
function markWords(station: string, { phase, time, own, otherEvent }: GrippedMark): string {
  const other = events.value?.find(({ key }) => key === otherEvent);
  const whose = own
    ? "of this event"
    : otherEvent === null
      ? "of no event"
      : `of ${other ? `${formatClock(other.time).slice(0, 8)} ${other.regionName}` : otherEvent}`;
  return `${station} ${phase} ${formatClock(time)} ${whose}`;
}

function emptySentence(): string {
  const trouble = troubles.value["event"];
  if (trouble) return trouble;
  if (selectedKey.value === null) return "No event is selected. Waveforms appear here once the list has an event.";
  if (detail.value === null) return "Loading the event …";
  return "No station is associated with this event. Press s for all stations.";
}

function Traces() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useParentSize(canvas);
  const [scroll, setScroll] = useState(0);
  const [, setArrived] = useState(0);
  const tiles = useRef<TileRequests | null>(null);
  tiles.current ??= new TileRequests(client, () => setArrived((count) => count + 1));

  const list = rows.value;
  const room = size.height - axisHeight;
  const rowHeight = Math.max(
    leastRowHeight.value,
    Math.min(MAX_ROW_HEIGHT, Math.floor(room / Math.max(1, list.length))),
  );
  const scrollMost = Math.max(0, list.length * rowHeight - room);
  const scrollTop = Math.min(scroll, scrollMost);
  // Read here, so that the panel is drawn again when one of them changes.
  const [span, name, scale] = [view.value, filter.value, gain.value];
  const [others, picked, moved] = [showOthers.value, chosen.value, dragged.value];
  const [scalingNow, window] = [scaling.value, measured.value];
  const [zooming, setZooming] = useState<TimeView | null>(null);

  // Tiles drawn while the centre was at work may have gained data behind the time up to which it had worked then.
  const processedTo = status.value?.processedTo ?? null;
  const workedTo = useRef(processedTo);
  if (processedTo !== workedTo.current) {
    tiles.current.forgetAfter(workedTo.current ?? -Infinity);
    workedTo.current = processedTo;
  }

  const pressed = useRef<Press>({ x: 0, y: 0, mark: null, kind: "move", row: null, sec: 0 });
  const secAt = (offsetX: number) =>
    span.from + ((offsetX - gutterWidth) / (size.width - gutterWidth)) * (span.to - span.from);
  const markAt = (offsetX: number, offsetY: number): GrippedMark | null => {
    const row = list[Math.floor((offsetY - axisHeight + scrollTop) / rowHeight)];
    if (!row || offsetX < gutterWidth || offsetY < axisHeight) return null;
    const perPixel = (span.to - span.from) / (size.width - gutterWidth);
    const time = row.zeroTime + span.from + (offsetX - gutterWidth) * perPixel;
    return nearestMark(row, time, MARK_REACH_PX * perPixel, others);
  };

  const reachOf = (row: TraceRow): number | null => {
    const tile = row.channel === null ? null : tiles.current!.standIn(row.channel, name);
    return tile && excursion(tile, row.zeroTime + span.from, row.zeroTime + span.to).reach;
  };

  const aim = focus.value;
  useEffect(() => {
    const index = list.findIndex(({ station }) => station === aim?.station);
    if (!aim || index < 0) return;
    view.value = viewAround(view.value, aim.time - list[index]!.zeroTime);
    setScroll((top) => Math.max((index + 1) * rowHeight - room, Math.min(index * rowHeight, top)));
  }, [aim]);

  useLayoutEffect(() => {
    const context = prepareCanvas(canvas.current!, size.width, size.height);
    if (!context || size.width <= gutterWidth) return;
    const requests = tiles.current!;
    requests.beginView();
    let [ready, wanted] = [0, 0];
    const tileOf = (row: TraceRow) => {
      if (row.channel === null) return { state: null, tile: null };
      const stretch = tileSpan(row.zeroTime + span.from, row.zeroTime + span.to, size.width - gutterWidth);
      const state = requests.request({ channel: row.channel, filter: name, ...stretch });
      wanted++;
      if (state.state !== "loading") ready++;
      return { state, tile: state.state === "ready" ? state.tile : requests.standIn(row.channel, name) };
    };
    drawTraces(context, {
      rows: list,
      rowHeight,
      scrollTop,
      ...size,
      view: span,
      gain: scale,
      scaling: scalingNow,
      zeroLabel: zeroLabels[align.value],
      clockZero: align.value === "time" ? (list[0]?.zeroTime ?? null) : null,
      measured: window,
      zooming,
      others,
      chosen: picked,
      dragged: moved,
      tileOf,
    });
    const before = tilesReady.peek();
    if (before.ready !== ready || before.wanted !== wanted) tilesReady.value = { ready, wanted };
  });

  return (
    <div class="trace-box">
      <canvas
        ref={canvas}
        class="traces"
        role="img"
        aria-label={`Waveforms of ${list.filter(({ leading }) => leading).length} stations in order of distance`}
        style={{ width: `${size.width}px`, height: `${size.height}px` }}
        onWheel={(event) => {
          event.preventDefault();
          if (event.offsetX < gutterWidth || event.shiftKey) {
            setScroll(Math.max(0, Math.min(scrollMost, scrollTop + (event.deltaY || event.deltaX))));
            return;
          }
          const share = (event.offsetX - gutterWidth) / (size.width - gutterWidth);
          view.value = zoomView(span, span.from + share * (span.to - span.from), Math.exp(event.deltaY * WHEEL_ZOOM));
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          const row = list[Math.floor((event.offsetY - axisHeight + scrollTop) / rowHeight)] ?? null;
          const kind = event.shiftKey && row?.channel ? "measure" : event.ctrlKey || event.metaKey ? "zoom" : "move";
          pressed.current = {
            ...{ x: event.clientX, y: event.clientY, mark: markAt(event.offsetX, event.offsetY) },
            ...{ kind, row, sec: secAt(event.offsetX) },
          };
        }}
        onPointerUp={(event) => {
          const { x, y, mark } = pressed.current;
          const far = Math.hypot(event.clientX - x, event.clientY - y) > CLICK_MOVE_PX;
          const drop = dragged.value;
          dragged.value = null;
          setZooming(null);
          if (far && zooming) zoomTo(zooming);
          else if (drop && far && mark?.own) retime(drop.arrivalKey, drop.time, mark.timeErrorSec);
          else if (!far) choose(mark?.arrivalKey ?? null, event.ctrlKey || event.metaKey || event.shiftKey);
        }}
        onPointerCancel={() => {
          dragged.value = null;
          setZooming(null);
        }}
        onDblClick={(event) => {
          const mark = markAt(event.offsetX, event.offsetY);
          if (!mark || !reviewing.value) return;
          choose(mark.arrivalKey, false);
          void (mark.own ? unassociateChosen() : associateChosen());
        }}
        onPointerLeave={() => (cursor.value = null)}
        onPointerMove={(event) => {
          const sec = secAt(event.offsetX);
          const row = list[Math.floor((event.offsetY - axisHeight + scrollTop) / rowHeight)];
          const inside = row && event.offsetX >= gutterWidth && event.offsetY >= axisHeight;
          const mark = inside ? markAt(event.offsetX, event.offsetY) : null;
          cursor.value = inside
            ? { station: row.station, channel: row.channel, time: row.zeroTime + sec, sec, reach: reachOf(row), mark }
            : null;
          if (event.buttons !== 1 || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
          const { mark: gripped, kind, row: from, sec: fromSec } = pressed.current;
          if (kind === "zoom") {
            const [low, high] = [Math.min(sec, fromSec), Math.max(sec, fromSec)];
            if (high - low > LEAST_WINDOW_SEC) setZooming({ from: low, to: high });
            return;
          }
          if (kind === "measure" && from?.channel) {
            const [low, high] = [Math.min(sec, fromSec) + from.zeroTime, Math.max(sec, fromSec) + from.zeroTime];
            if (high - low > LEAST_WINDOW_SEC) {
              measured.value = { station: from.station, channel: from.channel, from: low, to: high };
            }
            return;
          }
          if (gripped?.own && reviewing.value) {
            dragged.value = { arrivalKey: gripped.arrivalKey, time: gripped.zeroTime + sec };
            return;
          }
          if (event.movementX !== 0) view.value = panView(view.value, -event.movementX / (size.width - gutterWidth));
          if (event.movementY !== 0) setScroll((top) => Math.max(0, Math.min(scrollMost, top - event.movementY)));
        }}
      />
    </div>
  );
}
