/**
 * The analysts' work on a list: intervals are opened and completed, events edited, made and rejected. An edit names the version of the event that
 * the analyst had in sight; when somebody else has made a newer one it is refused, and nothing of either is lost.
 */
import type { CompleteRequest, CreateRequest, EditRequest, OpenRequest } from "@harken/api";
import { type Arrival, isoTime, type NoiseLevel, preferredOrigin, type SeismicEvent } from "@harken/core";
import {
  arrivalsAside,
  eventKeysOfArrivals,
  type ListedEvent,
  loadArrivalsByKey,
  loadEvents,
  loadNoise,
  loadReviewIntervals,
  putArrivals,
  type Reader,
  type ReviewedInterval,
  setArrivalAside,
  takeArrivalsBack,
  type Writer,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import { choicesOf, type Draft, depthOf, draftOf, draftOfNew } from "./draft.ts";
import { type Completed, completeInterval, openInterval } from "./intervals.ts";
import { measureAt } from "./measureAt.ts";
import {
  announce,
  type Changed,
  changedMeanwhile,
  hypocentreOf,
  inTurn,
  type Plan,
  type ReviewContext,
  writePlans,
} from "./plan.ts";

export interface Review {
  intervals(list: string): Promise<ReviewedInterval[]>;
  open(list: string, request: OpenRequest): Promise<ReviewedInterval>;
  complete(list: string, request: CompleteRequest): Promise<Completed>;
  create(list: string, request: CreateRequest): Promise<Changed>;
  edit(list: string, key: string, request: EditRequest): Promise<Changed>;
}

/** Waves of an event reach stations this long before and after those that its arrivals tell of: P to 100 degrees, surface waves, s. */
const NOISE_BEFORE_SEC = 900;
const NOISE_AFTER_SEC = 4200;

async function noiseAround(reader: Reader, arrivals: readonly Arrival[]): Promise<NoiseLevel[]> {
  const times = arrivals.map(({ time }) => time).sort((a, b) => a - b);
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  return loadNoise(reader, { from: first - NOISE_BEFORE_SEC, to: Math.max(first + NOISE_AFTER_SEC, last) });
}

export function createReview(context: ReviewContext): Review {
  const { store, pool, recipe } = context;

  function checkList(list: string): void {
    if (list !== recipe.reviewedList) throw centerErrors.make("NOT_REVIEWED", { list, reviewed: recipe.reviewedList });
  }

  async function current(list: string, key: string): Promise<ListedEvent | null> {
    const [listed] = await loadEvents(store.db, { list, key, limit: 1 });
    return listed ?? null;
  }

  /** The event with its new origin; the automatic ones stay beside it. Throws CANNOT_LOCATE. */
  async function located(
    list: string,
    key: string,
    before: SeismicEvent | null,
    draft: Pick<Draft, "choices" | "joining" | "depth">,
    analyst: string,
    arrivals: readonly Arrival[],
  ): Promise<SeismicEvent> {
    const originKey = `${list}-${key}`;
    const revised = await pool.revise({
      ...draft,
      key: originKey,
      author: analyst,
      arrivals,
      stations: context.stations(),
      noise: await noiseAround(store.db, arrivals),
      start: before ? hypocentreOf(preferredOrigin(before)) : null,
    });
    if (!revised.ok) throw centerErrors.make("CANNOT_LOCATE", { key, reason: revised.reason });
    const others = before?.origins.filter((origin) => origin.key !== originKey) ?? [];
    return { key, preferredOriginKey: originKey, origins: [revised.origin, ...others] };
  }

  /** Plans for the other events that hold some of these arrivals. Throws CANNOT_LOCATE when one cannot stand without them. */
  async function giveUp(list: string, key: string, arrivalKeys: readonly string[], analyst: string): Promise<Plan[]> {
    const holders = await eventKeysOfArrivals(store.db, list, arrivalKeys);
    const plans: Plan[] = [];
    for (const holder of new Set(holders.values())) {
      const before = holder === key ? null : await current(list, holder);
      if (!before) continue;
      const origin = preferredOrigin(before.event);
      const choices = choicesOf(origin).filter(({ arrivalKey }) => !arrivalKeys.includes(arrivalKey));
      const arrivals = await loadArrivalsByKey(store.db, keysOf(choices));
      const draft = { choices, joining: [], depth: depthOf(origin) };
      const after = await located(list, holder, before.event, draft, analyst, arrivals);
      plans.push({ key: holder, before, after, detail: "gave an arrival to another event" });
    }
    return plans;
  }

  /** Writes an edit in its turn, with the rows that it needs besides, and tells the pages. */
  async function write(
    list: string,
    { analyst, comment = "" }: Pick<EditRequest, "analyst" | "comment">,
    action: string,
    plans: readonly Plan[],
    rows: (writer: Writer, now: number) => Promise<void> = async () => undefined,
  ): Promise<Changed> {
    const now = context.clock();
    const changes = await inTurn(context, async (writer) => {
      await rows(writer, now);
      return writePlans(writer, context.runId, { list, analyst, comment, action, now }, plans);
    });
    const concerned = plans.flatMap(({ before, after }) => after ?? before?.event ?? []);
    await announce(context.bus, list, changes, concerned);
    return {
      changed: plans.filter(({ after }) => after !== null).map(({ key }) => key),
      withdrawn: changes.filter(({ change }) => change === "withdrawn").map(({ key }) => key),
    };
  }

  return {
    intervals: (list) => loadReviewIntervals(store.db, list),

    async open(list, request) {
      checkList(list);
      return openInterval(context, list, request);
    },

    async complete(list, request) {
      checkList(list);
      return completeInterval(context, list, request);
    },

    async create(list, request) {
      checkList(list);
      const keys = request.arrivals.map(({ key }) => key);
      const arrivals = await loadArrivalsByKey(store.db, keys);
      const draft = draftOfNew(request, new Map(arrivals.map((arrival) => [arrival.key, arrival])));
      const holders = await eventKeysOfArrivals(store.db, list, keys);
      const [taken] = holders;
      if (taken) throw centerErrors.make("ARRIVAL_TAKEN", { arrival: taken[0], event: taken[1] });
      const first = arrivals.reduce((one, other) => (other.time < one.time ? other : one));
      // By the moment of its making: another event may once have begun with the same arrival.
      const moment = Math.round(context.clock() * 1000).toString(36);
      const key = `${list}-${isoTime(first.time, 0).replace(/[-:]/g, "")}-${moment}`;
      const after = await located(list, key, null, draft, request.analyst, arrivals);
      return write(list, request, "create", [{ key, before: null, after, detail: draft.detail }]);
    },

    async edit(list, key, request) {
      checkList(list);
      const { action, analyst, expectedVersion } = request;
      const before = await current(list, key);
      if ((before?.version ?? 0) !== expectedVersion) throw await changedMeanwhile(store.db, list, key);
      if (action.kind === "restore") return restore(list, key, before, request, action.version);
      if (!before) throw centerErrors.make("NO_EVENT", { key });
      if (action.kind === "reject")
        return write(list, request, "reject", [{ key, before, after: null, detail: "rejected" }]);

      const origin = preferredOrigin(before.event);
      const named = "arrivalKey" in action ? [action.arrivalKey] : [];
      const stored = await loadArrivalsByKey(store.db, [...new Set([...keysOf(choicesOf(origin)), ...named])]);
      const byKey = new Map(stored.map((arrival) => [arrival.key, arrival]));
      const measured = await measureAt(context, action, choicesOf(origin), byKey);
      const draft = draftOf(action, { origin, analyst, arrivals: byKey, measured });
      const held = new Set(keysOf(choicesOf(origin)));
      const incoming = keysOf(draft.choices).filter((one) => !held.has(one));
      const others = await giveUp(list, key, incoming, analyst);
      const after = await located(list, key, before.event, draft, analyst, [...stored, ...draft.made]);
      const plans: Plan[] = [{ key, before, after, detail: draft.detail }, ...others];
      return write(list, request, action.kind, plans, async (writer, now) => {
        await putArrivals(writer, draft.made, { runId: context.runId, now });
        await takeArrivalsBack(writer, list, incoming);
        for (const { key: made } of draft.made)
          await setArrivalAside(writer, recipe.list, made, { reason: "an analyst's pick", now });
        for (const old of draft.aside) await setArrivalAside(writer, list, old, { reason: draft.detail, now });
      });
    },
  };

  /** Undo and redo. Picks that the version does not have are set aside, those that it has are taken back. */
  async function restore(
    list: string,
    key: string,
    before: ListedEvent | null,
    request: EditRequest,
    version: number,
  ): Promise<Changed> {
    const [old] = await loadEvents(store.db, { list, key, version, limit: 1 });
    if (!old) throw centerErrors.make("NO_EVENT", { key: `${key}, version ${version}` });
    const wanted = keysOf(choicesOf(preferredOrigin(old.event)));
    const holders = await eventKeysOfArrivals(store.db, list, wanted);
    const taken = [...holders].find(([, holder]) => holder !== key);
    if (taken) throw centerErrors.make("ARRIVAL_TAKEN", { arrival: taken[0], event: taken[1] });
    const held = before ? keysOf(choicesOf(preferredOrigin(before.event))) : [];
    const leaving = held.filter((arrival) => !wanted.includes(arrival));
    // Analysts' picks are those that the automatic list has no part in.
    const picks = await arrivalsAside(store.db, recipe.list, leaving);
    const plan: Plan = { key, before, after: old.event, detail: `version ${version} restored`, restored: version };
    return write(list, request, "restore", [plan], async (writer, now) => {
      await takeArrivalsBack(writer, list, wanted);
      for (const pick of picks) await setArrivalAside(writer, list, pick, { reason: "undone", now });
    });
  }
}

const keysOf = (choices: readonly { readonly arrivalKey: string }[]) => choices.map(({ arrivalKey }) => arrivalKey);
