/**
 * Asks stations that send on demand for the segments that the events of a list call for, and takes in what they answer. Requests are made in the
 * transaction that marks their interval done; an answer and the index of its samples are committed together. A request without an answer is sent
 * again as the rule says. Times are data time.
 */
import { isoTime, preferredOrigin, type Station, type WaveformSegment } from "@harken/core";
import { decodeImsMessages, decodeImsWaveforms, writeImsWaveformRequest } from "@harken/formats";
import {
  type ArchivedPiece,
  loadEvents,
  loadIntervals,
  loadRequests,
  type NewRequest,
  putPieces,
  putRequests,
  reopenIntervals,
  type SegmentRequest,
  settleRequest,
  type Writer,
} from "@harken/store";
import { type CenterContext, workOn } from "../context.ts";
import type { DataInterval } from "../plan.ts";
import { networkWindow } from "../plan.ts";
import { reopenLists } from "./lateData.ts";
import type { Responder } from "./responder.ts";
import { eventWindows, leaveOut, mergeWindows } from "./segments.ts";
import { isOnDemand, type RequestRule } from "./timetable.ts";

export interface RequestDesk {
  /** Makes the requests that the events of an interval and its look-back call for. */
  ask(interval: DataInterval, now: number): Promise<void>;
  /** Sends what is due and takes in the answers. True when one came so late that intervals were opened again. */
  send(now: number): Promise<boolean>;
  /**
   * Takes in a message that answers a request sent before, though it may have been given up since. True when intervals were opened again; a text says why it is
   * refused.
   */
  receive(answer: Uint8Array, now: number): Promise<boolean | string>;
}

type DeskContext = Omit<CenterContext, "requests">;

/** Name of the centre in its messages. */
const SOURCE = "HARKEN";
const NOT_YET = "no answer has come yet";

export function createRequestDesk(context: DeskContext, respond: Responder): RequestDesk {
  const { store, pool, recipe, logger } = context;
  const rule: RequestRule = recipe.timetable.requests;
  const stations = context.stations.filter(isOnDemand);
  const stationOf = new Map(stations.map((station) => [station.code, station]));

  /** Sends one request; the segments of its station, or why there are none. */
  async function exchange(request: SegmentRequest, station: Station): Promise<WaveformSegment[] | string> {
    const { messageId, from, to } = request;
    const channels = station.channels.map(({ id }) => id.channel);
    const message = writeImsWaveformRequest({
      ...{ messageId, source: SOURCE, from, to, subformat: "CM6" },
      ...{ stations: [station.code], channels, auxiliaries: ["*"] },
    });
    let answer: Uint8Array | null;
    try {
      answer = await respond(message);
    } catch (cause) {
      return cause instanceof Error ? cause.message : String(cause);
    }
    return answer === null ? NOT_YET : read(request, station, answer);
  }

  /** The segments of an answer, or why there are none. */
  function read(
    { messageId, from, to }: SegmentRequest,
    station: Station,
    answer: Uint8Array,
  ): WaveformSegment[] | string {
    const messages = decodeImsMessages(answer).items;
    if (messages[0]?.reference?.id !== messageId) return "the answer is to another request";
    const log = messages[0].sections.find(({ dataType }) => dataType === "ERROR_LOG");
    if (log) return new TextDecoder("latin1").decode(answer.subarray(log.start, log.end)).trim().slice(0, 200);
    const { segments, problems } = decodeImsWaveforms(answer, messages);
    const error = problems.find(({ severity }) => severity === "error");
    if (error) return error.message;
    const known = new Map(station.channels.map(({ id }) => [`${id.station} ${id.channel}`, id]));
    const own = segments.flatMap((segment) => {
      const id = known.get(`${segment.channel.station} ${segment.channel.channel}`);
      return id && segment.startTime >= from - 1 && segment.startTime < to ? [{ ...segment, channel: id }] : [];
    });
    return own.length > 0 ? own : "the answer has no segment of the station";
  }

  /** `attempts`: how often it was sent until this answer. */
  async function settle(
    request: SegmentRequest,
    answer: WaveformSegment[] | string,
    now: number,
    attempts: number,
  ): Promise<boolean> {
    const isAnswered = typeof answer !== "string";
    const pieces: ArchivedPiece[] = isAnswered ? await context.archive.append(answer) : [];
    const hasReopened = await store.transaction(async (writer) => {
      const stamp = { runId: context.runId, now: context.clock() };
      const change = {
        state: isAnswered ? "answered" : attempts >= rule.maxAttempts ? "failed" : "waiting",
        ...{ attempts, nextTime: now + rule.retrySec, answeredTime: isAnswered ? now : null },
        sampleCount: pieces.reduce((sum, { sampleCount }) => sum + sampleCount, 0),
        lastProblem: isAnswered ? "" : answer,
      } as const;
      if (!(await settleRequest(writer, request.messageId, change, stamp)) || !isAnswered) return false;
      await putPieces(writer, pieces, stamp);
      return reopenFor(writer, request, now);
    });
    const { messageId, station } = request;
    logger.info({ code: isAnswered ? "request.answered" : "request.refused", messageId, station, attempts });
    return hasReopened;
  }

  /** Intervals of the station that are done already and get data by this answer, and the lists that are open to late data. */
  async function reopenFor(writer: Writer, request: SegmentRequest, now: number): Promise<boolean> {
    const done = (await loadIntervals(writer, "station")).filter(
      ({ name, state, startTime, endTime }) =>
        name === request.station && state === "done" && startTime < request.to && request.from < endTime,
    );
    for (const { startTime, endTime } of done) {
      const range = { stage: "station", name: request.station, from: startTime, to: startTime };
      await reopenIntervals(writer, range, context.clock());
      const interval = { onsetFrom: startTime, onsetTo: endTime };
      await reopenLists(recipe.timetable, recipe, interval, now, context.clock)(writer);
    }
    return done.length > 0;
  }

  return {
    async ask(interval, now) {
      await workOn(context, { stage: "request", name: "-", startTime: interval.onsetFrom }, async () => {
        const window = networkWindow(interval, recipe);
        const events = await loadEvents(store.db, { list: rule.list, ...window });
        const windows = [];
        for (const { event } of events) {
          const predictions = await pool.predict({ origin: preferredOrigin(event), stations, phases: null });
          windows.push(...eventWindows(event.key, predictions, rule));
        }
        const before = await loadRequests(store.db);
        const wanted = leaveOut(mergeWindows(windows), before);
        const prefix = `R${isoTime(interval.onsetFrom, 0).replace(/\D/g, "")}-`;
        const own = before.filter(({ messageId }) => messageId.startsWith(prefix)).length;
        const requests = wanted.map(
          ({ station, from, to, eventKeys }, i): NewRequest => ({
            messageId: `${prefix}${own + i + 1}`,
            ...{ station, from, to, eventKeys, intervalStart: interval.onsetFrom, askedTime: now },
            // Not before it is recorded.
            nextTime: Math.max(now, to),
          }),
        );
        return {
          result: { requests: requests.length },
          write: (writer) => putRequests(writer, requests, { runId: context.runId, now: context.clock() }),
        };
      });
    },

    async send(now) {
      let hasReopened = false;
      for (const request of await loadRequests(store.db, { state: "waiting", dueAt: now })) {
        if (context.stopping()) break;
        const station = stationOf.get(request.station);
        const answer = station ? await exchange(request, station) : "the station is no longer listed";
        if (await settle(request, answer, now, request.attempts + 1)) hasReopened = true;
      }
      return hasReopened;
    },

    async receive(bytes, now) {
      const reference = decodeImsMessages(bytes).items[0]?.reference?.id;
      const requests = await loadRequests(store.db);
      const request = requests.find(({ messageId }) => messageId === reference);
      const station = request && stationOf.get(request.station);
      if (!request || !station) return "it answers no request of this centre";
      if (request.state === "answered") return "its request is answered already";
      const answer = read(request, station, bytes);
      // A refusal is no answer yet: the request is sent again as the rule says.
      if (typeof answer === "string") return answer;
      return settle(request, answer, now, request.attempts);
    },
  };
}
