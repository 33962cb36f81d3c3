/** Everything about the selected event: origin, errors, magnitudes, associations with residuals and defining flags, remarks. */
import type { EditAction, EventDetail, OriginRecord } from "@harken/api";
import type { ComponentChildren } from "preact";
import { formatClock, formatNumber, formatSigned, formatTime } from "./format.ts";
import { Conflict, History, OriginTools, PhaseSelect } from "./ReviewTools.tsx";
import { choose, edit } from "./review.ts";
import { ScreeningView } from "./ScreeningView.tsx";
import { chosen, detail, focus, reviewing, selectedKey, troubles } from "./state.ts";
import { preferredOrigin } from "./traceRows.ts";

const depthWords = {
  free: "free",
  surface: "at the surface",
  default: "held by rule",
  "depth-phase": "from depth phases",
  analyst: "held by an analyst",
} as const;

/** Residuals above these are shown in red. */
const largeResidual = { timeSec: 3, azimuthDeg: 20, slownessSecPerDeg: 2 } as const;

export function EventPanel() {
  const event = detail.value;
  const origin = event && preferredOrigin(event);
  const trouble = troubles.value["event"] ?? troubles.value["predictions"];
  if (!event || !origin) {
    return (
      <>
        <p class="empty">{trouble ?? (selectedKey.value === null ? "No event is selected." : "Loading the event …")}</p>
        <History />
      </>
    );
  }
  return (
    <>
      <Conflict />
      {trouble && <p class="trouble">{trouble}</p>}
      <h2>{event.regionName}</h2>
      <dl class="facts">
        <Fact name="Origin time">
          {formatTime(origin.time)}
          {origin.error && ` ± ${formatNumber(origin.error.timeErrorSec, 2)} s`}
        </Fact>
        <Fact name="Place">
          {formatNumber(Math.abs(origin.latitudeDeg), 3)}° {origin.latitudeDeg < 0 ? "S" : "N"},{" "}
          {formatNumber(Math.abs(origin.longitudeDeg), 3)}° {origin.longitudeDeg < 0 ? "W" : "E"}
        </Fact>
        <Fact name="Depth">
          {formatNumber(origin.depthKm, 1)} km
          {origin.depthType === "free" &&
            origin.error?.depthErrorKm != null &&
            ` ± ${formatNumber(origin.error.depthErrorKm, 1)}`}
          , {depthWords[origin.depthType]}
        </Fact>
        <ErrorFacts origin={origin} />
        <Fact name="Data">
          {origin.definingCount} defining, {origin.stationCount} stations, gap {formatNumber(origin.azimuthGapDeg, 0)}°,
          rms {`${formatNumber(origin.rmsResidualSec, 2)}\u00a0s`}
        </Fact>
        <MatchFact event={event} />
        <Fact name="Version">
          {event.list} {event.version}, {origin.author}
        </Fact>
      </dl>
      {reviewing.value && <OriginTools origin={origin} />}
      <Magnitudes origin={origin} />
      <ScreeningView event={event} />
      <Associations origin={origin} />
      {origin.remarks.length > 0 && (
        <>
          <h3>Remarks</h3>
          <ul class="remarks">
            {origin.remarks.map((remark) => (
              <li key={remark}>{remark}</li>
            ))}
          </ul>
        </>
      )}
      <History />
    </>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ErrorFacts({ origin: { error } }: { origin: OriginRecord }) {
  if (!error) return <Fact name="Ellipse">not computed</Fact>;
  return (
    <Fact name={`Ellipse ${formatNumber(100 * error.confidence, 0)} %`}>
      {formatNumber(error.semiMajorKm, 1)} × {formatNumber(error.semiMinorKm, 1)} km, strike{" "}
      {formatNumber(error.strikeDeg, 0)}°, sdobs {formatNumber(error.sdobs, 2)}
    </Fact>
  );
}

function MatchFact({ event: { matchedTruth } }: { event: EventDetail }) {
  if (!matchedTruth) return null;
  return (
    <Fact name="From truth">
      {formatNumber(matchedTruth.distanceKm, 1)} km, {formatSigned(matchedTruth.timeErrorSec, 2)} s, depth{" "}
      {formatSigned(matchedTruth.depthErrorKm, 0)} km
      {matchedTruth.magnitudeError !== null && `, magnitude ${formatSigned(matchedTruth.magnitudeError, 2)}`}
    </Fact>
  );
}

function Magnitudes({ origin }: { origin: OriginRecord }) {
  return (
    <>
      <h3>Magnitudes</h3>
      {origin.magnitudes.length === 0 && <p class="faint">None: no station gave one.</p>}
      {origin.magnitudes.map(({ type, value, uncertainty, stationCount, stations }) => (
        <details key={type}>
          <summary>
            <b>
              {type} {formatNumber(value, 2)}
            </b>{" "}
            ± {formatNumber(uncertainty, 2)}, {stationCount} stations
          </summary>
          <table>
            <tbody>
              {stations.map((station) => (
                <tr key={`${station.station} ${station.arrivalKey}`} class={station.defining ? "" : "faint"}>
                  <td>{station.station}</td>
                  <td class="number">{formatNumber(station.deltaDeg, 1)}°</td>
                  <td class="number">{formatNumber(station.value, 2)}</td>
                  <td class="number">{formatSigned(station.value - value, 2)}</td>
                  <td>{station.reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      ))}
    </>
  );
}

interface ResidualProps {
  readonly value: number | null;
  readonly digits: number;
  readonly defining: boolean;
  readonly large: number;
  /** Lets an analyst change whether it defines; absent where nothing can be changed. */
  readonly toggle?: (() => void) | undefined;
}

/** A residual; bold when it defines the location, red when large. */
function Residual({ value, digits, defining, large, toggle }: ResidualProps) {
  const words = [
    "number",
    defining ? "defining" : "faint",
    defining && value !== null && Math.abs(value) > large ? "large" : "",
  ];
  return (
    <td class={words.join(" ")} title={defining ? "defines the location" : "does not define the location"}>
      {toggle && value !== null ? (
        <button type="button" class="bare" aria-pressed={defining} onClick={toggle}>
          {formatSigned(value, digits)}
        </button>
      ) : (
        formatSigned(value, digits)
      )}
    </td>
  );
}

const toggleOf = (action: EditAction) => (reviewing.value ? () => void edit(action) : undefined);

function Associations({ origin }: { origin: OriginRecord }) {
  const ordered = origin.associations.toSorted(
    (a, b) => a.deltaDeg - b.deltaDeg || (a.arrival?.time ?? 0) - (b.arrival?.time ?? 0),
  );
  return (
    <>
      <h3>
        Arrivals <small>residuals; bold defines{reviewing.value && "; a click changes it"}</small>
      </h3>
      <table class="associations">
        <thead>
          <tr>
            <th>Sta</th>
            <th class="number">Dist</th>
            <th class="number">Az</th>
            <th>Phase</th>
            <th>Time</th>
            <th class="number">Time s</th>
            <th class="number">Az °</th>
            <th class="number">Slow</th>
            <th class="number">SNR</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((one) => (
            <tr key={one.arrivalKey} class={chosen.value.has(one.arrivalKey) ? "chosen" : ""}>
              <td>
                <button
                  type="button"
                  class="link"
                  title="Show it in the waveforms"
                  disabled={one.arrival === null}
                  onClick={() => {
                    focus.value = { station: one.station, time: one.arrival!.time };
                    choose(one.arrivalKey, false);
                  }}
                >
                  {one.station}
                </button>
              </td>
              <td class="number">{formatNumber(one.deltaDeg, 1)}</td>
              <td class="number">{formatNumber(one.eventStationAzimuthDeg, 0)}</td>
              <td>{reviewing.value ? <PhaseSelect arrivalKey={one.arrivalKey} phase={one.phase} /> : one.phase}</td>
              <td>{one.arrival ? formatClock(one.arrival.time) : ""}</td>
              <Residual
                value={one.timeResidualSec}
                digits={2}
                defining={one.timeDefining}
                large={largeResidual.timeSec}
                toggle={toggleOf({ kind: "defining", arrivalKey: one.arrivalKey, time: !one.timeDefining })}
              />
              <Residual
                value={one.azimuthResidualDeg}
                digits={0}
                defining={one.azimuthDefining}
                large={largeResidual.azimuthDeg}
                toggle={toggleOf({ kind: "defining", arrivalKey: one.arrivalKey, azimuth: !one.azimuthDefining })}
              />
              <Residual
                value={one.slownessResidualSecPerDeg}
                digits={1}
                defining={one.slownessDefining}
                large={largeResidual.slownessSecPerDeg}
                toggle={toggleOf({ kind: "defining", arrivalKey: one.arrivalKey, slowness: !one.slownessDefining })}
              />
              <td class="number">{formatNumber(one.arrival?.snr, 0)}</td>
              {reviewing.value && (
                <td>
                  <button
                    type="button"
                    class="bare"
                    title="Take it out of the event (Alt g)"
                    aria-label={`Take ${one.station} ${one.phase} out`}
                    onClick={() => void edit({ kind: "unassociate", arrivalKey: one.arrivalKey })}
                  >
                    ×
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
