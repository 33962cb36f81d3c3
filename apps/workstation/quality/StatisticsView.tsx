/** What the network's samples add up to: relevant nuclides by year, samples by level, what review made of automatic levels, how soon it was released. */
import type { SampleStatistics } from "@harken/api";
import { formatCount, formatNumber, nothing } from "../format.ts";
import { statistics, troubles } from "./state.ts";

export function StatisticsView() {
  const now = statistics.value;
  if (!now) return <p class="empty">{troubles.value["statistics"] ?? "Adding up …"}</p>;
  if (now.samples === 0) return <p class="empty">No full sample has come in yet.</p>;
  return (
    <div class="dashboards">
      <Years years={now.years} />
      <Counts
        title="Samples by level"
        rows={now.levels.map(({ month, level, samples }) => ({ row: month, column: level, samples }))}
        rowTitle="Month"
      />
      <Counts
        title="Stations by level"
        rows={now.stations.map(({ station, level, samples }) => ({ row: station, column: level, samples }))}
        rowTitle="Station"
      />
      <Review review={now.review} />
      <Timeliness timeliness={now.timeliness} />
    </div>
  );
}

function Years({ years }: Pick<SampleStatistics, "years">) {
  const most = Math.max(1, ...years.flatMap(({ nuclides }) => nuclides.map(({ samples }) => samples)));
  return (
    <section aria-label="Relevant nuclides">
      <h3>Relevant nuclides detected</h3>
      {years.map(({ year, samples, nuclides }) => (
        <table key={year}>
          <thead>
            <tr>
              <th>{year}</th>
              <th class="number">Samples</th>
              <th class="bar-column">{formatCount(samples)} in all</th>
            </tr>
          </thead>
          <tbody>
            {nuclides.length === 0 && (
              <tr>
                <td colSpan={3} class="faint">
                  none
                </td>
              </tr>
            )}
            {nuclides.map(({ nuclide, category, samples: found }) => (
              <tr key={nuclide} data-relevant={nuclide}>
                <td title={category ?? ""}>{nuclide}</td>
                <td class="number">{formatCount(found)}</td>
                <td>
                  <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                    <rect width={(100 * found) / most} height="8" />
                  </svg>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </section>
  );
}

function Counts({
  title,
  rowTitle,
  rows,
}: {
  title: string;
  rowTitle: string;
  rows: readonly { readonly row: string; readonly column: string; readonly samples: number }[];
}) {
  const columns = [...new Set(rows.map(({ column }) => column))].sort();
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <table>
        <thead>
          <tr>
            <th>{rowTitle}</th>
            {columns.map((column) => (
              <th key={column} class="number">
                <span class={`level level-${column}`}>{column}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...Map.groupBy(rows, ({ row }) => row)].map(([row, own]) => (
            <tr key={row}>
              <td>{row}</td>
              {columns.map((column) => (
                <td key={column} class="number">
                  {own.find((one) => one.column === column)?.samples ?? nothing}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Review({ review }: Pick<SampleStatistics, "review">) {
  const all = review.reduce((sum, { samples }) => sum + samples, 0);
  const same = review.reduce(
    (sum, { automatic, reviewed, samples }) => sum + (automatic === reviewed ? samples : 0),
    0,
  );
  if (all === 0)
    return (
      <section aria-label="Review">
        <h3>Automatic levels and review</h3>
        <p class="faint">No reviewed report has been released yet.</p>
      </section>
    );
  return (
    <>
      <Counts
        title="Automatic levels (rows) and reviewed (columns)"
        rowTitle="Automatic"
        rows={review.map(({ automatic, reviewed, samples }) => ({ row: automatic, column: reviewed, samples }))}
      />
      <section aria-label="Review">
        <h3>Automatic levels and review</h3>
        <p>
          <b>{formatNumber((100 * same) / all, 0)} %</b> of {formatCount(all)} automatic levels were confirmed.
        </p>
      </section>
    </>
  );
}

function Timeliness({ timeliness: { released, medianHours, within } }: Pick<SampleStatistics, "timeliness">) {
  return (
    <section aria-label="Timeliness">
      <h3>From a message to its reviewed report</h3>
      {released === 0 ? (
        <p class="faint">No reviewed report has been released yet.</p>
      ) : (
        <>
          <p>
            Half of {formatCount(released)} within <b>{formatNumber(medianHours, 1)} h</b>.
          </p>
          <table>
            <tbody>
              {within.map(({ hours, samples }) => (
                <tr key={hours}>
                  <td>within {hours} h</td>
                  <td class="number">{formatNumber((100 * samples) / released, 0)} %</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
