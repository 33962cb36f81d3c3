/**
 * Who gets which arrival. Candidates are developed best first; the best hypothesis of those at hand becomes an event and takes its arrivals,
 * what the others had of them is gone and they are judged again by what is left. The search is repeated on the rest until it finds nothing.
 */
import { RADIANS_PER_DEGREE } from "@harken/core";
import type { Hypocentre } from "../location/reading.ts";
import { activityOf } from "./activity.ts";
import { findCandidates } from "./candidates.ts";
import { countClutter, HALF_WINDOW_SEC, spanSec } from "./clutter.ts";
import type { Evidence } from "./corroborate.ts";
import { chooseDepth } from "./depth.ts";
import { positionOf } from "./grid.ts";
import { learnHabits } from "./habit.ts";
import { developHypothesis, type Hypothesis } from "./hypothesis.ts";
import { laterMatches } from "./later.ts";
import { CRUSTAL_KM } from "./phases.ts";
import { refineCandidate, rescore } from "./refine.ts";
import type { Candidate, Search, SearchGround } from "./search.ts";
import { softplus } from "./softplus.ts";
import { sameEvent } from "./split.ts";
import { createStacker } from "./stack.ts";

/** The search is repeated on the rest when this share of all arrivals found its event in the last pass: then the rest looks different. */
const WORTH_ANOTHER = 0.1;
/** How a candidate's score may grow when it is located: by so much, and by so large a share of it. */
const HEADROOM = 4;
const HEADROOM_SHARE = 1.25;
/** A candidate that lost more than this of its score goes back among the others. */
const LOST = 3;
/** A hypothesis that lost arrivals is developed again at most so many times. */
const MAX_RETRIES = 3;

/** All events that the arrivals make, with `known` places and times looked at first. Takes their arrivals in the table. */
export function resolveEvents(
  evidence: Evidence,
  ground: SearchGround,
  known: readonly Hypocentre[],
): { events: Hypothesis[]; exhausted: boolean } {
  const { table, detectability, settings } = evidence;
  const { maxPasses, maxLocationsPerArrival } = settings.search;
  const events: Hypothesis[] = [];
  const budget = { locations: Math.ceil(100 + maxLocationsPerArrival * table.arrivals.length) };
  for (let pass = 0; pass < maxPasses; pass++) {
    learnHabits(table, HALF_WINDOW_SEC, settings);
    countClutter(table, settings);
    const activity = activityOf(events, spanSec(table), settings);
    const search: Search = {
      ...ground,
      table,
      settings,
      activity,
      stacker: createStacker(table, detectability, settings),
    };
    const found = resolveCandidates({ ...evidence, activity }, search, pass === 0 ? known : [], budget, events);
    if (found < WORTH_ANOTHER * table.arrivals.length || budget.locations <= 0) break;
  }
  return { events, exhausted: budget.locations <= 0 };
}

interface Waiting {
  readonly hypothesis: Hypothesis;
  readonly retries: number;
}

function resolveCandidates(
  evidence: Evidence,
  search: Search,
  known: readonly Hypocentre[],
  budget: { locations: number },
  events: Hypothesis[],
): number {
  const { table, settings } = evidence;
  const waiting: Waiting[] = [];
  const put = (hypothesis: Hypothesis | null, retries: number) => {
    if (!hypothesis) return;
    const twin = waiting.findIndex(({ hypothesis: other }) => sameMatches(other, hypothesis));
    if (twin >= 0) {
      if (waiting[twin]!.hypothesis.logOdds < hypothesis.logOdds) waiting[twin] = { hypothesis, retries };
    } else waiting.push({ hypothesis, retries });
  };
  const develop = (start: Hypocentre, retries = 0) => {
    budget.locations--;
    const held = developHypothesis(evidence, start);
    const free = held && isLocal(held) ? developHypothesis(evidence, held.origin, "free", FREE_ROUNDS_SEC) : null;
    put(free && free.logOdds > held!.logOdds ? free : held, retries);
  };
  for (const start of known) develop(start);
  const queue = findCandidates(search).reverse();
  // Many candidates lead to one place; when an event takes its arrivals, the place is worth another look.
  let started: Candidate[] = [];
  let taken = 0;
  const fresh = { taken: 0 };
  while (true) {
    const next = queue.at(-1);
    const best = waiting.reduce<Waiting | null>(
      (top, entry) => (!top || entry.hypothesis.logOdds > top.hypothesis.logOdds ? entry : top),
      null,
    );
    if (!best && !next) break;
    const promise = next && budget.locations > 0 ? HEADROOM + HEADROOM_SHARE * next.score : Number.NEGATIVE_INFINITY;
    if (best && best.hypothesis.logOdds >= promise) {
      waiting.splice(waiting.indexOf(best), 1);
      const { hypothesis, retries } = best;
      if (hypothesis.matches.some(({ arrival }) => table.taken[arrival])) {
        if (retries < MAX_RETRIES) develop(hypothesis.origin, retries + 1);
        continue;
      }
      const event = chooseDepth(evidence, hypothesis);
      if (events.some((other) => sameEvent(other, event, settings))) continue;
      take(evidence, event, fresh);
      started = started.filter(({ time }) => Math.abs(time - event.origin.time) > FORGET_SEC);
      events.push(event);
      taken += event.matches.length;
      continue;
    }
    if (!next || budget.locations <= 0) break;
    queue.pop();
    const now = rescore(search, next);
    if (now < settings.search.minCandidate) continue;
    if (now < next.score - LOST) {
      insert(queue, { ...next, score: now });
      continue;
    }
    const refined = refineCandidate(search, next);
    if (!refined) continue;
    if (started.some((other) => sameStart(other, refined))) continue;
    started.push(refined);
    const { latitudeDeg, longitudeDeg } = positionOf({ count: 1, vectors: Float64Array.from(refined.place) }, 0);
    develop({ time: refined.time, latitudeDeg, longitudeDeg, depthKm: refined.depthKm });
  }
  return taken;
}

const SAME_START_SEC = 2;
const SAME_START_DEG = 0.3;
/** Starts this near in time to an event that took its arrivals are forgotten, s. */
const FORGET_SEC = 1500;

function sameStart(a: Candidate, b: Candidate): boolean {
  if (Math.abs(a.time - b.time) > SAME_START_SEC || a.depthKm !== b.depthKm) return false;
  const dot = a.place[0] * b.place[0] + a.place[1] * b.place[1] + a.place[2] * b.place[2];
  return dot > Math.cos(SAME_START_DEG * RADIANS_PER_DEGREE);
}

/** Stations this near tell the depth of an event in the crust, and the depth then makes or breaks the rest, deg. */
const LOCAL_DEG = 0.7;
const FREE_ROUNDS_SEC = [0.7, 0.5] as const;

function isLocal({ origin: { depthKm, associations } }: Hypothesis): boolean {
  const near = associations.filter(({ timeDefining, deltaDeg }) => timeDefining && deltaDeg < LOCAL_DEG);
  return depthKm <= CRUSTAL_KM && near.length >= 2;
}

/** Into a list of rising scores. */
function insert(queue: Candidate[], candidate: Candidate): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (queue[middle]!.score < candidate.score) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, candidate);
}

function sameMatches(a: Hypothesis, b: Hypothesis): boolean {
  return (
    a.matches.length === b.matches.length && a.matches.every(({ arrival }, i) => b.matches[i]!.arrival === arrival)
  );
}

/** The rates of chance detections are counted anew when this share of all arrivals was taken since. */
const RECOUNT = 0.02;

/** The arrivals that the event is built on are taken, and what may be a later phase of it says less of others. */
function take(evidence: Evidence, event: Hypothesis, fresh: { taken: number }): void {
  const { table, settings } = evidence;
  const { explained, logClutter } = table;
  for (const { arrival, logOdds } of laterMatches(evidence, event.origin)) {
    if (logOdds <= explained[arrival]!) continue;
    logClutter[arrival]! += softplus(logOdds) - softplus(explained[arrival]!);
    explained[arrival] = logOdds;
  }
  for (const { arrival, later } of event.matches) {
    if (later) continue;
    table.taken[arrival] = 1;
    fresh.taken++;
  }
  if (fresh.taken < RECOUNT * table.arrivals.length) return;
  fresh.taken = 0;
  countClutter(table, settings);
}
