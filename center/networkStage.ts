/**
 * Network processing of one interval for one list of the timetable: arrivals of the interval and of the look-back become events; events known from
 * earlier intervals, and from the list before, are handed over so that they keep their keys, are revised by what came later, or withdrawn.
 */
import { preferredOrigin, type SeismicEvent } from "@harken/core";
import { contentHash, type EventChange, putEvents, withdrawEvents } from "@harken/store";
import { type CenterContext, workOn } from "./context.ts";
import { gatherInput, type NetworkMaterial } from "./networkMaterial.ts";
import { type DataInterval, keyPrefix, networkOutput, networkWindow } from "./plan.ts";
import { hears, type Pipeline } from "./timetable/timetable.ts";

/** What network processing says of an interval, before anything is written. */
export interface BuiltList {
  readonly events: readonly SeismicEvent[];
  readonly withdrawn: readonly string[];
  readonly unassociated: number;
  readonly remarks: readonly string[];
}

/** `now` is data time: when the list is made of the interval. */
export async function processNetworkInterval(
  context: CenterContext,
  pipeline: Pipeline,
  interval: DataInterval,
  now: number,
): Promise<boolean> {
  const { bus } = context;
  const { list } = pipeline;
  const changes: EventChange[] = [];
  const places = new Map<string, { time: number; latitudeDeg: number; longitudeDeg: number; depthKm: number }>();
  const worked = await workOn(context, { stage: "network", name: list, startTime: interval.onsetFrom }, async () => {
    const material = await gatherInput(context, pipeline, interval);
    const { events, withdrawn, unassociated, remarks } = await buildList(context, pipeline, interval, material);
    for (const event of [...material.open, ...events]) {
      const { time, latitudeDeg, longitudeDeg, depthKm } = preferredOrigin(event);
      places.set(event.key, { time, latitudeDeg, longitudeDeg, depthKm });
    }
    return {
      result: {
        arrivals: material.arrivals.length,
        events: events.length,
        unassociated,
        remarks,
        madeAt: now,
        input: material.record,
        output: outputOf(events, withdrawn),
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

/** The same material gives the same events, whenever it is worked on. */
export async function buildList(
  context: Pick<CenterContext, "recipe" | "stations" | "pool">,
  pipeline: Pipeline,
  interval: DataInterval,
  { arrivals, noise, open }: NetworkMaterial,
): Promise<BuiltList> {
  const { recipe, pool } = context;
  const { list } = pipeline;
  const answer = await pool.network({
    associator: recipe.associator,
    stations: context.stations.filter((station) => hears(pipeline, station)),
    ...{ arrivals, noise, previous: open },
    keyPrefix: keyPrefix(list, interval.onsetFrom),
  });
  const { events, withdrawn } = networkOutput(answer.events, open, networkWindow(interval, recipe));
  const before = new Map(open.map((event) => [event.key, event]));
  return {
    events: events.map((event) => nameOrigins(event, before.get(event.key), list)),
    withdrawn,
    unassociated: answer.unassociated,
    remarks: answer.remarks,
  };
}

/** A new origin of an event that another list has begun is named after the list that made it: both lists go on adding origins. */
function nameOrigins(event: SeismicEvent, before: SeismicEvent | undefined, list: string): SeismicEvent {
  if (event.key.startsWith(`${list}-`)) return event;
  const known = new Set(before?.origins.map(({ key }) => key));
  const nameOf = (key: string) => (known.has(key) ? key : key.replace(`${event.key}-`, `${event.key}-${list}-`));
  return {
    ...event,
    preferredOriginKey: nameOf(event.preferredOriginKey),
    origins: event.origins.map((origin) => ({ ...origin, key: nameOf(origin.key) })),
  };
}

/** What an interval's record keeps of its outcome: each event with the hash that its row of `base_event_version` carries. */
export function outputOf(events: readonly SeismicEvent[], withdrawn: readonly string[]) {
  return { events: Object.fromEntries(events.map((event) => [event.key, contentHash(event)])), withdrawn };
}
