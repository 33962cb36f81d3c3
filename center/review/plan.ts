/** What the review's files share: an edit as a plan of the events that it changes, and writing it in one transaction. */
import type { EditRequest } from "@harken/api";
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
  readonly pool: Pick<WorkerPool, "revise">;
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

/** Writes what was planned in one transaction, unless one of the events has changed meanwhile. */
export async function writePlans(
  context: ReviewContext,
  list: string,
  { analyst, comment = "" }: Pick<EditRequest, "analyst" | "comment">,
  action: string,
  plans: readonly Plan[],
  rows: (writer: Writer, now: number) => Promise<void> = async () => undefined,
): Promise<Changed> {
  const { store, bus, runId } = context;
  const now = context.clock();
  const changes = await store.transaction(async (writer) => {
    await takeTurn(writer);
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
    await rows(writer, now);
    const stamp = { runId, now };
    const left = plans.filter(({ after }) => after === null).map(({ key }) => key);
    const written = [
      ...(await withdrawEvents(writer, list, left)),
      ...(await putEvents(
        writer,
        list,
        plans.flatMap(({ after }) => after ?? []),
        stamp,
      )),
    ];
    const versions = new Map(written.map(({ key, change, version }) => [key, change === "withdrawn" ? null : version]));
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
    return written;
  });
  await announce(bus, list, changes, plans);
  return {
    changed: plans.filter(({ after }) => after !== null).map(({ key }) => key),
    withdrawn: changes.filter(({ change }) => change === "withdrawn").map(({ key }) => key),
  };
}

/** The refusal of an edit that was made on a version which is no longer current. */
export async function changedMeanwhile(reader: Reader, list: string, key: string): Promise<HarkenError> {
  const [last] = await loadEdits(reader, { list, eventKey: key, limit: 1 });
  const [analyst, detail] = last ? [last.analyst, last.detail] : ["the automatic processing", "revised"];
  return centerErrors.make("EVENT_CHANGED", { key, analyst, detail });
}

export function hypocentreOf({ time, latitudeDeg, longitudeDeg, depthKm }: Origin) {
  return { time, latitudeDeg, longitudeDeg, depthKm };
}

export async function announce(
  bus: Bus,
  list: string,
  changes: readonly EventChange[],
  plans: readonly Plan[],
): Promise<void> {
  for (const { key, change, version } of changes) {
    const plan = plans.find((candidate) => candidate.key === key);
    const event = plan?.after ?? plan?.before?.event;
    if (!event) continue;
    await bus.publish(
      `events.${list}`,
      { list, key, change, ...hypocentreOf(preferredOrigin(event)) },
      { id: `${list}:${key}:${version}:${change}` },
    );
  }
}
