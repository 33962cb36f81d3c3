/** The answers of the contract's routes. */
import {
  type ArrivalList,
  type ArrivalsQuery,
  type CompleteRequest,
  type CompleteResult,
  type CreateRequest,
  type EditList,
  type EditRequest,
  type EditResult,
  type EditsQuery,
  type EventDetail,
  type EventList,
  type EventsQuery,
  type FieldList,
  type ListQuery,
  type OpenRequest,
  openApiDocument,
  type PredictionList,
  type PredictionsQuery,
  pageLimits,
  type ReanalysisRequest,
  type ReviewInterval,
  type ReviewIntervalList,
  type RunList,
  type RunRecord,
  type RunRequest,
  type SampleDetail,
  type SampleEditRequest,
  type SampleList,
  type SampleReleaseRequest,
  type SampleReviewRequest,
  type SamplesQuery,
  type SeriesQuery,
  type Session,
  type SignInRequest,
  type SlownessPicture,
  type SlownessQuery,
  type StationSummary,
  type Status,
  type TimetableQuery,
  type TruthMatch,
  type TruthReport,
  tileMediaType,
  type WaveformQuery,
  type XenonRatiosQuery,
} from "@harken/api";
import { channelKey, preferredOrigin, type SeismicEvent, type Station } from "@harken/core";
import {
  arrivalCounts,
  countArrivals,
  countEvents,
  eventKeysOfArrivals,
  type ListedEvent,
  lastSampleTimes,
  loadArrivals,
  loadArrivalsByKey,
  loadEdits,
  loadEvents,
  type ReviewedInterval,
  type Store,
} from "@harken/store";
import type { FastifyRequest } from "fastify";
import { centerErrors } from "../errors.ts";
import type { Exchange } from "../exchange/open.ts";
import type { People } from "../people/people.ts";
import type { LaboratoryDesk } from "../radionuclide/laboratoryDesk.ts";
import { presentRatios, presentSample, presentSamples, presentSeries, sampleFile } from "../radionuclide/present.ts";
import type { SampleDesk } from "../radionuclide/sampleDesk.ts";
import type { Changed } from "../review/plan.ts";
import type { Review } from "../review/review.ts";
import type { FieldStore } from "../transport/fieldStore.ts";
import { presentFields } from "../transport/presentFields.ts";
import type { RunDesk } from "../transport/runDesk.ts";
import type { WorkerPool } from "../workerPool.ts";
import { bulletinFile } from "./bulletinFiles.ts";
import { cookieHeader, createAttemptLimit, tokenOf } from "./doors.ts";
import { createExchangeHandlers } from "./exchangeHandlers.ts";
import { presentArrival, presentDetail, presentSummary } from "./present.ts";
import { sampleQualityHandlers } from "./sampleQuality.ts";
import type { RouteHandlers } from "./server.ts";
import { createSlownessPictures } from "./slowness.ts";
import { timetableOf } from "./timetable.ts";
import type { TruthComparison } from "./truth.ts";
import { createTileMaker } from "./waveforms.ts";

export interface HandlerContext {
  readonly store: Store;
  readonly pool: Pick<WorkerPool, "tile" | "predict" | "slowness">;
  readonly list: string;
  /** Names of all automatic lists: analysts' picks have no part in any. */
  readonly automaticLists: readonly string[];
  readonly version: string;
  stations(): readonly Station[];
  status(): Promise<Status>;
  readonly truth: TruthComparison;
  readonly review: Review;
  readonly samples: SampleDesk;
  readonly laboratories: LaboratoryDesk;
  /** Null where the centre was given no folder of fields. */
  readonly fields: FieldStore | null;
  readonly people: People;
  readonly exchange: Pick<Exchange, "messages" | "subscriptions">;
  /** Epoch seconds. */
  clock(): number;
  /** Null where the centre was given no weather. */
  readonly runs: RunDesk | null;
}

/** A tile whose window is complete will be the same for ever; a browser may keep it for a while. */
const TILE_MAX_AGE_SEC = 3600;

export function createHandlers(context: HandlerContext): RouteHandlers {
  const { store, pool, truth, review } = context;
  const sampleDetail = async (key: string) => presentSample(store.db, key, await context.samples.draft(key));
  const makeTile = createTileMaker(store, pool, context.stations);
  const limitAttempts = createAttemptLimit(context.clock);
  const pictureOf = createSlownessPictures(store, pool, context.stations);

  async function findEvent(request: FastifyRequest): Promise<ListedEvent> {
    const { key } = request.params as { key: string };
    const { list = context.list } = request.query as ListQuery;
    const [listed] = await loadEvents(store.db, { list, key, limit: 1 });
    if (!listed) throw centerErrors.make("NO_EVENT", { key });
    return listed;
  }

  /** The hidden truth speaks of the automatic list alone. */
  const matchesOf = async (list: string) => (list === context.list ? truth.matches() : noMatches);

  async function detailOf(listed: ListedEvent): Promise<EventDetail> {
    const arrivals = await loadArrivalsByKey(store.db, [...new Set(arrivalKeys(listed.event))]);
    const matches = await matchesOf(listed.list);
    return presentDetail(
      listed,
      new Map(arrivals.map((arrival) => [arrival.key, arrival])),
      matches.get(listed.event.key) ?? null,
    );
  }

  async function resultOf(list: string, { changed, withdrawn }: Changed): Promise<EditResult> {
    const events: EventDetail[] = [];
    for (const key of changed) {
      const [listed] = await loadEvents(store.db, { list, key, limit: 1 });
      if (listed) events.push(await detailOf(listed));
    }
    return { events, withdrawn: [...withdrawn] };
  }

  const listOf = (request: FastifyRequest) => (request.params as { list: string }).list;

  const desk = (): RunDesk => {
    if (!context.runs) throw centerErrors.make("NO_WEATHER_FOLDER");
    return context.runs;
  };

  return {
    status: async () => context.status(),

    stations: async (): Promise<StationSummary[]> => {
      const counts = await arrivalCounts(store.db);
      const last = await lastSampleTimes(store.db);
      return context.stations().map((station) => presentStation(station, counts.get(station.code) ?? 0, last));
    },

    events: async (request): Promise<EventList> => {
      const { list } = request.params as { list: string };
      const query = request.query as EventsQuery;
      const { limit = pageLimits.defaultLimit } = query;
      const total = await countEvents(store.db, { ...query, list });
      const events = await loadEvents(store.db, { ...query, list, limit });
      const matches = await matchesOf(list);
      return { total, events: events.map((listed) => presentSummary(listed, matches.get(listed.event.key) ?? null)) };
    },

    event: async (request): Promise<EventDetail> => detailOf(await findEvent(request)),

    predictions: async (request): Promise<PredictionList> => {
      const { event } = await findEvent(request);
      const { phases } = request.query as PredictionsQuery;
      const { time, latitudeDeg, longitudeDeg, depthKm } = preferredOrigin(event);
      const predictions = await pool.predict({
        origin: { time, latitudeDeg, longitudeDeg, depthKm },
        stations: context.stations().map(({ code, latitudeDeg, longitudeDeg, elevationKm }) => ({
          ...{ code, latitudeDeg, longitudeDeg, elevationKm },
        })),
        phases: phases?.split(",").map((phase) => phase.trim()) ?? null,
      });
      return { eventKey: event.key, predictions };
    },

    arrivals: async (request): Promise<ArrivalList> => {
      const {
        unassociated,
        list = context.list,
        limit = pageLimits.defaultLimit,
        ...query
      } = request.query as ArrivalsQuery;
      const filter = {
        ...query,
        unassociatedIn: unassociated ? list : undefined,
        notAsideIn: context.automaticLists.includes(list) ? context.list : list,
      };
      const total = await countArrivals(store.db, { ...filter, offset: undefined });
      const arrivals = await loadArrivals(store.db, { ...filter, limit });
      const events = await eventKeysOfArrivals(
        store.db,
        list,
        arrivals.map(({ key }) => key),
      );
      return { total, arrivals: arrivals.map((arrival) => presentArrival(arrival, events.get(arrival.key) ?? null)) };
    },

    waveforms: async (request, reply) => {
      const { bytes, complete } = await makeTile(request.query as WaveformQuery);
      return reply
        .type(tileMediaType)
        .header("cache-control", complete ? `private, max-age=${TILE_MAX_AGE_SEC}` : "no-store")
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },

    slowness: async (request): Promise<SlownessPicture> => pictureOf(request.query as SlownessQuery),

    truth: async (): Promise<TruthReport> => truth.report(),

    bulletinFile: async (request, reply) => {
      const [list, format] = (request.params as { file: string }).file.split(".") as [string, "ims" | "xml"];
      const events = (await loadEvents(store.db, { list })).map(({ event }) => event);
      const arrivals = await loadArrivalsByKey(store.db, [...new Set(events.flatMap(arrivalKeys))]);
      const { text, type } = bulletinFile({ list, events, arrivals }, context.stations(), format);
      return reply.type(type).header("content-disposition", `attachment; filename="${list}.${format}"`).send(text);
    },

    timetable: async (request) =>
      timetableOf(store.db, request.query as TimetableQuery, (await context.status()).dataTo),

    reviewIntervals: async (request): Promise<ReviewIntervalList> => ({
      intervals: (await review.intervals(listOf(request))).map(presentInterval),
    }),

    openInterval: async (request): Promise<ReviewInterval> =>
      presentInterval(await review.open(listOf(request), request.body as OpenRequest)),

    completeInterval: async (request): Promise<CompleteResult> => {
      const { interval, published, keptBack } = await review.complete(listOf(request), request.body as CompleteRequest);
      return { interval: presentInterval(interval), published: [...published], keptBack: [...keptBack] };
    },

    createEvent: async (request): Promise<EditResult> =>
      resultOf(listOf(request), await review.create(listOf(request), request.body as CreateRequest)),

    editEvent: async (request): Promise<EditResult> => {
      const { list, key } = request.params as { list: string; key: string };
      return resultOf(list, await review.edit(list, key, request.body as EditRequest));
    },

    edits: async (request): Promise<EditList> => {
      const { eventKey, limit = pageLimits.defaultLimit } = request.query as EditsQuery;
      return { edits: await loadEdits(store.db, { list: listOf(request), eventKey, limit }) };
    },

    samples: async (request): Promise<SampleList> => {
      const { limit = pageLimits.defaultLimit, ...query } = request.query as SamplesQuery;
      return { samples: await presentSamples(store.db, { ...query, limit }) };
    },

    sample: async (request): Promise<SampleDetail> => sampleDetail(keyOf(request)),

    sampleFile: async (request, reply) => {
      const { key, product } = request.params as { key: string; product: "PHD" | "ARR" | "RRR" | "URR" | "SSREB" };
      return reply.type("text/plain; charset=utf-8").send(await sampleFile(store.db, key, product));
    },

    editSample: async (request): Promise<SampleDetail> => {
      await context.samples.edit(keyOf(request), request.body as SampleEditRequest);
      return sampleDetail(keyOf(request));
    },

    reviewSample: async (request): Promise<SampleDetail> => {
      await context.samples.review(keyOf(request), request.body as SampleReviewRequest);
      return sampleDetail(keyOf(request));
    },

    releaseSample: async (request): Promise<SampleDetail> => {
      await context.samples.release(keyOf(request), request.body as SampleReleaseRequest);
      return sampleDetail(keyOf(request));
    },

    reanalyseSample: async (request): Promise<SampleDetail> => {
      await context.samples.reanalyse(keyOf(request), request.body as ReanalysisRequest);
      return sampleDetail(keyOf(request));
    },

    concentrations: async (request) => {
      const { station, nuclide } = request.query as SeriesQuery;
      return presentSeries(store.db, station, nuclide);
    },

    fields: async (): Promise<FieldList> => presentFields(store.db, context.fields),

    fieldFile: async (request, reply) => {
      const key = keyOf(request);
      const bytes = context.fields?.text(key);
      if (!bytes) throw centerErrors.make("NO_FIELD", { key });
      return reply
        .type("text/plain; charset=utf-8")
        .header("content-disposition", `attachment; filename="${key.replace(/[^\w.-]/g, "_")}.srs"`)
        .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    },

    xenonRatios: async (request) => presentRatios(store.db, (request.query as XenonRatiosQuery).station),

    ...sampleQualityHandlers(context),

    session: async ({ person }): Promise<Session> => ({
      required: await context.people.areAsked(),
      ...{ name: person?.name ?? null, role: person?.role ?? null },
    }),

    signIn: async (request, reply) => {
      limitAttempts(request.ip);
      const { name, password } = request.body as SignInRequest;
      const { token, person } = await context.people.signIn(name, password);
      void reply.header("set-cookie", cookieHeader(token, request.protocol === "https"));
      return { required: true, ...person } satisfies Session;
    },

    signOut: async (request, reply) => {
      const token = tokenOf(request);
      if (token !== null) await context.people.signOut(token);
      void reply.header("set-cookie", cookieHeader(null, request.protocol === "https"));
      return { required: await context.people.areAsked(), name: null, role: null } satisfies Session;
    },

    runs: async (): Promise<RunList> => context.runs?.list() ?? { weather: null, runs: [] },

    startRun: async (request): Promise<RunRecord> => desk().start(request.body as RunRequest),

    stopRun: async (request): Promise<RunRecord> => desk().stop(keyOf(request)),

    resumeRun: async (request): Promise<RunRecord> => desk().resume(keyOf(request)),

    plume: async (request, reply) => {
      const key = keyOf(request);
      return reply
        .type("application/x-netcdf")
        .header("content-disposition", `attachment; filename="${key.replace(/[^\w.-]/g, "_")}.nc"`)
        .send(desk().plume(key));
    },

    ...createExchangeHandlers(() => context.exchange),

    openapi: async () => openApiDocument(context.version),
  };
}

const keyOf = (request: FastifyRequest) => (request.params as { key: string }).key;

const noMatches: ReadonlyMap<string, TruthMatch> = new Map();

function presentInterval({ from, to, state, analyst, changedAt }: ReviewedInterval): ReviewInterval {
  return { from, to, state, analyst, changedAt };
}

function presentStation(station: Station, arrivals: number, last: ReadonlyMap<string, number>): StationSummary {
  const times = station.channels.flatMap(({ id }) => last.get(channelKey(id)) ?? []);
  const { code, network, name, technology, kind, role, latitudeDeg, longitudeDeg, elevationKm } = station;
  return {
    ...{ code, network, name, technology, kind, role, latitudeDeg, longitudeDeg, elevationKm },
    sites: station.sites.length,
    channels: station.channels.map(({ id, sampleRateHz }) => ({ key: channelKey(id), sampleRateHz })),
    lastDataTime: times.length > 0 ? Math.max(...times) : null,
    arrivals,
  };
}

function arrivalKeys(event: SeismicEvent): string[] {
  return event.origins.flatMap(({ associations }) => associations.map(({ arrivalKey }) => arrivalKey));
}
