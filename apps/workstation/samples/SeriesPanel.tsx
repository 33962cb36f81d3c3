/** Concentrations of the chosen nuclide at the sample's station over time: what was found with its error, what was not with its MDC; LC and MDC as lines. */
import type { ConcentrationSeries } from "@harken/api";
import { formatDate, formatNumber } from "../format.ts";
import { nuclide, selectedKey, series, troubles } from "./state.ts";

const WIDTH = 360;
const HEIGHT = 150;
const LEFT = 44;
const BOTTOM = 18;

export function SeriesPanel() {
  const now = series.value;
  if (nuclide.value === null) return null;
  if (!now) return <p class="faint">{troubles.value["series"] ?? "Asking for the history …"}</p>;
  return (
    <>
      <h3>
        {now.nuclide} at {now.station}{" "}
        <small>{now.unit}; open: MDC where it was not found; lines: LC (dashed) and MDC</small>
      </h3>
      <Plot series={now} />
    </>
  );
}

const isPositive = (value: number | null | undefined): value is number => value != null && value > 0;

function Plot({ series: { points, unit } }: { series: ConcentrationSeries }) {
  const shown = points.flatMap((point) => {
    const value = point.identified ? point.concentration : point.mdc;
    return value !== null && value > 0 ? [{ ...point, value }] : [];
  });
  if (shown.length === 0) return <p class="faint">Nothing to draw: no concentrations are known.</p>;
  const times = shown.map(({ time }) => time);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const limits = shown.flatMap(({ criticalLevel, mdc }) => [criticalLevel, mdc].filter(isPositive));
  const low = Math.min(...shown.map(({ value }) => value), ...limits) / 1.5;
  const high =
    Math.max(...shown.map(({ value, concentrationError }) => value + (concentrationError ?? 0)), ...limits) * 1.3;
  const xOf = (time: number) => LEFT + 8 + ((time - first) / Math.max(1, last - first)) * (WIDTH - LEFT - 20);
  const yOf = (value: number) =>
    4 + (1 - Math.log(Math.max(low, value) / low) / Math.log(high / low)) * (HEIGHT - BOTTOM - 8);
  const decades = [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6].flatMap((p) => [1, 3].map((m) => m * 10 ** p));
  return (
    <svg
      class="series"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${shown.length} concentrations, ${unit}`}
    >
      {decades
        .filter((value) => value > low && value < high)
        .map((value) => (
          <g key={value}>
            <line class="grid" x1={LEFT} x2={WIDTH} y1={yOf(value)} y2={yOf(value)} />
            <text x={LEFT - 4} y={yOf(value) + 3} text-anchor="end">
              {value >= 1 ? value : formatNumber(value, 3)}
            </text>
          </g>
        ))}
      <text x={LEFT} y={HEIGHT - 4}>
        {formatDate(first)}
      </text>
      <text x={WIDTH} y={HEIGHT - 4} text-anchor="end">
        {formatDate(last)}
      </text>
      {(["criticalLevel", "mdc"] as const).map((limit) => (
        <polyline
          key={limit}
          class={`limit-line ${limit}`}
          points={shown
            .flatMap(({ time, [limit]: value }) => (isPositive(value) ? [`${xOf(time)},${yOf(value)}`] : []))
            .join(" ")}
        />
      ))}
      {shown.map(({ sampleKey, time, value, identified, concentrationError, level }) => (
        <a
          key={sampleKey}
          class={sampleKey === selectedKey.value ? "now" : ""}
          href={`#${encodeURIComponent(sampleKey)}`}
        >
          <title>{`${formatDate(time)}: ${Number(value.toPrecision(3))} ${unit}${identified ? "" : " (MDC)"}${level === null ? "" : `, level ${level}`}`}</title>
          {identified && concentrationError !== null && (
            <line
              class="error"
              x1={xOf(time)}
              x2={xOf(time)}
              y1={yOf(value + concentrationError)}
              y2={yOf(value - concentrationError)}
            />
          )}
          <circle class={identified ? "found" : "limit"} cx={xOf(time)} cy={yOf(value)} r="3.5" />
        </a>
      ))}
    </svg>
  );
}
