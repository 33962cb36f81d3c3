/** What the archived waves say at the onset that an edit picks or moves. */
import type { EditAction } from "@harken/api";
import type { Arrival } from "@harken/core";
import { type MeasuredOnset, onsetReach, type ReadingChoice } from "@harken/waveform";
import { stationPieces } from "../stationPieces.ts";
import type { ReviewContext } from "./plan.ts";

/** Null for other edits, and where the station has no data then. */
export async function measureAt(
  { store, pool, stations }: Pick<ReviewContext, "store" | "pool" | "stations">,
  action: EditAction,
  choices: readonly ReadingChoice[],
  arrivals: ReadonlyMap<string, Arrival>,
): Promise<MeasuredOnset | null> {
  const onset = onsetOf(action, choices, arrivals);
  const station = onset && stations().find(({ code }) => code === onset.station);
  if (!station) return null;
  const { time, phase } = onset;
  const [from, to] = [time - onsetReach.beforeSec, time + onsetReach.afterSec];
  const pieces = await stationPieces(store.db, station, from, to);
  return pieces.length > 0 ? pool.measure({ station, pieces, from, to, time, phase }) : null;
}

function onsetOf(
  action: EditAction,
  choices: readonly ReadingChoice[],
  arrivals: ReadonlyMap<string, Arrival>,
): { readonly station: string; readonly time: number; readonly phase: string } | null {
  if (action.kind === "pick") return action;
  if (action.kind !== "retime") return null;
  const { arrivalKey, time } = action;
  const arrival = arrivals.get(arrivalKey);
  const choice = choices.find((one) => one.arrivalKey === arrivalKey);
  return arrival && choice ? { station: arrival.station, time, phase: choice.phase } : null;
}
