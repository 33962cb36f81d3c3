/** One list of one interval: what stations on demand have sent is worked on first, and what is missing of them is asked for after. */
import type { CenterContext } from "../context.ts";
import { processNetworkInterval } from "../networkStage.ts";
import type { DataInterval } from "../plan.ts";
import { processStationInterval } from "../stationStage.ts";
import { hears, isOnDemand, type Pipeline } from "./timetable.ts";

/** `now` is data time. False when the list was made of the interval already. */
export async function makeList(
  context: CenterContext,
  pipeline: Pipeline,
  interval: DataInterval,
  now: number,
): Promise<boolean> {
  const { requests, recipe } = context;
  if (requests)
    for (const station of context.stations)
      if (isOnDemand(station) && hears(pipeline, station)) await processStationInterval(context, station, interval);
  const isMade = await processNetworkInterval(context, pipeline, interval, now);
  if (pipeline.list === recipe.timetable.requests.list) await requests?.ask(interval, now);
  return isMade;
}
