/** The numbers that shape the centre's work, by name and version. Each run records them. */

import type { AssociatorName } from "@harken/waveform";
import { centerTimetable, type Timetable } from "./timetable/timetable.ts";

export interface CenterRecipe {
  readonly name: string;
  /** What builds the events. */
  readonly associator: AssociatorName;
  /** Which automatic lists are made, of which stations, and when. */
  readonly timetable: Timetable;
  /** The automatic list that pages show unless another is asked for; it sets aside what analysts pick. */
  readonly list: string;
  /** Bulletin that analysts make from it: every event that they saved. */
  readonly reviewedList: string;
  /** Bulletin of the reviewed events that meet the event definition, published when an interval is completed. */
  readonly publishedList: string;
  /** Published events that were large enough to be screened, and those of them that were not screened out. */
  readonly screenedList: string;
  readonly remainingList: string;
  /** What a published event must have: the sum of the weights of its defining observations, and stations with a defining time that are not auxiliary. */
  readonly publishedDefinition: { readonly threshold: number; readonly stations: number };
  /** Length of a data interval, s. */
  readonly intervalSec: number;
  /** Data before the interval that station processing reads, so that filters and long-term averages have settled, s. */
  readonly leadInSec: number;
  /**
   * Data after an onset that its measurements may need, s: the tail of the station recipes' windows, in which the largest motion for ML comes. Onsets
   * later than this before the end of the data wait for the next interval.
   */
  readonly tailSec: number;
  /** Two detections of one station closer than this, found from the two sides of an interval's edge, are one signal, s. */
  readonly edgeToleranceSec: number;
  /** How far network processing looks back from the start of its interval; events older than that are final, s. */
  readonly lookBackSec: number;
  /** How long a worker may hold an interval before another takes it, s. */
  readonly leaseSec: number;
  readonly maxAttempts: number;
}

/**
 * The definition of published events is the REB's, as remembered: three primary stations and weights of 4.6; automatic lists ask for 3.55.
 *
 * The look-back covers the slowest phases that network processing associates: S at 100 degrees takes 26 minutes, PKP 22, and Lg and T much
 * longer at distances where few stations define an event by them (Kennett, Engdahl and Buland 1995, doi:10.1111/j.1365-246X.1995.tb03540.x).
 */
export const centerRecipe: CenterRecipe = Object.freeze({
  name: "center-1",
  associator: "grid",
  timetable: centerTimetable,
  list: "SEL1",
  reviewedList: "LEB",
  publishedList: "REB",
  screenedList: "SEB",
  remainingList: "SSEB",
  publishedDefinition: { threshold: 4.6, stations: 3 },
  intervalSec: 1200,
  leadInSec: 180,
  tailSec: 240,
  edgeToleranceSec: 2,
  lookBackSec: 3600,
  leaseSec: 600,
  maxAttempts: 3,
});
