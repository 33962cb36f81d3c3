/** Intervals of data along the time axis, a row for each list: what is due, made, late, being reviewed and complete. */
import type { TimetableInterval, TimetableList } from "@harken/api";
import type { ComponentChildren } from "preact";
import { formatDate, formatMinute } from "../format.ts";
import { chosenHour, completeHour, hours, openHour } from "../review.ts";
import { type ListName, listNames, showList, status, troubles } from "../state.ts";
import { axisTicks } from "../traceRows.ts";
import { type CellState, cellSigns, cellState, cellWords, placeOf } from "./cells.ts";
import { axis, endsAt, moveAxis, spanHours, spans, states } from "./timetable.ts";

const HOUR_SEC = 3600;
const percent = (share: number) => `${100 * share}%`;

export function TimetablePanel() {
  const [known, period] = [states.value, axis.value];
  const trouble = troubles.value["timetable"];
  const seen = period ? (known?.intervals.filter(({ from, to }) => to > period.from && from < period.to) ?? []) : [];
  return (
    <section class="panel timetable" aria-label="Timetable">
      <Head />
      {trouble && <p class="trouble">{trouble}</p>}
      {!known && !trouble && <p class="empty">Asking the centre for its timetable …</p>}
      {known && seen.length === 0 && <p class="empty">No interval of these hours has been planned.</p>}
      {known && period && seen.length > 0 && (
        <div class="timetable-rows">
          <Axis />
          {known.lists.map((list) => (
            <Row key={list} name={list}>
              {seen.map((interval) => {
                const made = interval.lists.find((one) => one.list === list);
                return made ? <ListCell key={interval.from} interval={interval} made={made} /> : null;
              })}
            </Row>
          ))}
          <Row name="review">
            {hours.value
              .filter(({ from, to }) => to > period.from && from < period.to)
              .map((hour) => (
                <ReviewCell key={hour.from} hour={hour} />
              ))}
          </Row>
        </div>
      )}
      <Legend />
    </section>
  );
}

function Head() {
  const at = hours.value.find(({ from }) => from === chosenHour.value);
  return (
    <div class="controls">
      <fieldset>
        <legend>Hours</legend>
        {spans.map((hours) => (
          <button
            key={hours}
            type="button"
            aria-pressed={spanHours.value === hours}
            onClick={() => (spanHours.value = hours)}
          >
            {hours < 48 ? hours : `${hours / 24} d`}
          </button>
        ))}
      </fieldset>
      <fieldset>
        <button type="button" title="Earlier" aria-label="Earlier" onClick={() => moveAxis(-0.5)}>
          ‹
        </button>
        <button type="button" title="Later" aria-label="Later" onClick={() => moveAxis(0.5)}>
          ›
        </button>
        <button type="button" aria-pressed={endsAt.value === null} onClick={() => (endsAt.value = null)}>
          now
        </button>
      </fieldset>
      <fieldset>
        <button type="button" disabled={!at} onClick={() => void openHour()}>
          {at?.interval?.state === "complete" ? "Open again" : "Open"}
        </button>
        <button type="button" disabled={at?.interval?.state !== "open"} onClick={() => void completeHour()}>
          Complete
        </button>
      </fieldset>
    </div>
  );
}

function Axis() {
  const { from, to } = axis.value!;
  const ticks = axisTicks({ from: 0, to: (to - from) / 60 }, 480, 60).map((minutes) => from + minutes * 60);
  return (
    <div class="timetable-row timetable-axis" aria-hidden="true">
      <b />
      <div>
        {ticks.slice(0, -1).map((time) => (
          <span key={time} style={{ left: percent((time - from) / (to - from)) }}>
            {time % 86_400 < HOUR_SEC ? formatDate(time).slice(5) : formatMinute(time).slice(-5)}
          </span>
        ))}
      </div>
    </div>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <section class="timetable-row" aria-label={name}>
      <b>{name}</b>
      <div>{children}</div>
    </section>
  );
}

const spanWords = ({ from, to }: { readonly from: number; readonly to: number }) =>
  `${formatMinute(from)} to ${formatMinute(to).slice(-5)}`;

function ListCell({ interval, made }: { interval: TimetableInterval; made: TimetableList }) {
  const state = cellState(made, status.value?.dataTo ?? null);
  const { left, width } = placeOf(interval, axis.value!);
  const facts = [
    `${made.list} of ${spanWords(interval)}: ${cellWords[state]}`,
    `due ${formatMinute(made.dueAt)}${made.madeAt === null ? "" : `, made ${formatMinute(made.madeAt)}`}`,
    made.events === null ? null : `${made.events} events of ${made.arrivals} arrivals`,
    `${interval.stationsDone} of ${interval.stations} stations worked on`,
    made.attempts > 1 ? `${made.attempts} attempts` : null,
    made.problem || null,
  ].filter((fact) => fact !== null);
  const isList = (listNames as readonly string[]).includes(made.list);
  return (
    <button
      type="button"
      class={`cell cell-${state}`}
      style={{ left: percent(left), width: percent(width) }}
      title={facts.join("\n")}
      aria-label={`${spanWords(interval)}: ${cellWords[state]}`}
      onClick={() => {
        chosenHour.value = Math.floor(interval.from / HOUR_SEC) * HOUR_SEC;
        if (isList) void showList(made.list as ListName);
      }}
    >
      {cellSigns[state]}
    </button>
  );
}

function ReviewCell({ hour }: { hour: (typeof hours.value)[number] }) {
  const { left, width } = placeOf({ ...hour, lists: [], stations: 0, stationsDone: 0 }, axis.value!);
  const state = hour.interval?.state ?? (hour.ready ? "not opened" : "data still come");
  const words = `${spanWords(hour)}: ${state}${hour.interval ? `, ${hour.interval.analyst}` : ""}`;
  return (
    <button
      type="button"
      class={`cell hour-${hour.interval?.state ?? (hour.ready ? "waiting" : "coming")}`}
      style={{ left: percent(left), width: percent(width) }}
      title={`${words}\nA click chooses the hour, a double click opens it for review`}
      aria-label={words}
      aria-pressed={hour.from === chosenHour.value}
      onClick={() => (chosenHour.value = hour.from)}
      onDblClick={() => void openHour()}
    >
      {hour.interval?.state === "complete" ? "✓" : hour.interval ? hour.interval.analyst.slice(0, 6) : ""}
    </button>
  );
}

const explained: readonly CellState[] = ["early", "waiting", "overdue", "working", "made", "late", "again", "failed"];

function Legend() {
  return (
    <p class="timetable-legend">
      {explained.map((state) => (
        <span key={state}>
          <i class={`cell cell-${state}`}>{cellSigns[state]}</i> {cellWords[state]}
        </span>
      ))}
    </p>
  );
}
