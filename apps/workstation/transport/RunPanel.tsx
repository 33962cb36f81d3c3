/** Asks for a run of transport, backward from a sample or forward from a release, and shows how far the runs are. */
import type { RunRecord } from "@harken/api";
import { cellCentre, transportedSpecies } from "@harken/atmosphere";
import { parseTime } from "@harken/core";
import { useEffect, useState } from "preact/hooks";
import { formatDuration, formatMinute } from "../format.ts";
import { network } from "./network.ts";
import { awaited, resumeRun, runs, runTrouble, showRun, startRun, stopRun } from "./runs.ts";
import { cell, series } from "./state.ts";

const DAY = 86_400;
const empty = {
  ...{ direction: "backward" as "backward" | "forward", station: "", lat: "", lon: "", from: "", to: "", days: "14" },
  ...{ particles: "100000", species: "Xe-133", amount: "1e15" },
};
type Form = typeof empty;

export function RunPanel() {
  const now = runs.value;
  const [form, setForm] = useState(empty);
  const weather = now?.weather ?? null;
  // The last day that the weather covers, until somebody says another.
  useEffect(() => {
    if (weather?.to == null || weather.from === null || form.to !== "") return;
    const last = Math.floor(weather.to / 3600) * 3600;
    const days = Math.max(1, Math.min(14, Math.floor((last - weather.from) / DAY)));
    setForm({ ...form, from: formatMinute(last - DAY), to: formatMinute(last), days: String(days) });
  }, [weather?.to]);
  if (!now) return null;
  if (!weather)
    return (
      <p class="faint run-hint">
        Runs can be started here when the centre has weather: <code>--weather FOLDER</code>.
      </p>
    );
  const set = (part: Partial<Form>) => setForm({ ...form, ...part });
  const request = requestOf(form);
  const input = (name: keyof Form, label: string, wide = false) => (
    <label class={wide ? "wide" : ""}>
      {label}
      <input name={name} value={form[name]} onInput={({ currentTarget }) => set({ [name]: currentTarget.value })} />
    </label>
  );
  return (
    <details class="run-panel" open>
      <summary>
        Runs{" "}
        <small>
          weather{" "}
          {weather.from === null ? weather.message : `${formatMinute(weather.from)} to ${formatMinute(weather.to)}`}
        </small>
      </summary>
      <form
        class="run-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typeof request !== "string")
            void startRun(request).then((taken) => {
              const latest = runs.value?.runs[0];
              if (taken && latest) awaited.value = latest.key;
            });
        }}
      >
        <label>
          Run
          <select
            name="direction"
            value={form.direction}
            onChange={({ currentTarget }) => set({ direction: currentTarget.value as Form["direction"] })}
          >
            <option value="backward">backward</option>
            <option value="forward">forward</option>
          </select>
        </label>
        <label>
          Station
          <input
            name="station"
            list="network"
            value={form.station}
            onInput={({ currentTarget: { value } }) => {
              const known = network.find(({ label }) => label === value);
              set({
                station: value,
                ...(known ? { lat: String(known.latitudeDeg), lon: String(known.longitudeDeg) } : {}),
              });
            }}
          />
          <datalist id="network">
            {network.map(({ label }) => (
              <option key={label} value={label} />
            ))}
          </datalist>
        </label>
        {input("lat", "Lat.")}
        {input("lon", "Lon.")}
        {input("from", form.direction === "backward" ? "Collected from" : "Released from", true)}
        {input("to", "to", true)}
        {input("days", "Days")}
        {input("particles", "Particles")}
        {form.direction === "forward" && (
          <>
            <label>
              Nuclide
              <select
                name="species"
                value={form.species}
                onChange={({ currentTarget }) => set({ species: currentTarget.value })}
              >
                {transportedSpecies.map(({ name }) => (
                  <option key={name}>{name}</option>
                ))}
              </select>
            </label>
            {input("amount", "Bq")}
          </>
        )}
        <div class="wide run-buttons">
          <button
            type="submit"
            disabled={typeof request === "string"}
            title={typeof request === "string" ? request : ""}
          >
            Start
          </button>
          <button type="button" disabled={cell.value === null} onClick={() => set(placeOfCell() ?? {})}>
            at the cell
          </button>
          <span class="faint">{typeof request === "string" ? request : ""}</span>
        </div>
      </form>
      {runTrouble.value !== null && (
        <p class="trouble" role="alert">
          {runTrouble.value}
        </p>
      )}
      {now.runs.slice(0, 8).map((run) => (
        <RunRow key={run.key} run={run} />
      ))}
    </details>
  );
}

function RunRow({ run }: { run: RunRecord }) {
  const { key, state, done, etaSec, message } = run;
  const isActive = state === "running" || state === "waiting";
  return (
    <div class="run" data-run={key} data-state={state}>
      {state === "finished" ? (
        <button type="button" class="link" onClick={() => void showRun(run)}>
          {key}
        </button>
      ) : (
        <span>{key}</span>
      )}
      {isActive ? (
        <progress value={done} max={1} aria-label={`Progress of ${key}`} />
      ) : (
        <span class="faint">{state}</span>
      )}
      {isActive && <span class="faint">{etaSec === null ? state : `${formatDuration(etaSec)} left`}</span>}
      {isActive && (
        <button type="button" onClick={() => void stopRun(key)}>
          stop
        </button>
      )}
      {(state === "stopped" || state === "failed") && (
        <button
          type="button"
          onClick={() => {
            awaited.value = key;
            void resumeRun(key);
          }}
        >
          resume
        </button>
      )}
      {message !== "" && <p class={state === "failed" ? "trouble" : "faint"}>{message}</p>}
    </div>
  );
}

/** The chosen cell as a place that a release or a sample may be of. */
function placeOfCell(): Partial<Form> | null {
  const of = series.value;
  if (cell.value === null || of === null || typeof of === "string") return null;
  const { latitudeDeg, longitudeDeg } = cellCentre(of.grid, cell.value);
  return { station: "CELL", lat: latitudeDeg.toFixed(2), lon: longitudeDeg.toFixed(2) };
}

/** What the form asks for, or what is missing in it. */
export function requestOf(form: Form) {
  const { direction, station, species } = form;
  const number = (text: string) => (text.trim() === "" ? Number.NaN : Number(text));
  const [latitudeDeg, longitudeDeg, days, amountBq] = [form.lat, form.lon, form.days, form.amount].map(number) as [
    number,
    number,
    number,
    number,
  ];
  const particles = Math.round(number(form.particles));
  const [from, to] = [form.from, form.to].map((text) => parseTime(`${text.trim().replace(" ", "T")}Z`));
  if (!/^[A-Za-z0-9_-]{1,12}$/.test(station)) return "Name the station, or a place in letters.";
  if (!(Math.abs(latitudeDeg) <= 90 && Math.abs(longitudeDeg) <= 180)) return "Give its latitude and longitude.";
  if (from == null || to == null) return "Write times as 2013-04-08 12:00.";
  if (!(to > from)) return "The end must be after the begin.";
  if (!(days > 0 && days <= 30)) return "It can be followed for up to 30 days.";
  if (!(particles >= 1 && particles <= 1_000_000)) return "Up to a million particles fly.";
  if (direction === "forward" && !(amountBq > 0)) return "Say how much was released.";
  return { direction, station, latitudeDeg, longitudeDeg, from, to, days, particles, species, amountBq };
}
