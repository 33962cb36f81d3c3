/** The keys of the page: one table from which both the key sheet and the handler are made. Letters follow the field's habits. */
import { comboOf } from "./keyCombo.ts";
import {
  associateChosen,
  createFromChosen,
  currentPhase,
  pickAtCursor,
  redo,
  renameChosen,
  unassociateChosen,
  undo,
} from "./review.ts";
import { acceptDirection, nextSlowness, openSlowness } from "./slowness.ts";
import {
  align,
  components,
  cursor,
  filter,
  filters,
  gain,
  keySheetOpen,
  measured,
  moveSelection,
  resetView,
  reviewing,
  rowHeight,
  rowHeights,
  rows,
  scaling,
  showAll,
  showOthers,
  view,
  zoomBack,
  zoomTo,
} from "./state.ts";
import { type Alignment, fullView, panView, type Scaling, zoomView } from "./traceRows.ts";
import { showPanel, visiblePanels } from "./workspace/dock.ts";
import { paletteOpen } from "./workspace/palette.ts";

interface KeyBinding {
  /** As in KeyboardEvent.key, after `mod+` (Ctrl, on a Mac also Command), `alt+` and `shift+`, in that order; letters without `shift+` otherwise. */
  readonly keys: readonly string[];
  readonly shown: string;
  readonly action: string;
  /** Only in the analysts' list. */
  readonly review?: boolean;
  /** Also while something is written in a field. */
  readonly everywhere?: boolean;
  readonly run: () => void;
}

const ZOOM_STEP = 1.5;
const PAN_SHARE = 0.2;
const GAIN_STEP = 1.4;
const PAGE_ROWS = 15;

export function setAlign(next: Alignment): void {
  align.value = next;
  resetView();
}

export function nextFilter(by: number): void {
  const at = filters.indexOf(filter.value);
  filter.value = filters[(at + by + filters.length) % filters.length]!;
}

export function changeGain(up: boolean): void {
  gain.value *= up ? GAIN_STEP : 1 / GAIN_STEP;
}

export function zoomMiddle(closer: boolean): void {
  const { from, to } = view.value;
  if (closer) zoomTo(zoomView(view.value, (from + to) / 2, 1 / ZOOM_STEP));
  else if (!zoomBack()) view.value = zoomView(view.value, (from + to) / 2, ZOOM_STEP);
}

export const alignments: readonly (readonly [Alignment, string, string])[] = [
  ["P", "P", "the first P: picked, or else due"],
  ["due", "due", "the P that is due by the event"],
  ["origin", "origin", "the origin time"],
  ["time", "time", "the clock: all traces at the same time"],
];

function nextAlign(): void {
  const at = alignments.findIndex(([name]) => name === align.value);
  setAlign(alignments[(at + 1) % alignments.length]![0]);
}

const scalings: readonly Scaling["kind"][] = ["own", "common"];

/** Each trace to its own band, or all in sight alike; from a fixed scale back to each its own. */
export function nextScaling(): void {
  const kind = scalings[(scalings.indexOf(scaling.value.kind) + 1) % scalings.length] as "own" | "common";
  scaling.value = { kind };
}

/** All traces as the one under the pointer is scaled now. */
function scaleToPointed(): void {
  const reach = cursor.value?.reach;
  if (reach) scaling.value = { kind: "fixed", reach };
}

const pan = (share: number) => () => {
  view.value = panView(view.value, share);
};

export const keyBindings: readonly KeyBinding[] = [
  { keys: ["j", "ArrowDown"], shown: "j or ↓", action: "next event", run: () => moveSelection(1) },
  { keys: ["k", "ArrowUp"], shown: "k or ↑", action: "previous event", run: () => moveSelection(-1) },
  { keys: ["PageDown"], shown: "Page Down", action: `${PAGE_ROWS} events on`, run: () => moveSelection(PAGE_ROWS) },
  { keys: ["PageUp"], shown: "Page Up", action: `${PAGE_ROWS} events back`, run: () => moveSelection(-PAGE_ROWS) },
  { keys: ["Home"], shown: "Home", action: "first event", run: () => moveSelection(-Infinity) },
  { keys: ["End"], shown: "End", action: "last event", run: () => moveSelection(Infinity) },
  { keys: ["w"], shown: "w or wheel", action: "zoom in on time", run: () => zoomMiddle(true) },
  {
    keys: ["x"],
    shown: "x or wheel",
    action: "back to before the last zoom, else zoom out",
    run: () => zoomMiddle(false),
  },
  { keys: ["a", "ArrowLeft"], shown: "a or ←, drag", action: "earlier", run: pan(-PAN_SHARE) },
  { keys: ["d", "ArrowRight"], shown: "d or →, drag", action: "later", run: pan(PAN_SHARE) },
  { keys: ["z"], shown: "z", action: "back to the first view", run: resetView },
  { keys: [" "], shown: "Space", action: "the whole event", run: () => zoomTo(fullView(rows.value)) },
  { keys: [], shown: "Ctrl drag", action: "zoom to a stretch of time", run: () => {} },
  { keys: [], shown: "Shift drag", action: "measuring window; panel Signal shows what is in it", run: () => {} },
  { keys: ["p"], shown: "p", action: "align by P, by the P that is due, by origin time, by the clock", run: nextAlign },
  { keys: ["y"], shown: "y", action: "each trace its own scale / all alike", run: nextScaling },
  {
    keys: ["mod+shift+y"],
    shown: "Ctrl Shift y",
    action: "all traces at the scale of the one under the pointer",
    run: scaleToPointed,
  },
  {
    keys: ["alt+shift+y"],
    shown: "Alt Shift y",
    action: "scales as at first",
    run: () => {
      scaling.value = { kind: "own" };
      gain.value = 1;
    },
  },
  { keys: ["i"], shown: "i", action: "spectrogram, spectra and motion", run: () => showPanel("signal") },
  { keys: ["+", "="], shown: "+", action: "larger amplitudes", run: () => changeGain(true) },
  { keys: ["-"], shown: "−", action: "smaller amplitudes", run: () => changeGain(false) },
  { keys: ["f"], shown: "f", action: "next filter", run: () => nextFilter(1) },
  { keys: ["F"], shown: "Shift f", action: "previous filter", run: () => nextFilter(-1) },
  {
    keys: ["s"],
    shown: "s",
    action: "associated stations / all stations",
    run: () => {
      showAll.value = !showAll.value;
    },
  },
  {
    keys: ["3"],
    shown: "3",
    action: "one component / all components",
    run: () => {
      components.value = !components.value;
    },
  },
  {
    keys: ["o"],
    shown: "o",
    action: "show or hide the other detections",
    run: () => {
      showOthers.value = !showOthers.value;
    },
  },
  {
    keys: ["m"],
    shown: "m",
    action: "more or fewer traces in sight",
    run: () => {
      const at = rowHeights.indexOf(rowHeight.value);
      rowHeight.value = rowHeights[(at + 1) % rowHeights.length]!;
    },
  },
  {
    keys: ["t"],
    shown: "t",
    action: "event / comparison with the truth",
    run: () => {
      showPanel(visiblePanels.value.has("truth") ? "event" : "truth");
    },
  },
  { keys: ["v"], shown: "v", action: "f-k under the pointer", run: openSlowness },
  { keys: ["n"], shown: "n", action: "f-k of the event's next array", run: nextSlowness },
  { keys: ["mod+g"], shown: "Ctrl g", action: "associate the chosen detections", review: true, run: associateChosen },
  { keys: ["alt+g"], shown: "Alt g", action: "take the chosen detections out", review: true, run: unassociateChosen },
  {
    keys: ["q"],
    shown: "q",
    action: "give the chosen detections the current phase",
    review: true,
    run: () => renameChosen(currentPhase.value),
  },
  {
    keys: ["mod+p"],
    shown: "Ctrl p",
    action: "choose the current phase",
    review: true,
    run: () => document.querySelector<HTMLSelectElement>("#current-phase")?.focus(),
  },
  { keys: ["e"], shown: "e", action: "pick the current phase under the pointer", review: true, run: pickAtCursor },
  { keys: ["c"], shown: "c", action: "new event of the chosen detections", review: true, run: createFromChosen },
  {
    keys: ["u"],
    shown: "u",
    action: "give the detection the direction of the f-k",
    review: true,
    run: () => void acceptDirection(),
  },
  { keys: ["mod+z"], shown: "Ctrl z", action: "undo", review: true, run: undo },
  { keys: ["mod+shift+z", "mod+y"], shown: "Ctrl Shift z", action: "redo", review: true, run: redo },
  {
    keys: ["mod+shift+x", "mod+k"],
    shown: "Ctrl Shift x",
    action: "every command by its name",
    everywhere: true,
    run: () => {
      paletteOpen.value = true;
    },
  },
  {
    keys: ["?"],
    shown: "?",
    action: "this sheet",
    run: () => {
      keySheetOpen.value = !keySheetOpen.value;
    },
  },
  {
    keys: ["Escape"],
    shown: "Esc",
    action: "close this sheet; else take the measuring window away",
    run: () => {
      if (!keySheetOpen.value) measured.value = null;
      keySheetOpen.value = false;
    },
  },
];

/** Handles a key unless it was meant for a control that uses it. */
export function handleKey(event: KeyboardEvent): void {
  if (event.isComposing) return;
  // An element of a panel's own window is no Element of this one.
  const target = event.target && "closest" in event.target ? (event.target as Element) : null;
  const isTyping = target?.closest("input, textarea, select") != null;
  if (event.key === " " && target?.closest("button, a, summary")) return;
  const combo = comboOf(event);
  const binding = keyBindings.find(({ keys, review }) => keys.includes(combo) && (!review || reviewing.value));
  if (
    !binding ||
    (isTyping && !binding.everywhere) ||
    (keySheetOpen.value && binding.keys[0] !== "Escape" && binding.keys[0] !== "?")
  )
    return;
  event.preventDefault();
  binding.run();
}
