/** Tools of the analyst under the spectrum's bar: what the pointer does, why, and undo. */
import type { ComponentChildren } from "preact";
import { comment, refusal, sendEdit, type Tool, tool, undoneOf, working } from "./edits.ts";
import { detail } from "./state.ts";

const labels: Readonly<Record<Tool, readonly [label: string, key: string, does: string]>> = {
  look: ["look", "Escape", "dragging moves the view"],
  add: ["add", "a", "a click adds a peak and fits it with its neighbours"],
  remove: ["remove", "x", "a click takes the nearest peak out"],
  move: ["move", "m", "dragging moves the nearest peak; the fit begins where it is dropped"],
  region: ["region", "r", "dragging chooses the channels over which the peaks there are fitted together"],
};

export function PeakTools() {
  return (
    <EditBar>
      {(Object.keys(labels) as Tool[]).map((one) => {
        const [label, key, does] = labels[one];
        return (
          <button
            key={one}
            type="button"
            aria-pressed={tool.value === one}
            title={`${does} (${key})`}
            onClick={() => (tool.value = one)}
          >
            {label}
          </button>
        );
      })}
    </EditBar>
  );
}

/** The tools of a display, with the reason of the next edit and undo, which all have. */
export function EditBar({ children }: { children: ComponentChildren }) {
  const edits = detail.value?.edits ?? [];
  const undone = undoneOf(edits);
  const counting = edits.filter(({ ordinal, edit }) => edit.kind !== "undo" && !undone.has(ordinal));
  return (
    <div class="spectrum-bar edit-bar" role="toolbar" aria-label="Edit">
      {children}
      <input
        name="why"
        placeholder="why"
        maxLength={2000}
        value={comment.value}
        onInput={(event) => (comment.value = event.currentTarget.value)}
      />
      <button
        type="button"
        title="u"
        disabled={counting.length === 0 || working.value}
        onClick={() => void sendEdit({ kind: "undo" })}
      >
        undo
      </button>
      {working.value && <span class="faint">fitting …</span>}
      {refusal.value !== null && (
        <span class="trouble" role="alert">
          {refusal.value}
        </span>
      )}
    </div>
  );
}
