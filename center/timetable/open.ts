/** What a centre needs at its start to keep the timetable: who is asked for segments, and where the clock of the data stands. */

import type { Station } from "@harken/core";
import { loadIntervals } from "@harken/store";
import { type FolderWatch, watchFolder } from "../acquisition/folder.ts";
import type { CenterContext } from "../context.ts";
import type { CenterOptions } from "../options.ts";
import { createCarriers, messageOfMail } from "./carriers.ts";
import { createRequestDesk, type RequestDesk } from "./requestDesk.ts";
import { createResponder, type SegmentSource } from "./responder.ts";
import { isOnDemand } from "./timetable.ts";

/** Stations on demand of a simulated world answer from what it says they recorded; without one nobody is asked. */
export function openRequests(
  context: Omit<CenterContext, "requests">,
  { responder, acquire }: Pick<CenterOptions, "responder" | "acquire">,
): RequestDesk | null {
  const { world, pool } = context;
  const stations = context.stations.filter(isOnDemand);
  if (stations.length === 0) return null;
  if (responder) return createRequestDesk(context, responder);
  if (acquire?.settings.requests)
    return createRequestDesk(context, createCarriers(acquire.settings.requests, acquire.settingsFolder).respond);
  if (!world) return null;
  const source: SegmentSource = ({ code }, from, to) => pool.record({ station: code, startTime: from, endTime: to });
  return createRequestDesk(context, createResponder("SIMULATED", stations, source));
}

/** Stations with the role that the settings give them: whom they ask for segments is auxiliary. */
export function withRoles({ stations, settings }: NonNullable<CenterOptions["acquire"]>): readonly Station[] {
  const asked = new Set(settings.requests?.stations.map(({ code }) => code));
  return stations.map((station) => (asked.has(station.code) ? { ...station, role: "auxiliary" as const } : station));
}

/** Takes the answers that come by mail out of their folder; null where none do. */
export function watchAnswers(
  { settings, settingsFolder }: NonNullable<CenterOptions["acquire"]>,
  take: (message: Uint8Array) => Promise<string | null>,
  onProblem: (code: string, detail: string) => void,
): FolderWatch | null {
  const inbox = settings.requests && createCarriers(settings.requests, settingsFolder).inbox;
  return inbox ? watchFolder({ folder: inbox, take: (_, bytes) => take(messageOfMail(bytes)), onProblem }) : null;
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
