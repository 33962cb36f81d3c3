/** What a centre needs at its start to keep the timetable: who is asked for segments, and where the clock of the data stands. */
import { loadIntervals } from "@harken/store";
import type { CenterContext } from "../context.ts";
import { createRequestDesk, type RequestDesk } from "./requestDesk.ts";
import { createResponder, type Responder, type SegmentSource } from "./responder.ts";
import { isOnDemand } from "./timetable.ts";

/** Stations on demand of a simulated world answer from what it says they recorded; without one nobody is asked. */
export function openRequests(
  context: Omit<CenterContext, "requests">,
  responder: Responder | undefined,
): RequestDesk | null {
  const { world, pool } = context;
  const stations = context.stations.filter(isOnDemand);
  if (stations.length === 0) return null;
  if (responder) return createRequestDesk(context, responder);
  if (!world) return null;
  const source: SegmentSource = ({ code }, from, to) => pool.record({ station: code, startTime: from, endTime: to });
  return createRequestDesk(context, createResponder("SIMULATED", stations, source));
}

/** Data time at which the clock of the data goes on: where the first list stands, so that a second start does not wait again. */
export async function clockStart({ store, world, recipe }: CenterContext): Promise<number> {
  if (!world) return 0;
  const [first] = recipe.timetable.pipelines;
  const done = (await loadIntervals(store.db, "network")).filter(
    ({ name, state }) => name === first?.list && state === "done",
  );
  return Math.max(world.config.startTime, ...done.map(({ endTime }) => endTime));
}
