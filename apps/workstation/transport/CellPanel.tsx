/** What stands at the chosen cell: the map's value, its history over the fields' steps, and each sample's share. */
import { cellCentre } from "@harken/atmosphere";
import { formatMinute, nothing } from "../format.ts";
import { three } from "./numbers.ts";
import { cellHistory, isDetection, sensitivities } from "./products.ts";
import { cell, chosen, largest, map, plume, question, series, slots } from "./state.ts";

const WIDTH = 340;
const HEIGHT = 110;
const LEFT = 46;
const BOTTOM = 16;

export function CellPanel() {
  const [of, now, at] = [series.value, map.value, cell.value];
  if (of === null || typeof of === "string" || typeof now === "string")
    return <p class="empty">The value of a cell stands here.</p>;
  if (at === null || at >= now.values.length)
    return (
      <>
        <p class="empty">Click a cell of the map: its history stands here.</p>
        <Largest />
      </>
    );
  const { latitudeDeg, longitudeDeg } = cellCentre(of.grid, at);
  const slot = now.region?.slot[at] ?? -1;
  return (
    <>
      <h2>{placeWords(latitudeDeg, longitudeDeg)}</h2>
      <p class="cell-value">
        <b>{three(now.values[at]!)}</b> {now.unit}
      </p>
      {now.region && slot >= 0 && (
        <p>
          Best for a release from {formatMinute(of.startTime + slot * of.slotSec)}: {three(now.region.releaseBq[at]!)}{" "}
          Bq
        </p>
      )}
      <Largest />
      <History />
      {plume.value ? null : <Shares />}
    </>
  );
}

const placeWords = (lat: number, lon: number) =>
  `${Math.abs(lat).toFixed(2)} ${lat < 0 ? "S" : "N"} ${Math.abs(lon).toFixed(2)} ${lon < 0 ? "W" : "E"}`;

/** Where the map is darkest. */
function Largest() {
  const [of, now] = [series.value, map.value];
  if (of === null || typeof of === "string" || typeof now === "string" || largest.value === 0) return null;
  const best = Array.prototype.indexOf.call(now.values, largest.value);
  if (best === cell.value) return <p class="faint">No cell of the map has more.</p>;
  const { latitudeDeg, longitudeDeg } = cellCentre(of.grid, best);
  return (
    <p>
      Largest: {three(largest.value)} at{" "}
      <button type="button" class="link" onClick={() => void (cell.value = best)}>
        {placeWords(latitudeDeg, longitudeDeg)}
      </button>
    </p>
  );
}

/** The map's product in this cell for each step; the steps of the map are marked. */
function History() {
  const of = series.value;
  if (of === null || typeof of === "string" || of.slots === 0) return null;
  const values = cellHistory(of, chosen.value, cell.value!, question.value);
  const most = Math.max(...values);
  const [first, end] = slots.value;
  const step = (WIDTH - LEFT) / of.slots;
  const day = 86_400;
  const firstDay = Math.ceil(of.startTime / day);
  const days = Array.from(
    { length: Math.floor((of.startTime + of.slots * of.slotSec) / day) - firstDay + 1 },
    (_, i) => day * (firstDay + i),
  );
  const every = Math.max(1, Math.ceil(days.length / 6));
  return (
    <svg
      class="series"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`History of the cell, ${of.slots} steps, largest ${three(most)}`}
    >
      <rect class="window" x={LEFT + first * step} width={(end - first) * step} y={0} height={HEIGHT - BOTTOM} />
      <line class="grid" x1={LEFT} x2={WIDTH} y1={4} y2={4} />
      <text x={LEFT - 4} y={9} text-anchor="end">
        {most > 0 ? three(most) : "0"}
      </text>
      {most > 0 &&
        values.map((value, slot) => {
          const tall = (value / most) * (HEIGHT - BOTTOM - 4);
          return value > 0 ? (
            <rect
              key={slot}
              class="bar"
              x={LEFT + slot * step}
              width={Math.max(1, step - 0.5)}
              y={HEIGHT - BOTTOM - tall}
              height={tall}
            />
          ) : null;
        })}
      <line class="axis" x1={LEFT} x2={WIDTH} y1={HEIGHT - BOTTOM} y2={HEIGHT - BOTTOM} />
      {days
        .filter((_, i) => i % every === 0)
        .map((time) => (
          <text key={time} x={LEFT + ((time - of.startTime) / of.slotSec) * step} y={HEIGHT - 4}>
            {formatMinute(time).slice(5, 10)}
          </text>
        ))}
    </svg>
  );
}

const SHOWN = 60;

function Shares() {
  const of = series.value;
  if (of === null || typeof of === "string") return null;
  const own = sensitivities(of, chosen.value.length, cell.value!, slots.value);
  const rows = chosen.value
    .map(({ summary, measured }, k) => ({ summary, measured, sensitivity: own[k]! }))
    .sort((a, b) => b.sensitivity - a.sensitivity);
  // Neither air from here nor anything measured: told by their number.
  const told = rows.filter(({ measured, sensitivity }) => sensitivity > 0 || isDetection(measured));
  const quiet = rows.length - told.length;
  return (
    <>
      <table class="shares">
        <thead>
          <tr>
            <th>Sample</th>
            <th>Model</th>
            <th class="number">1/m³</th>
            <th class="number">Bq/m³</th>
            <th class="number" title="Release from here that gives what was measured, by this sample alone">
              Bq
            </th>
          </tr>
        </thead>
        <tbody>
          {told.slice(0, SHOWN).map(({ summary, measured, sensitivity }) => (
            <tr key={summary.key}>
              <td>
                {summary.station} {formatMinute(summary.sampleStop).slice(5)}
              </td>
              <td>{summary.centre}</td>
              <td class="number">{three(sensitivity)}</td>
              <td class="number">{measured === null ? nothing : three(measured.bqPerM3)}</td>
              <td class="number">
                {measured && measured.bqPerM3 > 0 && sensitivity > 0 ? three(measured.bqPerM3 / sensitivity) : nothing}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {quiet > 0 && <p class="faint">{quiet} more: no detection, and no air from here in the map's time.</p>}
    </>
  );
}
