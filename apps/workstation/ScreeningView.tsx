/** Event screening of the selected event: the verdict, mb against Ms with the line that explosions stay below, and each criterion with its reason. */
import type { EventDetail } from "@harken/api";
import { formatNumber, formatSigned } from "./format.ts";

/** Magnitudes of the plot's edges. */
const [LOW, HIGH] = [3, 7];
const SIZE_PX = 150;
const MARGIN_PX = 22;

/** Room for half a figure at the plot's far edges. */
const EDGE_PX = 6;

const at = (value: number) => ((value - LOW) / (HIGH - LOW)) * (SIZE_PX - MARGIN_PX - EDGE_PX);
const x = (mb: number) => MARGIN_PX + at(mb);
const y = (ms: number) => SIZE_PX - MARGIN_PX - at(ms);

export function ScreeningView({ event }: { event: EventDetail }) {
  const { screening } = event;
  const { slope, intercept } = screening.mbMsLine;
  const mbAt = (msValue: number) => (msValue - intercept) / slope;
  const preferred = event.origins.find((origin) => origin.preferred) ?? event.origins[0];
  const magnitude = (type: string) => preferred?.magnitudes.find((one) => one.type === type);
  const [mb, ms] = [magnitude("mb"), magnitude("Ms")];
  return (
    <details class="screening">
      <summary>
        <b>Screening</b> {screening.status}
        {screening.score !== null && `, score ${formatSigned(screening.score, 1)}`}
      </summary>
      {mb && ms && (
        <svg
          width={SIZE_PX}
          height={SIZE_PX}
          role="img"
          aria-label={`mb ${formatNumber(mb.value, 2)}, Ms ${formatNumber(ms.value, 2)}`}
        >
          {[3, 4, 5, 6, 7].map((value) => (
            <g key={value} class="grid">
              <line x1={x(value)} x2={x(value)} y1={y(HIGH)} y2={y(LOW)} />
              <line x1={x(LOW)} x2={x(HIGH)} y1={y(value)} y2={y(value)} />
              <text x={x(value)} y={SIZE_PX - 8} text-anchor="middle">
                {value}
              </text>
              <text x={MARGIN_PX - 5} y={y(value) + 3} text-anchor="end">
                {value}
              </text>
            </g>
          ))}
          <text x={SIZE_PX - 14} y={SIZE_PX - MARGIN_PX - 3}>
            mb
          </text>
          <text x={MARGIN_PX + 3} y={10}>
            Ms
          </text>
          <line class="decision" x1={x(mbAt(LOW))} y1={y(LOW)} x2={x(HIGH)} y2={y(slope * HIGH + intercept)} />
          <line
            class="error"
            x1={x(mb.value - mb.uncertainty)}
            x2={x(mb.value + mb.uncertainty)}
            y1={y(ms.value)}
            y2={y(ms.value)}
          />
          <line
            class="error"
            x1={x(mb.value)}
            x2={x(mb.value)}
            y1={y(ms.value - ms.uncertainty)}
            y2={y(ms.value + ms.uncertainty)}
          />
          <circle cx={x(mb.value)} cy={y(ms.value)} r={3.5} />
        </svg>
      )}
      <dl class="criteria">
        {screening.criteria.map(({ name, status, score, reason }) => (
          <div key={name}>
            <dt>
              {name}: {status}
              {score !== null && `, ${formatSigned(score, 1)}`}
            </dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
