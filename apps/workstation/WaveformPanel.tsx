/** The waveforms of the selected event with their controls; what is drawn can also be read as a hidden list. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { axisHeight, drawTraces, gutterWidth } from "./drawTraces.ts";
import { formatClock, formatSigned } from "./format.ts";
import { changeGain, setAlign } from "./keys.ts";
import { align, client, detail, filter, filters, gain, rows, selectedKey, showAll, troubles, view } from "./state.ts";
import { prepareCanvas } from "./theme.ts";
import { TileRequests, tileSpan } from "./tileRequests.ts";
import { panView, type TraceRow, zoomView } from "./traceRows.ts";

const MIN_ROW_HEIGHT = 38;
const MAX_ROW_HEIGHT = 72;
const WHEEL_ZOOM = 0.0015;

export function WaveformPanel() {
  const shown = rows.value;
  const withPicks = shown.filter(({ picks }) => picks.length > 0);
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
        <button type="button" aria-pressed={align.value === "P"} onClick={() => setAlign("P")}>
          P
        </button>
        <button type="button" aria-pressed={align.value === "origin"} onClick={() => setAlign("origin")}>
          origin
        </button>
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
      <fieldset>
        <legend>Amplitude</legend>
        <button type="button" aria-label="Smaller amplitudes" onClick={() => changeGain(false)}>
          −
        </button>
        <button type="button" aria-label="Larger amplitudes" onClick={() => changeGain(true)}>
          +
        </button>
      </fieldset>
      <span class="legend">
        <i class="pick-line" /> pick <i class="prediction-line" /> predicted
      </span>
      <span class="faint">{rows.value.length} traces</span>
    </div>
  );
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
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [scroll, setScroll] = useState(0);
  const [, setArrived] = useState(0);
  const tiles = useRef<TileRequests | null>(null);
  tiles.current ??= new TileRequests(client, () => setArrived((count) => count + 1));

  const list = rows.value;
  const room = size.height - axisHeight;
  const rowHeight = Math.max(MIN_ROW_HEIGHT, Math.min(MAX_ROW_HEIGHT, Math.floor(room / Math.max(1, list.length))));
  const scrollMost = Math.max(0, list.length * rowHeight - room);
  const scrollTop = Math.min(scroll, scrollMost);
  const [span, name, scale] = [view.value, filter.value, gain.value];

  useLayoutEffect(() => {
    const parent = canvas.current!.parentElement!;
    const observer = new ResizeObserver(() => setSize({ width: parent.clientWidth, height: parent.clientHeight }));
    observer.observe(parent);
    return () => observer.disconnect();
  }, []);

  useLayoutEffect(() => {
    const context = prepareCanvas(canvas.current!, size.width, size.height);
    if (!context || size.width <= gutterWidth) return;
    const requests = tiles.current!;
    requests.beginView();
    const tileOf = (row: TraceRow) => {
      if (row.channel === null) return { state: null, tile: null };
      const stretch = tileSpan(row.zeroTime + span.from, row.zeroTime + span.to, size.width - gutterWidth);
      const state = requests.request({ channel: row.channel, filter: name, ...stretch });
      return { state, tile: state.state === "ready" ? state.tile : requests.standIn(row.channel, name) };
    };
    drawTraces(context, {
      rows: list,
      rowHeight,
      scrollTop,
      ...size,
      view: span,
      gain: scale,
      zeroLabel: align.value === "P" ? "0 = P" : "0 = origin",
      tileOf,
    });
  });

  return (
    <div class="trace-box">
      <canvas
        ref={canvas}
        class="traces"
        role="img"
        aria-label={`Waveforms of ${list.length} stations in order of distance`}
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
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (event.buttons !== 1 || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
          if (event.movementX !== 0) view.value = panView(view.value, -event.movementX / (size.width - gutterWidth));
          if (event.movementY !== 0) setScroll((top) => Math.max(0, Math.min(scrollMost, top - event.movementY)));
        }}
      />
    </div>
  );
}
