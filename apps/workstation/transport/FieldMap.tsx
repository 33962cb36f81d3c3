/** The map panel: wheel zooms, drag moves, a click chooses a cell; the value under the pointer is read out. */
import { cellCentre, cellIndex } from "@harken/atmosphere";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useParentSize } from "../boxSize.ts";
import { formatMinute } from "../format.ts";
import { prepareCanvas } from "../theme.ts";
import { drawField } from "./drawField.ts";
import { type Look, lookAround, moveLook, placeAt, worldLook, zoomLook } from "./mapLook.ts";
import { network } from "./network.ts";
import { three } from "./numbers.ts";
import {
  cell,
  chosen,
  chosenKeys,
  decades,
  eventMatches,
  events,
  largest,
  map,
  nuclide,
  plume,
  series,
  showBorders,
  showEvents,
  showStations,
  slots,
  top,
} from "./state.ts";

const WHEEL_ZOOM = 0.0016;
const BUTTON_ZOOM = 1.6;
const CLICK_MOVE = 4;

export function FieldMap() {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pressed = useRef({ x: 0, y: 0 });
  const size = useParentSize(canvas);
  const [look, setLook] = useState<Look | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const { width, height } = size;

  const [of, now] = [series.value, map.value];
  const isKnown = of !== null && typeof of !== "string";
  // The first fields, and others later on, are brought into view; what somebody moved stays.
  const ready = isKnown && width > 0;
  const chosenNames = plume.value?.key ?? [...chosenKeys.value].join(" ");
  useEffect(() => {
    if (ready) setLook(around());
  }, [ready, chosenNames, chosen.value.length]);

  function around(): Look {
    if (!isKnown || typeof map.value === "string") return worldLook(width, height);
    const { values } = map.value;
    const places = chosen.value.map(({ summary }) => ({ lat: summary.latitudeDeg, lon: summary.longitudeDeg }));
    for (let i = 0; i < values.length; i++) {
      if (!(values[i]! > largest.value / 10 ** decades.value)) continue;
      const { latitudeDeg, longitudeDeg } = cellCentre(of!.grid, i);
      places.push({ lat: latitudeDeg, lon: longitudeDeg });
    }
    return lookAround(places, width, height);
  }

  const seen = look ?? worldLook(width, height);
  useLayoutEffect(() => {
    const context = prepareCanvas(canvas.current!, width, height);
    if (!context || width === 0) return;
    const stations = new Map(
      chosen.value.map(({ summary }) => [summary.station, { ...summary, label: summary.station }]),
    );
    const [first, end] = slots.value;
    const time = (slot: number) => formatMinute(isKnown ? of.startTime + slot * of.slotSec : null);
    drawField(
      context,
      seen,
      {
        ...(typeof now === "string" || !isKnown
          ? { title: "", subtitle: "", unit: "", grid: emptyGrid, values: [], scale: "log" as const, largest: 0 }
          : {
              ...{
                title: plume.value ? `${now.title} ${plume.value.key}` : now.title,
                unit: now.unit,
                values: now.values,
                scale: now.scale,
                grid: of.grid,
              },
              largest: top.value ?? largest.value,
              subtitle: `${time(first)} to ${time(end)} UTC${nuclide.value === "" || plume.value ? "" : `, decay of ${nuclide.value}`}`,
            }),
        decades: decades.value,
        stations: [...stations.values()],
        others: showStations.value ? network.filter(({ label }) => !stations.has(label)) : [],
        events: showEvents.value ? events.value : [],
        matched: new Set(eventMatches.value.map(({ event }) => event.key)),
        cell: cell.value,
        borders: showBorders.value,
      },
      width,
      height,
    );
  });

  function cellUnder(x: number, y: number): number | null {
    const place = placeAt(seen, x, y, width, height);
    const found = place && isKnown ? cellIndex(of.grid, place.latitudeDeg, place.longitudeDeg) : -1;
    return found < 0 ? null : found;
  }

  function readOut(x: number, y: number): string | null {
    const place = placeAt(seen, x, y, width, height);
    if (!place) return null;
    const where = `${place.latitudeDeg.toFixed(1)}, ${place.longitudeDeg.toFixed(1)}`;
    const found = cellUnder(x, y);
    return typeof now === "string" || found === null ? where : `${where}: ${three(now.values[found]!)} ${now.unit}`;
  }

  const least = Math.min(width / 360, height / 180);
  return (
    <div class="map">
      <canvas
        ref={canvas}
        class="field"
        role="img"
        aria-label={typeof now === "string" ? "Map" : `Map: ${now.title}`}
        style={{ width: `${width}px`, height: `${height}px` }}
        onWheel={(wheel) => {
          wheel.preventDefault();
          setLook(
            zoomLook(
              seen,
              Math.exp(-wheel.deltaY * WHEEL_ZOOM),
              wheel.offsetX - width / 2,
              wheel.offsetY - height / 2,
              least,
            ),
          );
        }}
        onPointerDown={(pointer) => {
          pointer.currentTarget.setPointerCapture(pointer.pointerId);
          pressed.current = { x: pointer.clientX, y: pointer.clientY };
        }}
        onPointerMove={(pointer) => {
          if (pointer.buttons === 1) setLook(moveLook(seen, pointer.movementX, pointer.movementY));
          else setPointed(readOut(pointer.offsetX, pointer.offsetY));
        }}
        onPointerLeave={() => setPointed(null)}
        onClick={(click) => {
          if (Math.hypot(click.clientX - pressed.current.x, click.clientY - pressed.current.y) > CLICK_MOVE) return;
          cell.value = cellUnder(click.offsetX, click.offsetY);
        }}
      />
      <div class="map-buttons">
        <button type="button" onClick={() => setLook(around())}>
          fit
        </button>
        <button type="button" onClick={() => setLook(worldLook(width, height))}>
          world
        </button>
        <button
          type="button"
          aria-label="Zoom in on the map"
          onClick={() => setLook(zoomLook(seen, BUTTON_ZOOM, 0, 0, least))}
        >
          +
        </button>
        <button
          type="button"
          aria-label="Zoom out of the map"
          onClick={() => setLook(zoomLook(seen, 1 / BUTTON_ZOOM, 0, 0, least))}
        >
          −
        </button>
      </div>
      {typeof now === "string" && <p class="empty map-sentence">{now}</p>}
      <output class="read-out">{pointed ?? ""}</output>
    </div>
  );
}

const emptyGrid = { southDeg: -90, westDeg: -180, stepLatDeg: 180, stepLonDeg: 360, rows: 0, columns: 0 };
