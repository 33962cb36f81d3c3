/** The answers of the contract's routes. */
import {
  type ArrivalList,
  type ArrivalsQuery,
  type EventDetail,
  type EventList,
  type EventsQuery,
  openApiDocument,
  type PredictionList,
  type PredictionsQuery,
  pageLimits,
  type StationSummary,
  type Status,
  type TruthReport,
  tileMediaType,
  type WaveformQuery,
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
  loadEvents,
  type Store,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import type { WorkerPool } from "../workerPool.ts";
import { bulletinFile } from "./bulletinFiles.ts";
import { presentArrival, presentDetail, presentSummary } from "./present.ts";
import type { RouteHandlers } from "./server.ts";
import type { TruthComparison } from "./truth.ts";
import { createTileMaker } from "./waveforms.ts";

export interface HandlerContext {
  readonly store: Store;
  readonly pool: Pick<WorkerPool, "tile" | "predict">;
  readonly list: string;
  readonly version: string;
  stations(): readonly Station[];
  status(): Promise<Status>;
  truth: TruthComparison;
}

/** A tile whose window is complete will be the same for ever; a browser may keep it for a while. */
const TILE_MAX_AGE_SEC = 3600;

export function createHandlers(context: HandlerContext): RouteHandlers {
  const { store, pool, truth } = context;
  const makeTile = createTileMaker(store, pool, context.stations);

  async function findEvent(key: string): Promise<ListedEvent> {
    const [listed] = await loadEvents(store.db, { key, limit: 1 });
    if (!listed) throw centerErrors.make("NO_EVENT", { key });
    return listed;
  }

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
      const matches = await truth.matches();
      return { total, events: events.map((listed) => presentSummary(listed, matches.get(listed.event.key) ?? null)) };
    },

    event: async (request): Promise<EventDetail> => {
      const listed = await findEvent((request.params as { key: string }).key);
      const arrivals = await loadArrivalsByKey(store.db, [...new Set(arrivalKeys(listed.event))]);
      const matches = await truth.matches();
      return presentDetail(
        listed,
        new Map(arrivals.map((arrival) => [arrival.key, arrival])),
        matches.get(listed.event.key) ?? null,
      );
    },

    predictions: async (request): Promise<PredictionList> => {
      const { event } = await findEvent((request.params as { key: string }).key);
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
      const { unassociated, limit = pageLimits.defaultLimit, ...query } = request.query as ArrivalsQuery;
      const filter = { ...query, unassociatedIn: unassociated ? context.list : undefined };
      const total = await countArrivals(store.db, { ...filter, offset: undefined });
      const arrivals = await loadArrivals(store.db, { ...filter, limit });
      const events = await eventKeysOfArrivals(
        store.db,
        context.list,
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

    truth: async (): Promise<TruthReport> => truth.report(),

    bulletinFile: async (request, reply) => {
      const [list, format] = (request.params as { file: string }).file.split(".") as [string, "ims" | "xml"];
      const events = (await loadEvents(store.db, { list })).map(({ event }) => event);
      const arrivals = await loadArrivalsByKey(store.db, [...new Set(events.flatMap(arrivalKeys))]);
      const { text, type } = bulletinFile({ list, events, arrivals }, context.stations(), format);
      return reply.type(type).header("content-disposition", `attachment; filename="${list}.${format}"`).send(text);
    },

    openapi: async () => openApiDocument(context.version),
  };
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
