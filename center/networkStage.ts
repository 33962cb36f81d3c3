/**
 * Network processing of one interval: arrivals of the interval and of the look-back become events; events known from earlier intervals are
 * handed over so that they keep their keys, are revised by what came later, or withdrawn.
 */
import { preferredOrigin } from "@harken/core";
import { type EventChange, loadArrivals, loadEvents, loadNoise, putEvents, withdrawEvents } from "@harken/store";
import { type CenterContext, workOn } from "./context.ts";
import { type DataInterval, keyPrefix, networkInput, networkOutput, networkWindow } from "./plan.ts";

export async function processNetworkInterval(context: CenterContext, interval: DataInterval): Promise<boolean> {
  const { store, recipe, bus } = context;
  const { list } = recipe;
  const changes: EventChange[] = [];
  const places = new Map<string, { time: number; latitudeDeg: number; longitudeDeg: number; depthKm: number }>();
  const worked = await workOn(context, { stage: "network", name: "-", startTime: interval.onsetFrom }, async () => {
    const window = networkWindow(interval, recipe);
    const arrivals = await loadArrivals(store.db, { ...window, notAsideIn: list });
    // One look-back more: final events whose late arrivals stand in the window.
    const listed = await loadEvents(store.db, { list, from: window.from - recipe.lookBackSec, to: window.to });
    const input = networkInput(
      arrivals,
      listed.map(({ event }) => event),
      window,
    );
    const answer = await context.pool.network({
      associator: recipe.associator,
      stations: context.stations,
      arrivals: input.arrivals,
      previous: input.open,
      noise: await loadNoise(store.db, window),
      keyPrefix: keyPrefix(list, interval.onsetFrom),
    });
    const { events, withdrawn } = networkOutput(answer.events, input.open, window);
    for (const event of [...input.open, ...events]) {
      const { time, latitudeDeg, longitudeDeg, depthKm } = preferredOrigin(event);
      places.set(event.key, { time, latitudeDeg, longitudeDeg, depthKm });
    }
    return {
      result: {
        arrivals: input.arrivals.length,
        events: events.length,
        unassociated: answer.unassociated,
        remarks: answer.remarks,
      },
      write: async (writer) => {
        const stamp = { runId: context.runId, now: context.clock() };
        changes.length = 0;
        changes.push(...(await withdrawEvents(writer, list, withdrawn)));
        changes.push(...(await putEvents(writer, list, events, stamp)));
      },
    };
  });
  for (const { key, change, version } of worked ? changes : []) {
    await bus.publish(
      `events.${list}`,
      { list, key, change, ...places.get(key) },
      { id: `${list}:${key}:${version}:${change}` },
    );
  }
  return worked;
}
