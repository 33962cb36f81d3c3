/** Waveform events whose place was in the samples' air at or after their time: where data of both kinds may be of one source. */
import { formatMinute, formatNumber } from "../format.ts";
import { three } from "./numbers.ts";
import { chosen, eventList, eventMatches, events, plume, reachKm, series, troubles, withinDays } from "./state.ts";

const SHOWN = 50;

export function EventMatches() {
  const now = series.value;
  if (plume.value || now === null || typeof now === "string") return null;
  const matches = eventMatches.value;
  return (
    <>
      <h3>
        Waveform events in this air{" "}
        <small>
          {matches.length} of {events.value.length}
        </small>
      </h3>
      <div class="bar event-bar">
        <select
          name="list"
          aria-label="Bulletin"
          value={eventList.value}
          onChange={({ currentTarget }) => void (eventList.value = currentTarget.value)}
        >
          {["SEL1", "LEB", "REB"].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <label>
          within{" "}
          <select
            name="reach"
            value={reachKm.value}
            onChange={({ currentTarget }) => void (reachKm.value = Number(currentTarget.value))}
          >
            {[0, 50, 100, 200, 400].map((km) => (
              <option key={km} value={km}>
                {km === 0 ? "the cell" : `${km} km`}
              </option>
            ))}
          </select>
        </label>
        <label>
          and{" "}
          <select
            name="within"
            value={withinDays.value}
            onChange={({ currentTarget }) => void (withinDays.value = Number(currentTarget.value))}
          >
            {[0.25, 1, 3, 7, 14].map((days) => (
              <option key={days} value={days}>
                {days < 1 ? `${days * 24} h` : `${days} d`}
              </option>
            ))}
          </select>{" "}
          after
        </label>
      </div>
      {troubles.value["events"] !== undefined && <p class="trouble">{troubles.value["events"]}</p>}
      {matches.length === 0 ? (
        <p class="faint">
          {events.value.length === 0 ? "The bulletin has no event of these days." : "None was in it."}
        </p>
      ) : (
        <table class="events">
          <thead>
            <tr>
              <th>Event</th>
              <th>Region</th>
              <th class="number">Mag.</th>
              <th class="number" title="Samples whose air was there">
                Samples
              </th>
              <th class="number">1/m³</th>
            </tr>
          </thead>
          <tbody>
            {matches.slice(0, SHOWN).map(({ event, samples, sensitivity }) => (
              <tr key={event.key} data-event={event.key}>
                <td>
                  <a href={`./#${encodeURIComponent(event.key)}`}>{formatMinute(event.time)}</a>
                </td>
                <td class="region" title={event.regionName}>
                  {event.regionName}
                </td>
                <td class="number">{formatNumber(event.magnitudes[0]?.value, 1)}</td>
                <td class="number" title={samples.map((k) => chosen.value[k]?.summary.key).join(", ")}>
                  {samples.length}
                </td>
                <td class="number">{three(sensitivity)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
