/** The list of fields: which are looked at together, and what was measured in their samples. */
import type { FieldSummary } from "@harken/api";
import { transportedSpecies } from "@harken/atmosphere";
import { formatMinute } from "../format.ts";
import { three } from "./numbers.ts";
import { isDetection } from "./products.ts";
import {
  chooseAll,
  chooseOnly,
  chosenKeys,
  list,
  measurementOf,
  nuclide,
  sampleName,
  toggle,
  troubles,
  typed,
} from "./state.ts";

export function FieldTable() {
  const now = list.value;
  if (!now) return <p class="empty">{troubles.value["fields"] ?? "Asking for the fields …"}</p>;
  if (!now.watched)
    return (
      <p class="empty">
        This centre has no folder of fields. Start it with <code>--fields FOLDER</code>; <code>harken transport</code>{" "}
        writes fields, and those of other centres (SRS) can be put beside them.
      </p>
    );
  const chosen = now.fields.filter(({ key }) => chosenKeys.value.has(key));
  const centres = [...new Set(now.fields.map(({ centre }) => centre))];
  return (
    <>
      <div class="bar">
        <label>
          Nuclide{" "}
          <select
            name="nuclide"
            value={nuclide.value}
            onChange={({ currentTarget }) => void (nuclide.value = currentTarget.value)}
          >
            <option value="">none, no decay</option>
            {transportedSpecies
              .filter(({ halfLifeSec }) => halfLifeSec !== null)
              .map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
          </select>
        </label>
        <button
          type="button"
          title="All fields of the list"
          onClick={() => chooseAll(now.fields.map(({ key }) => key))}
        >
          all
        </button>
        {centres.length > 1 &&
          centres.length < 8 &&
          centres.map((centre) => (
            <button
              key={centre}
              type="button"
              title={`All fields by ${centre}`}
              onClick={() => chooseAll(now.fields.filter((one) => one.centre === centre).map(({ key }) => key))}
            >
              {centre}
            </button>
          ))}
        <button
          type="button"
          title="The chosen samples by every centre"
          disabled={chosen.length === 0}
          onClick={() => {
            const names = new Set(chosen.map(sampleName));
            chooseAll(now.fields.filter((one) => names.has(sampleName(one))).map(({ key }) => key));
          }}
        >
          every model
        </button>
      </div>
      <div class="scroll">
        {now.fields.length === 0 && (
          <p class="empty">The folder holds no field yet. They are shown as soon as they are written there.</p>
        )}
        {now.fields.length > 0 && (
          <table>
            <thead>
              <tr>
                <th />
                <th>Station</th>
                <th>Collected to</th>
                <th>Model</th>
                <th class="number" title="Becquerel in a cubic metre; type a value to try it">
                  Bq/m³
                </th>
                <th />
              </tr>
            </thead>
            <tbody>
              {now.fields.map((field) => (
                <FieldRow key={field.key} field={field} />
              ))}
            </tbody>
          </table>
        )}
        {now.refused.map(({ file, reason }) => (
          <p key={file} class="trouble refused">
            {file} is left out: {reason}
          </p>
        ))}
      </div>
    </>
  );
}

function FieldRow({ field }: { field: FieldSummary }) {
  const measured = measurementOf(field);
  const isChosen = chosenKeys.value.has(field.key);
  return (
    <tr
      data-field-key={field.key}
      aria-selected={isChosen}
      onClick={({ target }) => target instanceof HTMLTableCellElement && chooseOnly(field.key)}
    >
      <td>
        <input
          type="checkbox"
          aria-label={`${field.station} by ${field.centre}`}
          checked={isChosen}
          onChange={() => toggle(field.key)}
        />
      </td>
      <td>{field.station}</td>
      <td>{formatMinute(field.sampleStop)}</td>
      <td title={`${field.durationHours} h, cells of ${field.stepLonDeg} deg, ${field.entries} entries`}>
        {field.centre}
      </td>
      <td class="number">
        <input
          class={isDetection(measured) ? "measured found" : "measured"}
          aria-label={`Measured at ${field.station}`}
          title={titleOf(measured)}
          value={measured === null ? "" : three(measured.bqPerM3)}
          onChange={({ currentTarget }) => type(field, currentTarget.value)}
        />
      </td>
      <td>
        {field.sampleKey !== null && (
          <a href={`samples.html#${encodeURIComponent(field.sampleKey)}`} title="The sample's spectrum and reports">
            sample
          </a>
        )}
      </td>
    </tr>
  );
}

function titleOf(measured: ReturnType<typeof measurementOf>): string {
  if (measured === null)
    return "Nothing was measured, or it is not known here. Type a concentration, 0 for a non-detection.";
  const { bqPerM3, uncertaintyBqPerM3, mdcBqPerM3 } = measured;
  const limit = mdcBqPerM3 === null ? "" : `, MDC ${three(mdcBqPerM3)}`;
  return `${three(bqPerM3)} ± ${three(uncertaintyBqPerM3)} Bq/m³${limit}`;
}

/** Nothing typed goes back to what the centre has; what is no concentration is not taken. */
function type(field: FieldSummary, text: string): void {
  const next = new Map(typed.value);
  const value = Number(text);
  if (text.trim() === "") next.delete(sampleName(field));
  else if (Number.isFinite(value) && value >= 0) next.set(sampleName(field), value);
  typed.value = next;
}
