/** A noble-gas station's samples in planes of two isotopic ratios, with the line above which explosions lie (Kalinowski et al. 2010). */
import type { RatioPlane, RatioPoint } from "@harken/api";
import { useState } from "preact/hooks";
import { formatDate } from "../format.ts";
import { ratios, selectedKey } from "./state.ts";

const WIDTH = 360;
const HEIGHT = 220;
const LEFT = 44;
const BOTTOM = 30;

export function RatioPanel() {
  const [plane, setPlane] = useState(0);
  const planes = ratios.value?.planes ?? [];
  const shown = planes[plane];
  if (!shown) return null;
  return (
    <>
      <h3>
        Ratios{" "}
        <select name="plane" value={plane} onChange={(event) => setPlane(Number(event.currentTarget.value))}>
          {planes.map(({ x, y }, i) => (
            <option key={`${y} ${x}`} value={i}>
              {y} against {x}
            </option>
          ))}
        </select>{" "}
        <small>open: bounds by the MDC; above the line explosions</small>
      </h3>
      {shown.points.length === 0 ? (
        <p class="faint">Nothing to draw: too few isotopes were found.</p>
      ) : (
        <Plane plane={shown} />
      )}
    </>
  );
}

/** Powers of ten that hold these values and one more on each side. */
function span(values: readonly number[]): readonly [low: number, high: number] {
  const logs = values.map(Math.log10);
  return [Math.floor(Math.min(...logs)) - 1, Math.ceil(Math.max(...logs)) + 1];
}

function Plane({ plane: { points, ...line } }: { plane: RatioPlane }) {
  const [x0, x1] = span(points.map(({ x }) => x.value));
  const [y0, y1] = span(points.map(({ y }) => y.value));
  const xOf = (log: number) => LEFT + ((log - x0) / (x1 - x0)) * (WIDTH - LEFT - 8);
  const yOf = (log: number) => 6 + (1 - (log - y0) / (y1 - y0)) * (HEIGHT - BOTTOM - 6);
  const decades = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  // A straight line in logarithms, cut where it leaves the plane.
  const height = (log: number) => Math.log10(line.factor) + line.power * log;
  const cut = (log: number) => Math.min(x1, Math.max(x0, (log - Math.log10(line.factor)) / line.power));
  const [from, to] = [cut(y0), cut(y1)];
  return (
    <svg
      class="series ratios"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${points.length} samples in the plane of ${line.y} and ${line.x}`}
    >
      {decades(x0, x1).map((log) => (
        <g key={`x${log}`}>
          <line class="grid" x1={xOf(log)} x2={xOf(log)} y1={yOf(y0)} y2={yOf(y1)} />
          <text x={xOf(log)} y={HEIGHT - BOTTOM + 11} text-anchor="middle">{`1e${log}`}</text>
        </g>
      ))}
      {decades(y0, y1).map((log) => (
        <g key={`y${log}`}>
          <line class="grid" x1={LEFT} x2={WIDTH - 8} y1={yOf(log)} y2={yOf(log)} />
          <text x={LEFT - 4} y={yOf(log) + 3} text-anchor="end">{`1e${log}`}</text>
        </g>
      ))}
      <text x={WIDTH - 8} y={HEIGHT - 6} text-anchor="end">
        {line.x}
      </text>
      <text x={LEFT + 4} y={14}>
        {line.y}
      </text>
      {to > from && (
        <line class="discrimination" x1={xOf(from)} y1={yOf(height(from))} x2={xOf(to)} y2={yOf(height(to))} />
      )}
      {points.map(({ sampleKey, time, x, y }) => {
        const [logX, logY] = [Math.log10(x.value), Math.log10(y.value)];
        const [errorX, errorY] = [x, y].map(({ relativeError }) => Math.log10(1 + (relativeError ?? 0))) as [
          number,
          number,
        ];
        const exact = x.bound === null && y.bound === null;
        return (
          <a
            key={sampleKey}
            class={sampleKey === selectedKey.value ? "now" : ""}
            href={`#${encodeURIComponent(sampleKey)}`}
          >
            <title>{`${formatDate(time)}: ${told(line.y, y)}, ${told(line.x, x)}`}</title>
            <line class="error" x1={xOf(logX - errorX)} x2={xOf(logX + errorX)} y1={yOf(logY)} y2={yOf(logY)} />
            <line class="error" x1={xOf(logX)} x2={xOf(logX)} y1={yOf(logY - errorY)} y2={yOf(logY + errorY)} />
            <circle class={exact ? "found" : "limit"} cx={xOf(logX)} cy={yOf(logY)} r="3.5" />
          </a>
        );
      })}
    </svg>
  );
}

const told = (name: string, { value, bound }: RatioPoint["x"]) =>
  `${name} ${bound === null ? "" : bound === "upper" ? "below " : "above "}${Number(value.toPrecision(3))}`;
