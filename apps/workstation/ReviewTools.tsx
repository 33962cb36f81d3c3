/** The analyst's tools of the event panel: depth, rejection, phases, the record of edits, and a refused edit. */
import type { OriginRecord } from "@harken/api";
import { useState } from "preact/hooks";
import { formatNumber, formatTime } from "./format.ts";
import { busy, conflict, createFromChosen, edit, editAgain, edits, phases } from "./review.ts";
import { chosen, reviewing } from "./state.ts";

export function OriginTools({ origin }: { origin: OriginRecord }) {
  const [depth, setDepth] = useState<string | null>(null);
  const [comment, setComment] = useState("");
  const depthKm = Number(depth ?? formatNumber(origin.depthKm, 1));
  return (
    <div class="tools">
      <label>
        Depth{" "}
        <input
          type="number"
          aria-label="Depth in km"
          min={0}
          max={800}
          step={1}
          value={depth ?? formatNumber(origin.depthKm, 1)}
          onInput={(event) => setDepth(event.currentTarget.value)}
        />{" "}
        km
      </label>
      <button
        type="button"
        disabled={busy.value || !(depthKm >= 0 && depthKm <= 800)}
        onClick={() => {
          setDepth(null);
          void edit({ kind: "depth", depth: { fixedKm: depthKm } });
        }}
      >
        Hold
      </button>
      <button type="button" disabled={busy.value} onClick={() => void edit({ kind: "depth", depth: "free" })}>
        Solve
      </button>
      <button
        type="button"
        disabled={busy.value || chosen.value.size === 0}
        title="A new event of the detections that are chosen in the waveforms (c)"
        onClick={() => void createFromChosen()}
      >
        New event
      </button>
      <span class="reject">
        <input
          aria-label="Comment"
          placeholder="comment"
          maxLength={500}
          value={comment}
          onInput={(event) => setComment(event.currentTarget.value)}
        />
        <button
          type="button"
          disabled={busy.value}
          title="Take the event out of the list; undo brings it back"
          onClick={() => {
            void edit({ kind: "reject" }, comment.trim());
            setComment("");
          }}
        >
          Reject event
        </button>
      </span>
    </div>
  );
}

export function PhaseSelect({ arrivalKey, phase }: { arrivalKey: string; phase: string }) {
  return (
    <select
      aria-label={`Phase of ${arrivalKey}`}
      value={phase}
      onChange={(event) => void edit({ kind: "phase", arrivalKey, phase: event.currentTarget.value })}
    >
      {(phases.includes(phase) ? phases : [phase, ...phases]).map((name) => (
        <option key={name}>{name}</option>
      ))}
    </select>
  );
}

/** An edit that was refused because somebody else had changed the event: what they did, and the choice to do it again. */
export function Conflict() {
  const refused = conflict.value;
  if (!refused) return null;
  return (
    <div class="conflict" role="alert">
      <p>{refused.message} You see the event as it is now.</p>
      <button type="button" onClick={() => void editAgain()}>
        Do my edit again
      </button>{" "}
      <button type="button" onClick={() => (conflict.value = null)}>
        Leave it
      </button>
    </div>
  );
}

export function History() {
  if (!reviewing.value || edits.value.length === 0) return null;
  return (
    <>
      <h3>History</h3>
      <ol class="history" reversed>
        {edits.value.map(({ id, time, analyst, action, detail, comment, versionAfter }, index) => (
          <li key={id}>
            <span class="faint">{formatTime(time).slice(0, 19)}</span> <b>{analyst}</b> {detail}
            {comment && <q>{comment}</q>}
            {index > 0 && versionAfter !== null && action !== "restore" && (
              <button type="button" class="link" onClick={() => void edit({ kind: "restore", version: versionAfter })}>
                back to this
              </button>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
