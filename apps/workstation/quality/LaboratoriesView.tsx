/** Samples at laboratories with their results beside the station's, and the laboratories' proficiency tests. */
import type { LaboratoryComparison, LaboratoryRecord, LaboratoryRequestRecord } from "@harken/api";
import { formatDate, formatMinute, formatNumber, formatSigned, nothing } from "../format.ts";
import { AnswerForm, ExerciseForm, OrderForm } from "./LaboratoryForms.tsx";
import { laboratories, troubles } from "./state.ts";

export function LaboratoriesView() {
  const now = laboratories.value;
  if (!now) return <p class="empty">{troubles.value["laboratories"] ?? "Asking for the laboratories …"}</p>;
  return (
    <div class="laboratories">
      <section aria-label="Requests">
        <h3>Samples at laboratories</h3>
        {now.requests.length === 0 && <p class="faint">No laboratory was asked yet.</p>}
        {now.requests.map((request) => (
          <Request key={request.key} request={request} />
        ))}
        <OrderForm />
        <AnswerForm />
      </section>
      <section aria-label="Proficiency">
        <h3>Proficiency tests</h3>
        {now.laboratories.length === 0 && <p class="faint">No exercise was entered yet.</p>}
        {now.laboratories.map((one) => (
          <Laboratory key={one.laboratory} record={one} />
        ))}
        <ExerciseForm />
      </section>
    </div>
  );
}

function Request({ request }: { request: LaboratoryRequestRecord }) {
  const { station, sampleId, sampleKey, laboratory, purpose, comment, analyst, requested, received } = request;
  return (
    <article data-request={request.key}>
      <p>
        <b>{laboratory}</b>: <a href={`samples.html#${encodeURIComponent(sampleKey)}`}>{`${station} ${sampleId}`}</a>,{" "}
        {purpose}{" "}
        <span class="faint">
          asked by {analyst} {formatMinute(requested)},{" "}
          {received === null ? "no report yet" : `report of ${formatMinute(received)}`}
          {comment && `; ${comment}`}
        </span>
      </p>
      {request.comparison && <Comparison comparison={request.comparison} />}
    </article>
  );
}

const three = (value: number | null) => (value === null ? nothing : String(Number(value.toPrecision(3))));

function Comparison({ comparison: { referenceTime, results, comment } }: { comparison: LaboratoryComparison }) {
  return (
    <table class="comparison">
      <caption class="faint">
        Bq at {formatMinute(referenceTime)}
        {comment && `; ${comment}`}
      </caption>
      <thead>
        <tr>
          <th>Nuclide</th>
          <th class="number">Laboratory</th>
          <th class="number">±</th>
          <th class="number">MDC</th>
          <th class="number">Station</th>
          <th class="number">±</th>
          <th class="number" title="Difference of station and laboratory over its standard uncertainty">
            zeta
          </th>
          <th />
        </tr>
      </thead>
      <tbody>
        {results.map((one) => (
          <tr key={one.nuclide} data-zeta={one.nuclide}>
            <td>{one.nuclide}</td>
            <td class="number">{three(one.activityBq)}</td>
            <td class="number">{three(one.activityErrorBq)}</td>
            <td class="number">{three(one.mdcBq)}</td>
            <td class="number">{three(one.stationBq)}</td>
            <td class="number">{three(one.stationErrorBq)}</td>
            <td class="number">{formatSigned(one.zeta, 2)}</td>
            <td class={one.verdict ?? "faint"}>{one.verdict ?? "not compared"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const percent = (share: number | null, digits = 0) => `${formatNumber(share === null ? null : 100 * share, digits)} %`;

function Laboratory({ record }: { record: LaboratoryRecord }) {
  const { laboratory, exercises, meanCompleteness, meanSatisfactory, meanBias, zetaSpread } = record;
  return (
    <article data-laboratory={laboratory}>
      <p>
        <b>{laboratory}</b>, {exercises.length} exercises: complete {percent(meanCompleteness)}, satisfactory{" "}
        {percent(meanSatisfactory)}, mean bias {percent(meanBias, 1)}, spread of zeta {formatNumber(zetaSpread, 2)}
      </p>
      <ZetaHistory record={record} />
      <table>
        <thead>
          <tr>
            <th>Exercise</th>
            <th>Nuclide</th>
            <th class="number">Bias</th>
            <th class="number">zeta</th>
            <th class="number">En</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {exercises.flatMap((exercise) => [
            ...exercise.nuclides.map((one) => (
              <tr key={`${exercise.exercise} ${one.nuclide}`} data-score={one.nuclide}>
                <td title={formatDate(exercise.time)}>{exercise.exercise}</td>
                <td>{one.nuclide}</td>
                <td class="number">{percent(one.bias, 1)}</td>
                <td class="number">{formatSigned(one.zeta, 2)}</td>
                <td class="number">{formatSigned(one.en, 2)}</td>
                <td class={one.verdict}>{one.verdict}</td>
              </tr>
            )),
            ...(["missed", "false"] as const).flatMap((kind) =>
              exercise[kind].map((name) => (
                <tr key={`${exercise.exercise} ${kind} ${name}`}>
                  <td>{exercise.exercise}</td>
                  <td>{name}</td>
                  <td colSpan={3} />
                  <td class="unsatisfactory">{kind === "missed" ? "not reported" : "not in the sample"}</td>
                </tr>
              )),
            ),
          ])}
        </tbody>
      </table>
    </article>
  );
}

const WIDTH = 420;
const HEIGHT = 90;
const LARGEST = 5;

/** Every zeta of a laboratory, exercise by exercise, with the bands at 2 and 3. */
function ZetaHistory({ record: { laboratory, exercises } }: { record: LaboratoryRecord }) {
  const points = exercises.flatMap(({ exercise, nuclides }, i) =>
    nuclides.flatMap(({ nuclide, zeta }) => (zeta === null ? [] : [{ exercise, nuclide, zeta, i }])),
  );
  const xOf = (i: number) => 30 + ((i + 0.5) / exercises.length) * (WIDTH - 34);
  const yOf = (zeta: number) => HEIGHT * (0.5 - Math.max(-LARGEST, Math.min(LARGEST, zeta)) / (2.2 * LARGEST));
  return (
    <svg
      class="control-chart"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`zeta of ${laboratory}: ${points.length} results`}
    >
      {[-3, -2, 0, 2, 3].map((mark) => (
        <g key={mark}>
          <line class={mark === 0 ? "centre" : "limit"} x1={26} x2={WIDTH} y1={yOf(mark)} y2={yOf(mark)} />
          <text x={22} y={yOf(mark) + 3} text-anchor="end">
            {mark}
          </text>
        </g>
      ))}
      {points.map(({ exercise, nuclide, zeta, i }) => (
        <circle
          key={`${exercise} ${nuclide}`}
          class={Math.abs(zeta) >= 3 ? "alarm" : ""}
          cx={xOf(i)}
          cy={yOf(zeta)}
          r="3"
        >
          <title>{`${exercise}, ${nuclide}: zeta ${zeta.toFixed(2)}`}</title>
        </circle>
      ))}
    </svg>
  );
}
