/** Azimuth and slowness at an array: the f-k picture with what is measured and what is due, the beam, and the peak as the window slides. */
import type { SlownessPicture } from "@harken/api";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useBoxSize } from "./boxSize.ts";
import { drawPlane, drawStrip, planeScale, type SlownessMarker, stripScale } from "./drawSlowness.ts";
import { formatClock, formatNumber } from "./format.ts";
import { busy } from "./review.ts";
import {
  acceptable,
  acceptDirection,
  bandAround,
  loading,
  moveWindow,
  nextSlowness,
  picture,
  refusal,
  type SlownessSettings,
  settings,
  steer,
  subject,
  velocityOf,
} from "./slowness.ts";
import { arrivals, predictions, reviewing } from "./state.ts";
import { prepareCanvas, theme } from "./theme.ts";

const STRIP_HEIGHT = 190;

export function SlownessPanel() {
  const now = subject.value;
  const seen = picture.value;
  return (
    <>
      <div class="slowness-head">
        <b>{now ? `${now.station} ${now.phase ?? ""} ${formatClock(now.time)}` : "No array is chosen."}</b>{" "}
        <button type="button" title="The next detection of the event at an array (n)" onClick={nextSlowness}>
          next
        </button>
        <span class="faint">{loading.value ? " …" : ""}</span>
      </div>
      {now && <Settings />}
      {!now && (
        <p class="empty">
          Point at an array's trace and press v, or choose a detection: its f-k picture, beam and tracks appear here.
        </p>
      )}
      {now && refusal.value && <p class="trouble">{refusal.value}</p>}
      {now && seen && !refusal.value && (
        <>
          <Facts seen={seen} />
          <Plane seen={seen} />
          <Strip seen={seen} />
        </>
      )}
    </>
  );
}

const fields: readonly { readonly key: keyof SlownessSettings; readonly name: string; readonly title: string }[] = [
  { key: "lowHz", name: "from", title: "Lower end of the band, Hz" },
  { key: "highHz", name: "to Hz", title: "Upper end of the band, Hz" },
  { key: "leadSec", name: "lead s", title: "Data before the onset, s" },
  { key: "lengthSec", name: "window s", title: "Length of the window with its lead, s" },
  { key: "most", name: "s/°", title: "Largest slowness of the picture, s/deg" },
];

function Settings() {
  const arrival = arrivals.value.find(({ key }) => key === subject.value?.arrivalKey);
  return (
    <div class="slowness-settings">
      {fields.map(({ key, name, title }) => (
        <label key={key} title={title}>
          {name}
          <input
            type="number"
            step="any"
            min="0"
            value={Number(settings.value[key].toPrecision(3))}
            onChange={({ currentTarget }) => {
              const value = Number(currentTarget.value);
              if (value > 0) settings.value = { ...settings.value, [key]: value };
            }}
          />
        </label>
      ))}
      {arrival?.frequencyHz != null && (
        <button
          type="button"
          title="The band about the detection's own frequency"
          onClick={() => bandAround(arrival.frequencyHz!)}
        >
          {formatNumber(arrival.frequencyHz, 1)} Hz
        </button>
      )}
    </div>
  );
}

function Facts({ seen: { peak, elements } }: { seen: SlownessPicture }) {
  const stated = peak.azimuthErrorDeg !== null;
  return (
    <p class="slowness-facts">
      <b>
        {formatNumber(peak.azimuthDeg, 1)}°{stated && ` ± ${formatNumber(peak.azimuthErrorDeg, 1)}`},{" "}
        {formatNumber(peak.slownessSecPerDeg, 2)} s/°
        {peak.slownessErrorSecPerDeg !== null && ` ± ${formatNumber(peak.slownessErrorSecPerDeg, 2)}`}
      </b>
      , {formatNumber(velocityOf(peak), 1)} km/s{" "}
      {reviewing.value && (
        <button
          type="button"
          disabled={!acceptable.value || busy.value}
          title="Gives the event's detection this azimuth and slowness (u)"
          onClick={() => void acceptDirection()}
        >
          Use
        </button>
      )}
      <br />
      <span class="faint">
        F {formatNumber(peak.fStatistic, 1)}, semblance {formatNumber(peak.semblance, 2)}, {elements.length} elements
        {!stated && "; not plane enough to be believed"}
      </span>
    </p>
  );
}

const onPlane = (azimuthDeg: number, slowness: number) => ({
  north: slowness * Math.cos((azimuthDeg * Math.PI) / 180),
  east: slowness * Math.sin((azimuthDeg * Math.PI) / 180),
});

/** Of each place on the plane the earliest phase stands for those that are due from there: P and Pn have one slowness. */
function markersOf({ peak, maxSlownessSecPerDeg, station }: SlownessPicture): SlownessMarker[] {
  const due: SlownessMarker[] = [];
  for (const { phase, azimuthDeg, slownessSecPerDeg } of predictions.value
    .filter((one) => one.station === station && one.slownessSecPerDeg <= maxSlownessSecPerDeg)
    .toSorted((a, b) => a.time - b.time)) {
    const at = onPlane(azimuthDeg, slownessSecPerDeg);
    const near = due.some(({ north, east }) => Math.hypot(north - at.north, east - at.east) < 0.6);
    if (!near) due.push({ ...at, words: phase, kind: "predicted" });
  }
  const arrival = arrivals.value.find(({ key }) => key === subject.value?.arrivalKey);
  const measured: SlownessMarker[] =
    arrival?.azimuthDeg != null && arrival.slownessSecPerDeg !== null
      ? [{ ...onPlane(arrival.azimuthDeg, arrival.slownessSecPerDeg), words: "", kind: "measured" }]
      : [];
  const steered: SlownessMarker[] = steer.value ? [{ ...steer.value, words: "beam", kind: "steered" }] : [];
  const top: SlownessMarker = { north: peak.northSecPerDeg, east: peak.eastSecPerDeg, words: "", kind: "peak" };
  return [...due, ...measured, ...steered, top];
}

function Plane({ seen }: { seen: SlownessPicture }) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useBoxSize(box);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [under, setUnder] = useState<string | null>(null);
  const size = Math.min(width, 420);
  const markers = markersOf(seen);
  useLayoutEffect(() => {
    const context = size > 0 && prepareCanvas(canvas.current!, size, size);
    if (context) drawPlane(context, size, seen, markers);
  });
  const { place } = planeScale(size, seen.maxSlownessSecPerDeg);
  return (
    <div ref={box} class="slowness-box">
      <canvas
        ref={canvas}
        class="slowness-plane"
        role="img"
        aria-label={`f-k picture of ${seen.station}, peak at ${formatNumber(seen.peak.azimuthDeg, 0)} degrees and ${formatNumber(seen.peak.slownessSecPerDeg, 1)} s/degree`}
        style={{ width: `${size}px`, height: `${size}px` }}
        title="A click steers the beam there; a double click back to the peak"
        onPointerMove={({ offsetX, offsetY }) => setUnder(wordsAt(seen, place(offsetX, offsetY)))}
        onPointerLeave={() => setUnder(null)}
        onClick={({ offsetX, offsetY, detail }) => {
          if (detail === 1) steer.value = place(offsetX, offsetY);
        }}
        onDblClick={() => (steer.value = null)}
      />
      <p class="faint slowness-readout">
        {under ?? (
          <>
            <i class="peak-mark" /> peak <i class="measured-mark" /> measured <i class="predicted-mark" /> due; rings in
            km/s
          </>
        )}
      </p>
    </div>
  );
}

function wordsAt(seen: SlownessPicture, { north, east }: { readonly north: number; readonly east: number }): string {
  const { maxSlownessSecPerDeg: most, gridCount, semblance } = seen;
  const slowness = Math.hypot(north, east);
  const azimuth = ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
  const index = (value: number) => Math.round(((value + most) / (2 * most)) * (gridCount - 1));
  const value = slowness <= most ? semblance[index(north) * gridCount + index(east)] : undefined;
  const velocity = velocityOf({ slownessSecPerDeg: slowness });
  return `${formatNumber(azimuth, 0)}°, ${formatNumber(slowness, 1)} s/°, ${formatNumber(velocity, 1)} km/s${
    value === undefined ? "" : `, semblance ${formatNumber(value, 2)}`
  }`;
}

function Strip({ seen }: { seen: SlownessPicture }) {
  const box = useRef<HTMLDivElement>(null);
  const { width } = useBoxSize(box);
  const canvas = useRef<HTMLCanvasElement>(null);
  const arrival = arrivals.value.find(({ key }) => key === subject.value?.arrivalKey);
  const marks = [
    ...predictions.value
      .filter(({ station }) => station === seen.station)
      .map(({ time, phase }) => ({ time, words: phase, colour: theme.prediction })),
    ...(arrival ? [{ time: arrival.time, words: "", colour: theme.pick }] : []),
  ];
  useLayoutEffect(() => {
    const context = width > 0 && prepareCanvas(canvas.current!, width, STRIP_HEIGHT);
    if (context) drawStrip(context, width, STRIP_HEIGHT, seen, marks);
  });
  const move = (event: PointerEvent) => {
    if (event.buttons === 1) moveWindow(stripScale(width, seen).time(event.offsetX));
  };
  return (
    <div ref={box} class="slowness-box">
      <canvas
        ref={canvas}
        class="slowness-strip"
        role="img"
        aria-label="Beam, azimuth, slowness and F in sliding windows"
        title="A click moves the window there"
        style={{ width: `${width}px`, height: `${STRIP_HEIGHT}px` }}
        onPointerDown={move}
        onPointerMove={move}
      />
    </div>
  );
}
