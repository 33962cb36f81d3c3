/** Every edit of the selected sample, newest first: who, when, why, and what it changed. */
import { formatMinute } from "../format.ts";
import { tellChanges, tellEdit, undoneOf } from "./edits.ts";
import { detail } from "./state.ts";

export function EditRecord() {
  const edits = detail.value?.edits ?? [];
  if (edits.length === 0) return null;
  const undone = undoneOf(edits);
  return (
    <section aria-label="Edits">
      <h3>Edits</h3>
      <ol class="record edits" reversed>
        {edits.toReversed().map((entry) => (
          <li key={entry.ordinal} value={entry.ordinal} class={undone.has(entry.ordinal) ? "undone" : ""}>
            {tellEdit(entry)} <span class="faint">{`${entry.analyst}, ${formatMinute(entry.time)}`}</span>
            {entry.comment !== "" && <q>{entry.comment}</q>}
            {tellChanges(entry).map((line) => (
              <div key={line} class="change">
                {line}
              </div>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
