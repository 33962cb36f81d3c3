/** The time that the map is of: a slider through the fields' steps, a stretch of them together or all, and their animation. */
import { formatMinute } from "../format.ts";
import { hours } from "./numbers.ts";
import { firstSlot, moveTime, playing, series, slots, width } from "./state.ts";

export function TimeBar() {
  const now = series.value;
  const known = now !== null && typeof now !== "string";
  const steps = known ? now.slots : 0;
  const slotSec = known ? now.slotSec : 10_800;
  const [first, end] = slots.value;
  const last = Math.max(0, steps - (width.value ?? 1));
  const widths = [1, 2, 4, 8, 24, 56].filter((one) => one < steps);
  const time = (slot: number) => formatMinute(known ? now.startTime + slot * slotSec : null);
  return (
    <div class="bar time-bar">
      <button
        type="button"
        aria-label="One step earlier"
        title="Earlier (←)"
        disabled={!known}
        onClick={() => moveTime(-1)}
      >
        ◀
      </button>
      <button
        type="button"
        aria-label={playing.value ? "Stop the animation" : "Play"}
        title="Play (p)"
        aria-pressed={playing.value}
        disabled={!known}
        onClick={() => void (playing.value = !playing.value)}
      >
        {playing.value ? "❚❚" : "play"}
      </button>
      <button type="button" aria-label="One step later" title="Later (→)" disabled={!known} onClick={() => moveTime(1)}>
        ▶
      </button>
      <input
        type="range"
        aria-label="Time"
        min={0}
        max={last}
        value={width.value === null ? last : first}
        disabled={!known || width.value === null}
        onInput={({ currentTarget }) => void (firstSlot.value = Number(currentTarget.value))}
      />
      <select
        name="width"
        aria-label="Together"
        value={width.value ?? 0}
        onChange={({ currentTarget }) => void (width.value = Number(currentTarget.value) || null)}
      >
        <option value={0}>all times</option>
        {widths.map((one) => (
          <option key={one} value={one}>
            {hours(one * slotSec)}
          </option>
        ))}
      </select>
      <output>{known && steps > 0 ? `${time(first)} – ${time(end)}` : ""}</output>
    </div>
  );
}
