/** How the automatic list compares with the simulation's hidden events: counts, medians, and what was missed or made up. */
import type { TruthReport } from "@harken/api";
import { formatMinute, formatNumber, formatTime, nothing } from "./format.ts";
import { events, select, troubles, truth } from "./state.ts";

export function TruthPanel() {
  const report = truth.value;
  if (!report) return <p class="empty">{troubles.value["truth"] ?? "Asking for the comparison …"}</p>;
  if (!report.available) {
    return <p class="empty">The data are not simulated, so there is no hidden truth to compare with.</p>;
  }
  if (report.comparedTo === null) {
    return <p class="empty">No stretch of data is fully processed yet; the comparison appears after the first.</p>;
  }
  return (
    <>
      <h2>{report.list} against the hidden events</h2>
      <p class="faint">
        {formatMinute(report.comparedFrom)} to {formatMinute(report.comparedTo)}
      </p>
      <Counts report={report} />
      <Missed report={report} />
      <FalseEvents report={report} />
    </>
  );
}

function Counts({ report: { counts, medians } }: { report: TruthReport }) {
  const share = counts.hidden > 0 ? ` (${formatNumber((100 * counts.matched) / counts.hidden, 0)} %)` : "";
  const median = (value: number | null, digits: number, unit: string) =>
    value === null ? nothing : `${formatNumber(value, digits)} ${unit}`;
  return (
    <dl class="facts truth-counts">
      <div>
        <dt>Hidden</dt>
        <dd>{counts.hidden}</dd>
      </div>
      <div>
        <dt>Matched</dt>
        <dd>
          {counts.matched}
          {share}
        </dd>
      </div>
      <div>
        <dt>Missed</dt>
        <dd>{counts.missed}</dd>
      </div>
      <div>
        <dt>False</dt>
        <dd>{counts.false}</dd>
      </div>
      <div>
        <dt>Median distance</dt>
        <dd>{median(medians.distanceKm, 1, "km")}</dd>
      </div>
      <div>
        <dt>Median time error</dt>
        <dd>{median(medians.absTimeErrorSec, 2, "s")}</dd>
      </div>
      <div>
        <dt>Median depth error</dt>
        <dd>{median(medians.absDepthErrorKm, 0, "km")}</dd>
      </div>
      <div>
        <dt>Median magnitude error</dt>
        <dd>{median(medians.absMagnitudeError, 2, "")}</dd>
      </div>
    </dl>
  );
}

function Missed({ report }: { report: TruthReport }) {
  const keys = new Set(report.missed);
  const missed = report.hidden.filter(({ key }) => keys.has(key)).toSorted((a, b) => b.magnitude - a.magnitude);
  return (
    <>
      <h3>
        Missed ({missed.length}) <small>largest first</small>
      </h3>
      {missed.length === 0 && <p class="faint">None.</p>}
      {missed.length > 0 && (
        <table>
          <tbody>
            {missed.map((one) => (
              <tr key={one.key}>
                <td>{formatTime(one.time)}</td>
                <td class="number">{formatNumber(one.magnitude, 1)}</td>
                <td class="number">{formatNumber(one.depthKm, 0)} km</td>
                <td class="region" title={`${one.regionName}, ${one.kind}`}>
                  {one.regionName}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function FalseEvents({ report }: { report: TruthReport }) {
  const keys = new Set(report.false);
  const made = (events.value ?? []).filter(({ key }) => keys.has(key));
  return (
    <>
      <h3>False ({report.counts.false})</h3>
      {report.counts.false === 0 && <p class="faint">None.</p>}
      {made.length > 0 && (
        <table>
          <tbody>
            {made.map((event) => (
              <tr key={event.key}>
                <td>
                  <button type="button" class="link" onClick={() => select(event.key)}>
                    {formatTime(event.time)}
                  </button>
                </td>
                <td class="number">{event.definingCount} def</td>
                <td class="number">{event.stationCount} sta</td>
                <td class="region" title={event.regionName}>
                  {event.regionName}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
