/** Control charts of a station: those with a broken rule first; a click on a value opens its measurement. */
import type { ControlChartRecord } from "@harken/api";
import { formatDate, formatMinute } from "../format.ts";
import { charts, station, troubles } from "./state.ts";

const WIDTH = 420;
const HEIGHT = 130;
const LEFT = 62;
const BOTTOM = 16;

export function ChartsView() {
  const now = charts.value;
  if (!now) return <p class="empty">{troubles.value["charts"] ?? "Asking for the charts …"}</p>;
  if (now.stations.length === 0)
    return (
      <p class="empty">
        No measurement has come in yet. Start the centre with <code>--samples FOLDER</code> and put a station's messages
        there.
      </p>
    );
  const alarming = ({ points }: ControlChartRecord) => points.filter(({ alarms }) => alarms.length > 0).length;
  const shown = now.charts.filter(({ points }) => points.length > 1).sort((a, b) => alarming(b) - alarming(a));
  return (
    <>
      <p class="quality-bar">
        <label>
          Station{" "}
          <select
            name="station"
            value={now.station ?? ""}
            onChange={(event) => (station.value = event.currentTarget.value)}
          >
            {now.stations.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>{" "}
        <span class="faint">
          {shown.length} charts, {shown.filter((one) => alarming(one) > 0).length} with a broken rule; centre and limits
          by the first 20 values, by 8 until there are so many; rules: {now.rules.join(", ")}
        </span>
      </p>
      <div class="charts">
        {shown.map((chart) => (
          <figure
            key={`${chart.detector} ${chart.dataType} ${chart.name}`}
            data-chart={`${chart.dataType} ${chart.name}`}
          >
            <figcaption>
              <b>{chart.name}</b> {chart.unit}{" "}
              <span class="faint">
                {chart.detector} {chart.dataType}
              </span>
            </figcaption>
            <Chart chart={chart} />
          </figure>
        ))}
      </div>
    </>
  );
}

/** As many digits as tell the values of a chart apart. */
function digitsFor(low: number, high: number): number {
  return Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(Math.max(high - low, 1e-12)))));
}

function Chart({ chart: { name, unit, limits, points } }: { chart: ControlChartRecord }) {
  const heights = points.flatMap(({ value, error }) => [value - (error ?? 0), value + (error ?? 0)]);
  if (limits) heights.push(limits.low, limits.high);
  const [least, most] = [Math.min(...heights), Math.max(...heights)];
  const room = 0.06 * (most - least) || Math.max(1e-9, 0.01 * Math.abs(most));
  const [low, high] = [least - room, most + room];
  const [first, last] = [points[0]!.time, points.at(-1)!.time];
  const xOf = (time: number) => LEFT + 6 + ((time - first) / Math.max(1, last - first)) * (WIDTH - LEFT - 14);
  const yOf = (value: number) => 4 + (1 - (value - low) / (high - low)) * (HEIGHT - BOTTOM - 8);
  const digits = digitsFor(low, high);
  const marks = limits ? [limits.low, limits.centre, limits.high] : [least, most];
  const alarming = points.filter(({ alarms }) => alarms.length > 0);
  return (
    <svg
      class="control-chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${name}: ${points.length} values, ${alarming.length} break a rule`}
    >
      {marks.map((mark, i) => (
        <g key={mark}>
          <line class={limits && i !== 1 ? "limit" : "centre"} x1={LEFT} x2={WIDTH} y1={yOf(mark)} y2={yOf(mark)} />
          <text x={LEFT - 4} y={yOf(mark) + 3} text-anchor="end">
            {mark.toFixed(digits)}
          </text>
        </g>
      ))}
      <polyline points={points.map(({ time, value }) => `${xOf(time)},${yOf(value)}`).join(" ")} />
      {points.map(({ sampleKey, time, value, error, alarms }) => (
        <a key={sampleKey} href={`samples.html#${encodeURIComponent(sampleKey)}`}>
          <title>{`${formatMinute(time)}: ${value.toFixed(digits)} ${unit}${alarms.map((rule) => `, ${rule}`).join("")}`}</title>
          {error !== null && (
            <line class="error" x1={xOf(time)} x2={xOf(time)} y1={yOf(value - error)} y2={yOf(value + error)} />
          )}
          <circle class={alarms.length > 0 ? "alarm" : ""} cx={xOf(time)} cy={yOf(value)} r="3" />
        </a>
      ))}
      <text x={LEFT} y={HEIGHT - 3}>
        {formatDate(first)}
      </text>
      <text x={WIDTH} y={HEIGHT - 3} text-anchor="end">
        {limits ? formatDate(last) : `${formatDate(last)}; too few values for limits`}
      </text>
    </svg>
  );
}
