/**
 * Data that come after lists were made of their interval. Which lists are worked on again is the timetable's rule; they are opened in the transaction
 * that stores the late signals, so that neither a signal without its lists nor lists without the signal remain when a worker is killed.
 */
import { reopenIntervals, type Writer } from "@harken/store";
import type { DataInterval } from "../plan.ts";
import type { CenterRecipe } from "../recipe.ts";
import { reopens, type Timetable } from "./timetable.ts";

/** `now` is data time; what is returned is to be run with the writing of the late signals. */
export function reopenLists(
  { pipelines, requests }: Timetable,
  { lookBackSec }: Pick<CenterRecipe, "lookBackSec">,
  interval: Pick<DataInterval, "onsetFrom" | "onsetTo">,
  now: number,
  wallClock: () => number,
): (writer: Writer) => Promise<void> {
  // Later intervals see the signals in their look-back, and the events that hold them in one look-back more.
  const range = { from: interval.onsetFrom, to: interval.onsetTo + 2 * lookBackSec };
  return async (writer) => {
    for (const pipeline of pipelines) {
      if (!reopens(pipeline, interval, now)) continue;
      await reopenIntervals(writer, { stage: "network", name: pipeline.list, ...range }, wallClock());
      if (pipeline.list === requests.list)
        await reopenIntervals(writer, { stage: "request", name: "-", ...range }, wallClock());
    }
  };
}
