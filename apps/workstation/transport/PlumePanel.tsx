/** Stations that a forward run's plume passes: when it comes, and how much of it would be measured there. */
import { cellIndex } from "@harken/atmosphere";
import { formatMinute } from "../format.ts";
import { network } from "./network.ts";
import { three } from "./numbers.ts";
import { passages } from "./plume.ts";
import { cell, plume } from "./state.ts";

export function PlumePanel() {
  const now = plume.value;
  if (!now) return null;
  const { grid, startTime, slotSec } = now.series;
  const places = network.map(({ label, latitudeDeg, longitudeDeg }) => ({
    label,
    cell: cellIndex(grid, latitudeDeg, longitudeDeg),
  }));
  const found = passages(now.series, places);
  const time = (slot: number) => formatMinute(startTime + slot * slotSec).slice(5);
  return (
    <>
      <h3>
        Stations in the plume <small>{found.length}</small>
      </h3>
      {found.length === 0 && <p class="faint">It reaches none of the network in the run's time.</p>}
      {found.length > 0 && (
        <table class="passages">
          <thead>
            <tr>
              <th>Station</th>
              <th>Comes</th>
              <th>Most at</th>
              <th class="number">Bq/m³</th>
            </tr>
          </thead>
          <tbody>
            {found.map(({ label, largest, first, at }) => (
              <tr key={label}>
                <td>
                  <button
                    type="button"
                    class="link"
                    onClick={() => {
                      cell.value = places.find((place) => place.label === label)!.cell;
                    }}
                  >
                    {label}
                  </button>
                </td>
                <td>{time(first)}</td>
                <td>{time(at)}</td>
                <td class="number">{three(largest)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
