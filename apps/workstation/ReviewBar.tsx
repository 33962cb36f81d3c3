/** The strip under the top bar: which bulletin is in sight, the hours of the data by the state of their review, and who reviews. */

import { analyst, setAnalyst, signedIn } from "./analyst.ts";
import { formatDate, formatMinute } from "./format.ts";
import {
  busy,
  chosenHour,
  completeHour,
  completion,
  currentPhase,
  edits,
  hours,
  openHour,
  phases,
  redo,
  undo,
  walk,
} from "./review.ts";
import { type ListName, listName, reviewing, showList, troubles } from "./state.ts";

const listWords: readonly (readonly [ListName, string])[] = [
  ["SEL1", "the first automatic list: primary stations, within the hour"],
  ["SEL2", "the second: with auxiliary stations, infrasound and what came late"],
  ["SEL3", "the third and last, from which analysts begin"],
  ["LEB", "the analysts' list: every event of the opened intervals"],
  ["REB", "the published list: events of completed intervals that meet the event definition"],
  ["SEB", "the published events that were large enough to be screened"],
  ["SSEB", "those of them that were not screened out"],
];

export function ReviewBar() {
  const trouble = troubles.value["review"] ?? troubles.value["intervals"] ?? troubles.value["edits"];
  return (
    <section class="review-bar" aria-label="Review">
      <fieldset>
        <legend>List</legend>
        {listWords.map(([name, words]) => (
          <button
            key={name}
            type="button"
            title={words}
            aria-pressed={listName.value === name}
            onClick={() => void showList(name)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <Strip />
      {reviewing.value && <EditTools />}
      <label class="analyst">
        Analyst{" "}
        <input
          id="analyst"
          value={analyst.value}
          placeholder="your name"
          maxLength={40}
          size={12}
          readOnly={signedIn.value}
          onInput={(event) => setAnalyst(event.currentTarget.value)}
        />
      </label>
      {trouble ? (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      ) : (
        completion.value && <p role="status">{completion.value}</p>
      )}
    </section>
  );
}

function Strip() {
  const list = hours.value;
  const at = list.find(({ from }) => from === chosenHour.value) ?? null;
  return (
    <>
      <div class="strip" role="listbox" aria-label="Hours of data by the state of their review">
        {list.map(({ from, to, interval, ready }, index) => {
          const state = interval?.state ?? (ready ? "not opened" : "data still come");
          const who = interval ? `, ${interval.analyst}` : "";
          return (
            <button
              key={from}
              type="button"
              role="option"
              aria-selected={from === chosenHour.value}
              class={`hour hour-${interval?.state ?? (ready ? "waiting" : "coming")}`}
              title={`${formatMinute(from)} to ${formatMinute(to).slice(-5)}: ${state}${who}`}
              onClick={() => (chosenHour.value = from)}
              onDblClick={() => void openHour()}
            >
              {index === 0 || from % 86_400 === 0 ? formatDate(from).slice(5) : ""} {formatMinute(from).slice(-5, -3)}
            </button>
          );
        })}
      </div>
      <button type="button" disabled={at === null || busy.value} onClick={() => void openHour()}>
        {at?.interval?.state === "complete" ? "Open again" : "Open"}
      </button>
      <button type="button" disabled={at?.interval?.state !== "open" || busy.value} onClick={() => void completeHour()}>
        Complete
      </button>
    </>
  );
}

function EditTools() {
  const { undo: back, redo: forth } = walk.value;
  const last = edits.value[0];
  return (
    <fieldset>
      <button
        type="button"
        disabled={back === null || busy.value}
        title={last ? `Undo: ${last.detail} (Ctrl z)` : "Nothing to undo"}
        onClick={undo}
      >
        Undo
      </button>
      <button type="button" disabled={forth === null || busy.value} title="Redo (Ctrl Shift z)" onClick={redo}>
        Redo
      </button>
      <label title="Phase of new picks (Ctrl p)">
        Phase{" "}
        <select
          id="current-phase"
          value={currentPhase.value}
          onChange={(e) => (currentPhase.value = e.currentTarget.value)}
        >
          {phases.map((phase) => (
            <option key={phase}>{phase}</option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
