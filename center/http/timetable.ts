/** The state of each list in every interval of a period, as the contract has it. */
import type { TimetableQuery, TimetableStates } from "@harken/api";
import type { Reader } from "@harken/store";
import { centerErrors } from "../errors.ts";
import { timetableInUse, timetableStates } from "../timetable/report.ts";

const DAY_SEC = 86_400;
const USUAL_DAYS = 2;
const MOST_DAYS = 31;

/** `dataTo` is the time of the newest data; null before any. */
export async function timetableOf(
  reader: Reader,
  { from: asked, to: until }: TimetableQuery,
  dataTo: number | null,
): Promise<TimetableStates> {
  const to = until ?? (dataTo === null ? undefined : dataTo + 1);
  const from = asked ?? (to === undefined ? undefined : to - USUAL_DAYS * DAY_SEC);
  if (from !== undefined && to !== undefined) {
    const bad = (reason: string) => centerErrors.make("BAD_WINDOW", { from, to, reason });
    if (!(to > from)) throw bad("it ends before it begins");
    if (to - from > MOST_DAYS * DAY_SEC) throw bad(`it is longer than ${MOST_DAYS} days`);
  }
  const timetable = await timetableInUse(reader);
  const states = await timetableStates(reader, timetable, { from, to });
  return {
    lists: timetable.pipelines.map(({ list }) => list),
    intervals: states.map((interval) => ({ ...interval, lists: interval.lists.map((one) => ({ ...one })) })),
  };
}
