/** The map panel: wheel zooms, drag moves, a click selects the event under the pointer; the world, or around the selected event. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useParentSize } from "./boxSize.ts";
import { drawMap, type MapSpot } from "./drawMap.ts";
import { formatNumber, formatTime } from "./format.ts";
import { type MapMode, mapProjection, nearestSpot, type Spot, wholeWorld, zoomMap } from "./mapShapes.ts";
import { detail, events, select, selectedKey, stations, troubles, truth } from "./state.ts";
import { prepareCanvas } from "./theme.ts";
import { preferredOrigin } from "./traceRows.ts";

const WHEEL_ZOOM = 0.0016;
const BUTTON_ZOOM = 2;
const POINTER_REACH = 9;
const CLICK_MOVE = 4;
const LABELS_FROM_ZOOM = 3;
/** Reach of the map around an event whose stations are all near. */
const LEAST_REACH_DEG = 3;

export function MapView() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const spots = useRef<Spot<MapSpot>[]>([]);
  const pressed = useRef({ x: 0, y: 0 });
  const size = useParentSize(canvas);
  const [look, setLook] = useState(wholeWorld);
  const [hint, setHint] = useState<string | null>(null);

  const event = detail.value;
  const origin = event && preferredOrigin(event);
  const reach = Math.max(LEAST_REACH_DEG, ...(origin?.associations.map(({ deltaDeg }) => deltaDeg) ?? [])) * 1.1;

  const content = {
    stations: stations.value ?? [],
    events: events.value ?? [],
    hidden: truth.value?.available ? truth.value.hidden : [],
    selectedKey: selectedKey.value,
    detail: event,
    stationLabels: look.zoom >= LABELS_FROM_ZOOM,
  };
  useLayoutEffect(() => {
    const context = prepareCanvas(canvas.current!, size.width, size.height);
    if (!context || size.width === 0) return;
    const projection = mapProjection(
      look.mode === "event" && !origin ? wholeWorld : look,
      size.width,
      size.height,
      origin,
      reach,
    );
    spots.current = drawMap(context, projection, content, size.width, size.height);
  });

  const zoomBy = (factor: number, x = 0, y = 0) => setLook(zoomMap(look, factor, x, y));
  const setMode = (mode: MapMode) => setLook({ ...wholeWorld, mode });
  return (
    <section class="panel map" aria-label="Map">
      <canvas
        ref={canvas}
        role="img"
        aria-label={`Map of ${content.stations.length} stations and ${content.events.length} events`}
        style={{ width: `${size.width}px`, height: `${size.height}px` }}
        onWheel={(wheel) => {
          wheel.preventDefault();
          zoomBy(Math.exp(-wheel.deltaY * WHEEL_ZOOM), wheel.offsetX - size.width / 2, wheel.offsetY - size.height / 2);
        }}
        onPointerDown={(pointer) => {
          pointer.currentTarget.setPointerCapture(pointer.pointerId);
          pressed.current = { x: pointer.clientX, y: pointer.clientY };
        }}
        onPointerMove={(pointer) => {
          if (pointer.buttons === 1) {
            const { movementX, movementY } = pointer;
            setLook((last) => ({ ...last, shiftX: last.shiftX + movementX, shiftY: last.shiftY + movementY }));
          } else {
            const spot = nearestSpot(spots.current, pointer.offsetX, pointer.offsetY, POINTER_REACH);
            setHint(spot && describe(spot));
          }
        }}
        onPointerLeave={() => setHint(null)}
        onClick={(click) => {
          if (Math.hypot(click.clientX - pressed.current.x, click.clientY - pressed.current.y) > CLICK_MOVE) return;
          const clickable = spots.current.filter(({ of }) => of.kind !== "station");
          const spot = nearestSpot(clickable, click.offsetX, click.offsetY, POINTER_REACH);
          if (spot?.kind === "event") select(spot.event.key);
          if (spot?.kind === "hidden" && spot.hidden.matchedEventKey) select(spot.hidden.matchedEventKey);
        }}
      />
      <div class="map-buttons">
        <button type="button" aria-pressed={look.mode === "world"} onClick={() => setMode("world")}>
          world
        </button>
        <button type="button" aria-pressed={look.mode === "event"} disabled={!origin} onClick={() => setMode("event")}>
          around event
        </button>
        <button type="button" aria-label="Zoom in on the map" onClick={() => zoomBy(BUTTON_ZOOM)}>
          +
        </button>
        <button type="button" aria-label="Zoom out of the map" onClick={() => zoomBy(1 / BUTTON_ZOOM)}>
          −
        </button>
      </div>
      {mapSentence() && <p class="empty map-sentence">{mapSentence()}</p>}
      <p class="map-legend">{hint ?? <Legend />}</p>
    </section>
  );
}

/** Why there is nothing on the map; null when there is. */
function mapSentence(): string | null {
  const trouble = troubles.value["stations"] ?? troubles.value["events"];
  if (stations.value === null) return trouble ?? "Asking the centre for its stations …";
  if (stations.value.length === 0) return "The centre has no station yet.";
  return null;
}

function Legend() {
  return (
    <>
      <span class="seismic">▲ array △ 3-C</span> <span class="hydroacoustic">■ hydro</span>{" "}
      <span class="infrasound">◆ infrasound</span> <span class="event-mark">● event</span>{" "}
      {truth.value?.available && <span class="truth-mark">✕ truth</span>}
    </>
  );
}

function describe(spot: MapSpot): string {
  if (spot.kind === "station") {
    const { code, name, technology, kind, arrivals } = spot.station;
    return `${code} ${name}, ${technology} ${kind}, ${arrivals} arrivals`;
  }
  if (spot.kind === "hidden") {
    const { time, magnitude, depthKm, kind, matchedEventKey } = spot.hidden;
    const found = matchedEventKey === null ? "not found" : "found";
    return `Hidden ${kind} ${formatTime(time)}, magnitude ${formatNumber(magnitude, 1)}, ${formatNumber(depthKm, 0)} km, ${found}`;
  }
  const { time, regionName, magnitudes } = spot.event;
  const sizes = magnitudes.map(({ type, value }) => `${type} ${formatNumber(value, 1)}`).join(", ");
  return `${formatTime(time)} ${regionName} ${sizes}`;
}
