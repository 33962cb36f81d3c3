/** What the review's files share: an edit as a plan of the events that it changes, and writing it in one transaction. */
import { type HarkenError, type Origin, preferredOrigin, type SeismicEvent, type Station } from "@harken/core";
import {
  type Bus,
  type Edit,
  type EventChange,
  type ListedEvent,
  loadEdits,
  newestVersions,
  putEvents,
  type Reader,
  recordEdits,
  type Store,
  takeTurn,
  type Writer,
  withdrawEvents,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import type { CenterRecipe } from "../recipe.ts";
import type { WorkerPool } from "../workerPool.ts";

export interface ReviewContext {
  readonly store: Store;
  readonly pool: Pick<WorkerPool, "revise" | "measure">;
  readonly bus: Bus;
  readonly recipe: CenterRecipe;
  readonly runId: number;
  stations(): readonly Station[];
  /** Epoch seconds. */
  clock(): number;
}

/** Keys of the events that an edit changed, the edited one first, and of those that left the list. */
export interface Changed {
  readonly changed: readonly string[];
  readonly withdrawn: readonly string[];
}

/** An event as it will be, or that it leaves the list. */
export interface Plan {
  readonly key: string;
  readonly before: ListedEvent | null;
  readonly after: SeismicEvent | null;
  readonly detail: string;
  /** The version that an undo or redo asks for. */
  readonly restored?: number;
}

/** Runs `work` in a transaction in which no other edit is being written, of this process or another. */
export function inTurn<T>({ store }: Pick<ReviewContext, "store">, work: (writer: Writer) => Promise<T>): Promise<T> {
  return store.transaction(async (writer) => {
    await takeTurn(writer);
    return work(writer);
  });
}

interface Who {
  readonly analyst: string;
  readonly comment?: string;
  readonly list: string;
  readonly action: string;
  readonly now: number;
}

/** Writes the versions and their edits. Throws EVENT_CHANGED when an event is no longer what the plan began with. */
export async function writePlans(
  writer: Writer,
  runId: number,
  { list, analyst, comment = "", action, now }: Who,
  plans: readonly Plan[],
): Promise<EventChange[]> {
  const newest = await newestVersions(
    writer,
    list,
    plans.map(({ key }) => key),
  );
  for (const { key, before } of plans) {
    const found = newest.get(key);
    const foundVersion = found?.state === "current" ? found.version : 0;
    if (foundVersion !== (before?.version ?? 0)) throw await changedMeanwhile(writer, list, key);
  }
  const left = plans.filter(({ after }) => after === null).map(({ key }) => key);
  const kept = plans.flatMap(({ after }) => after ?? []);
  const changes = [
    ...(await withdrawEvents(writer, list, left)),
    ...(await putEvents(writer, list, kept, { runId, now })),
  ];
  const versions = new Map(changes.map(({ key, change, version }) => [key, change === "withdrawn" ? null : version]));
  await recordEdits(
    writer,
    plans
      .filter(({ key }) => versions.has(key))
      .map(
        ({ key, before, detail, restored }): Omit<Edit, "id"> => ({
          ...{ time: now, analyst, list, eventKey: key, action, detail, comment },
          versionBefore: before?.version ?? null,
          versionAfter: versions.get(key) ?? null,
          restoredVersion: restored ?? null,
        }),
      ),
  );
  return changes;
}

/** The refusal of an edit whose event is no longer at the version that was in sight: somebody was first, or it was never in the list. */
export async function changedMeanwhile(reader: Reader, list: string, key: string): Promise<HarkenError> {
  const [last] = await loadEdits(reader, { list, eventKey: key, limit: 1 });
  // What is in the list came into it by an edit.
  if (!last) return centerErrors.make("NO_EVENT", { key });
  return centerErrors.make("EVENT_CHANGED", { key, analyst: last.analyst, detail: last.detail });
}

export function hypocentreOf({ time, latitudeDeg, longitudeDeg, depthKm }: Origin) {
  return { time, latitudeDeg, longitudeDeg, depthKm };
}

/** Tells the pages which events have changed and where they stand, or stood. */
export async function announce(
  bus: Bus,
  list: string,
  changes: readonly EventChange[],
  events: readonly SeismicEvent[],
): Promise<void> {
  const places = new Map(events.map((event) => [event.key, hypocentreOf(preferredOrigin(event))]));
  for (const { key, change, version } of changes) {
    await bus.publish(
      `events.${list}`,
      { list, key, change, ...places.get(key) },
      { id: `${list}:${key}:${version}:${change}` },
    );
  }
}
