/**
 * How panels are arranged: what comes with the program, what an analyst has saved under a name, and what was in sight last. Kept in this
 * browser; a layout that names a panel which the program does not have, or that is no layout, is not used.
 *
 *     saveLayout("night shift", dock.toJSON());
 *     savedLayouts()["night shift"];
 */
import type { SerializedDockview } from "dockview";

export const panelIds = ["events", "map", "waveforms", "event", "slowness", "signal", "truth", "timetable"] as const;
export type PanelId = (typeof panelIds)[number];

export const isPanelId = (id: string): id is PanelId => (panelIds as readonly string[]).includes(id);

/** Where a panel stands at first: beside another one, with a share of the page's width or height, or px. */
export interface Place {
  readonly id: PanelId;
  readonly beside?: PanelId;
  readonly direction?: "above" | "below" | "left" | "right" | "within";
  readonly widthPx?: number;
  readonly widthShare?: number;
  readonly heightShare?: number;
}

const SIDE_PX = 446;
/** Narrower than this a panel's table is cut, px. */
export const leastWidthPx: Readonly<Partial<Record<PanelId, number>>> = Object.freeze({ event: 432, events: 600 });
const side: readonly Place[] = [
  { id: "event", beside: "waveforms", direction: "right", widthPx: SIDE_PX },
  { id: "slowness", beside: "event", direction: "within" },
  { id: "signal", beside: "event", direction: "within" },
  { id: "truth", beside: "event", direction: "within" },
];

/** The layouts that come with the program, the first one to begin with; panels are placed in this order. */
export const ownLayouts: Readonly<Record<string, readonly Place[]>> = Object.freeze({
  review: [
    { id: "waveforms" },
    ...side,
    { id: "events", beside: "waveforms", direction: "above", heightShare: 0.42 },
    { id: "map", beside: "events", direction: "right", widthShare: 0.25 },
    { id: "timetable", beside: "map", direction: "within" },
  ],
  "wide waveforms": [
    { id: "waveforms" },
    { id: "events", beside: "waveforms", direction: "below", heightShare: 0.26 },
    { id: "event", beside: "events", direction: "right", widthShare: 0.48 },
    { id: "slowness", beside: "event", direction: "within" },
    { id: "signal", beside: "event", direction: "within" },
    { id: "truth", beside: "event", direction: "within" },
    { id: "map", beside: "events", direction: "within" },
    { id: "timetable", beside: "events", direction: "within" },
  ],
  "map and list": [
    { id: "map" },
    ...side.map((place) => (place.beside === "waveforms" ? { ...place, beside: "map" as const } : place)),
    { id: "events", beside: "map", direction: "below", heightShare: 0.35 },
    { id: "waveforms", beside: "events", direction: "within" },
    { id: "timetable", beside: "events", direction: "within" },
  ],
});

const LAST_KEY = "harken.layout";
const SAVED_KEY = "harken.layouts";

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** A layout that can be shown again: its panels are known, and no window has to be opened, which browsers allow only on a click. */
export function usableLayout(value: unknown): SerializedDockview | null {
  const layout = value as Partial<SerializedDockview> | null;
  if (typeof layout?.panels !== "object" || layout.panels === null || layout.grid?.root === undefined) return null;
  const ids = Object.keys(layout.panels);
  return ids.length > 0 && ids.every(isPanelId) ? (layout as SerializedDockview) : null;
}

export function lastLayout(): SerializedDockview | null {
  return usableLayout(read(LAST_KEY));
}

export function keepLast(layout: SerializedDockview): void {
  localStorage.setItem(LAST_KEY, JSON.stringify(layout));
}

export function savedLayouts(): Readonly<Record<string, SerializedDockview>> {
  const saved = read(SAVED_KEY);
  if (typeof saved !== "object" || saved === null) return {};
  return Object.fromEntries(
    Object.entries(saved).flatMap(([name, value]) => {
      const layout = usableLayout(value);
      return layout ? [[name, layout]] : [];
    }),
  );
}

export function saveLayout(name: string, layout: SerializedDockview): void {
  localStorage.setItem(SAVED_KEY, JSON.stringify({ ...savedLayouts(), [name]: layout }));
}

export function removeLayout(name: string): void {
  const { [name]: _gone, ...others } = savedLayouts();
  localStorage.setItem(SAVED_KEY, JSON.stringify(others));
}
