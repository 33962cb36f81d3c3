/**
 * The docking panels: which are there, which are in sight, and what moves them. A panel in a window of its own belongs to the same page, so it
 * shows the same selection at the same moment and asks the centre for nothing a second time.
 */
import { batch, signal } from "@preact/signals";
import { createDockview, type DockviewApi, type IContentRenderer, type SerializedDockview } from "dockview";
import {
  isPanelId,
  keepLast,
  lastLayout,
  leastWidthPx,
  ownLayouts,
  type PanelId,
  type Place,
  panelIds,
  removeLayout,
  savedLayouts,
  saveLayout,
} from "./layouts.ts";

/** Panels of the layout, and those of them that are in sight: the others stand behind a tab. */
export const presentPanels = signal<ReadonlySet<PanelId>>(new Set());
export const visiblePanels = signal<ReadonlySet<PanelId>>(new Set());
export const layoutNames = signal<readonly string[]>(Object.keys(savedLayouts()));
/** Why a panel has no window of its own. */
export const windowRefusal = signal<string | null>(null);

export interface DockOptions {
  readonly titleOf: (id: PanelId) => string;
  /** Draws a panel into an element, or takes it out again. */
  readonly draw: (id: PanelId, element: HTMLElement) => void;
  readonly erase: (element: HTMLElement) => void;
  readonly onKey: (event: KeyboardEvent) => void;
}

let dock: DockviewApi | null = null;
let options: DockOptions | null = null;

/** Begins in an element with the layout that was in sight last; returns what ends it. */
export function startDock(root: HTMLElement, given: DockOptions): () => void {
  options = given;
  dock = createDockview(root, {
    theme: { name: "harken", className: "dock-theme", gap: 4 },
    disableFloatingGroups: true,
    popoutUrl: new URL("panel.html", location.href).href,
    createComponent: ({ name }) => createPanel(name as PanelId, given),
    createRightHeaderActionComponent: (group) => groupButtons(() => group.activePanel?.id ?? ""),
  });
  const api = dock;
  const last = lastLayout();
  if (!last || !restore(last)) arrange(ownLayouts["review"]!);
  const follow = () => {
    batch(() => {
      presentPanels.value = new Set(api.panels.map(({ id }) => id).filter(isPanelId));
      visiblePanels.value = new Set(
        api.panels
          .filter(({ api: panel }) => panel.isVisible)
          .map(({ id }) => id)
          .filter(isPanelId),
      );
    });
    keepLast(api.toJSON());
  };
  follow();
  const listeners = [
    api.onDidLayoutChange(follow),
    api.onDidActivePanelChange(follow),
    api.onDidOpenPopoutWindowFail(({ reason }) => {
      windowRefusal.value =
        reason === "blocked"
          ? "The browser allowed no window. Allow windows of this page, then try again."
          : "The window could not be opened.";
    }),
  ];
  return () => {
    for (const listener of listeners) listener.dispose();
    api.dispose();
    dock = null;
    presentPanels.value = new Set();
    visiblePanels.value = new Set();
  };
}

function createPanel(id: PanelId, { draw, erase }: DockOptions): IContentRenderer & { dispose(): void } {
  const element = document.createElement("div");
  element.className = "dock-panel";
  let stops: { dispose(): void }[] = [];
  return {
    element,
    init({ api }) {
      const show = () => (api.isVisible && element.ownerDocument.defaultView ? draw(id, element) : erase(element));
      // What measures itself belongs to the window that it was made in; the panel is on its way to another one while this is told.
      const again = () => {
        erase(element);
        setTimeout(show);
      };
      stops = [api.onDidVisibilityChange(show), api.onDidLocationChange(again)];
      show();
    },
    dispose() {
      for (const stop of stops) stop.dispose();
      erase(element);
    },
  };
}

function groupButtons(activeId: () => string) {
  const element = document.createElement("div");
  element.className = "dock-buttons";
  const button = (sign: string, words: string, run: (id: PanelId) => void) => {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = sign;
    one.title = words;
    one.setAttribute("aria-label", words);
    one.onclick = () => {
      const id = activeId();
      if (isPanelId(id)) run(id);
    };
    element.append(one);
  };
  button("⤢", "This panel alone, or all again", toggleAlone);
  button("↗", "This panel in a window of its own, or back in the page", (id) => void toggleWindow(id));
  return { element, init: () => {}, dispose: () => {} };
}

function identityOf(id: PanelId) {
  const minimumWidth = leastWidthPx[id];
  return { id, component: id, title: options!.titleOf(id), ...(minimumWidth === undefined ? {} : { minimumWidth }) };
}

function arrange(places: readonly Place[]): void {
  const api = dock!;
  api.clear();
  const { clientWidth, clientHeight } = document.documentElement;
  for (const { id, beside, direction, widthPx, widthShare, heightShare } of places) {
    const width = widthPx ?? (widthShare === undefined ? undefined : widthShare * clientWidth);
    api.addPanel({
      ...identityOf(id),
      ...(beside ? { position: { referencePanel: beside, direction: direction ?? "within" } } : {}),
      ...(width === undefined ? {} : { initialWidth: width }),
      ...(heightShare === undefined ? {} : { initialHeight: heightShare * clientHeight }),
      inactive: direction === "within",
    });
  }
}

/** Whether a layout could be shown. */
function restore(layout: SerializedDockview): boolean {
  try {
    const { popoutGroups: _windows, ...within } = layout;
    dock!.fromJSON(within);
    // Windows are opened by a click only: what stood in them comes back as tabs.
    for (const id of Object.keys(layout.panels)) if (isPanelId(id)) showPanel(id);
    return dock!.panels.length > 0;
  } catch {
    // A layout of another version of the program; the caller shows its own instead.
    return false;
  }
}

/** A layout by its name: one that was saved, or one of the program's own. */
export function showLayout(name: string): void {
  const saved = savedLayouts()[name];
  if (saved && restore(saved)) return;
  const own = ownLayouts[name];
  if (own) arrange(own);
}

export function saveCurrentLayout(name: string): void {
  if (!dock || name.trim() === "") return;
  saveLayout(name.trim(), dock.toJSON());
  layoutNames.value = Object.keys(savedLayouts());
}

export function forgetLayout(name: string): void {
  removeLayout(name);
  layoutNames.value = Object.keys(savedLayouts());
}

/** Brings a panel in sight; one that was closed comes back as a tab of the group that is in use. */
export function showPanel(id: PanelId): void {
  if (!dock) return;
  const panel = dock.getPanel(id);
  if (panel) {
    panel.api.setActive();
    return;
  }
  const neighbour = panelIds.find((other) => other !== id && dock!.getPanel(other)?.api.location.type === "grid");
  dock.addPanel({
    ...identityOf(id),
    ...(neighbour ? { position: { referencePanel: neighbour, direction: "within" as const } } : {}),
  });
}

export function hidePanel(id: PanelId): void {
  dock?.getPanel(id)?.api.close();
}

export const togglePanel = (id: PanelId): void => (presentPanels.value.has(id) ? hidePanel(id) : showPanel(id));

/** A panel alone on the page, or all again. */
export function toggleAlone(id: PanelId): void {
  const panel = dock?.getPanel(id);
  if (!panel) return;
  if (panel.api.isMaximized()) panel.api.exitMaximized();
  else panel.api.maximize();
}

/** A panel in a window of its own, or back in the page. */
export async function toggleWindow(id: PanelId): Promise<void> {
  windowRefusal.value = null;
  showPanel(id);
  const panel = dock?.getPanel(id);
  if (!panel || !dock) return;
  if (panel.api.location.type === "popout") {
    panel.api.getWindow().close();
    return;
  }
  if (!(await dock.addPopoutGroup(panel))) return;
  const { document: opened } = panel.api.getWindow();
  opened.title = `Harken: ${options!.titleOf(id)}`;
  opened.addEventListener("keydown", options!.onKey);
}

/** Gives a tab another title. */
export function retitle(id: PanelId, title: string): void {
  dock?.getPanel(id)?.api.setTitle(title);
}
