/**
 * A centre for measuring the pages: 200 channels of noise for two hours at 40 samples/s in an archive, events that 200 stations hold, the
 * centre's own routes and tile threads, and the built pages.
 */
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Status } from "@harken/api";
import { distanceAzimuth, randomStream, type SeismicEvent, type Station } from "@harken/core";
import { createLocalBus, openArchive, openStore, putArrivals, putEvents, putPieces, putStations } from "@harken/store";
import { pino } from "pino";
import { createHandlers, type HandlerContext } from "../../center/http/handlers.ts";
import { createServer } from "../../center/http/server.ts";
import {
  arrivals as someArrivals,
  origin as someOrigin,
  stations as someStations,
  stamp,
  T0,
} from "../../center/http/testRows.ts";
import { createWorkerPool } from "../../center/workerPool.ts";

export const traceCount = 200;
export const hoursSec = 7200;
const RATE_HZ = 40;
const EVENTS = 60;
const [LATITUDE, LONGITUDE] = [10, 20];

const network: Station[] = Array.from({ length: traceCount }, (_, i) => {
  const [pattern] = someStations;
  const code = `S${String(i).padStart(3, "0")}`;
  const place = { latitudeDeg: -60 + (i * 120) / traceCount, longitudeDeg: ((i * 37) % 160) - 60 };
  const [channel] = pattern!.channels;
  const id = { network: "XX", station: code, location: "", channel: "BHZ" };
  return { ...pattern!, code, name: code, ...place, channels: [{ ...channel!, id, ...place, sampleRateHz: RATE_HZ }] };
});

const arrivals = network.map(({ code }, i) => ({
  ...{ ...someArrivals[0]!, key: `${code}-P`, station: code, time: T0 + 600 + i, amplitudes: [] },
}));

const events = Array.from({ length: EVENTS }, (_, index): SeismicEvent => {
  const associations = network.map(({ code, latitudeDeg, longitudeDeg }, i) => {
    const path = distanceAzimuth(latitudeDeg, longitudeDeg, LATITUDE, LONGITUDE);
    return { ...someOrigin.associations[0]!, arrivalKey: arrivals[i]!.key, station: code, deltaDeg: path.deltaDeg };
  });
  const key = `speed-${index}`;
  const origin = {
    ...someOrigin,
    key,
    time: T0 + index,
    latitudeDeg: LATITUDE,
    longitudeDeg: LONGITUDE,
    associations,
    magnitudes: [],
  };
  return { key: `SEL1-speed-${index}`, preferredOriginKey: key, origins: [origin] };
});

const now: Status = {
  ...{ version: "0", mode: "archive", state: "caught-up", dataFrom: T0 - 1800, dataTo: T0 - 1800 + hoursSec },
  ...{ processedTo: T0 - 1800 + hoursSec, startedAt: T0, firstEventAfterSec: null },
  progress: { stage: "none", done: 0, total: 0, unit: "x", ratePerSec: null, etaSec: null, message: "" },
  counts: { stations: traceCount, channels: traceCount, segments: 1, samples: 1, arrivals: traceCount, events: EVENTS },
};

export const longListRows = 100_000;

/** Answers for REB with a long list, for any other as the centre does. */
function longListOf(events: ReturnType<typeof createHandlers>["events"]): ReturnType<typeof createHandlers>["events"] {
  return async function (request, reply) {
    const { list } = request.params as { list: string };
    const { limit = 500, offset = 0 } = request.query as { limit?: number; offset?: number };
    if (list !== "REB") return events.call(this, request, reply);
    const pattern = {
      ...{ regionName: "Somewhere", latitudeDeg: 1, longitudeDeg: 2, depthKm: 3, depthType: "free", magnitudes: [] },
      ...{ definingCount: 3, stationCount: 3, semiMajorKm: 10, semiMinorKm: 5, strikeDeg: 0, azimuthGapDeg: 90 },
      ...{ timeErrorSec: 1, matchedTruth: null },
    };
    const rows = Array.from({ length: Math.max(0, Math.min(limit, longListRows - offset)) }, (_, i) => ({
      ...{ ...pattern, key: `REB-${offset + i}`, time: T0 + offset + i },
    }));
    return { total: longListRows, events: rows };
  };
}

export async function startSpeedCentre(pages: string): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "harken-speed-"));
  const store = await openStore({ file: join(folder, "store.db") });
  const archive = openArchive(join(folder, "archive"));
  const random = randomStream(1, "page speed");
  const samples = Int32Array.from({ length: hoursSec * RATE_HZ }, () => Math.round(100 * random.normal()));
  for (const { channels } of network) {
    const pieces = await archive.append([
      { channel: channels[0]!.id, startTime: T0 - 1800, sampleRateHz: RATE_HZ, samples },
    ]);
    await store.transaction((writer) => putPieces(writer, pieces, stamp));
  }
  await store.transaction(async (writer) => {
    await putStations(writer, network, stamp);
    await putArrivals(writer, arrivals, stamp);
    await putEvents(writer, "SEL1", events, stamp);
  });
  const pool = createWorkerPool({ archiveRoot: join(folder, "archive"), earthModel: "ak135", world: null }, 2);
  const bus = createLocalBus();
  const [status, clock, logger] = [async () => now, () => stamp.now, pino({ level: "silent" })];
  const truth = { report: async () => null, matches: async () => new Map() };
  const review = { intervals: async () => [] };
  const people = { areAsked: async () => false };
  const context = {
    store,
    pool,
    list: "SEL1",
    automaticLists: ["SEL1"],
    version: "0",
    status,
    truth,
    review,
    people,
    clock,
  };
  const own = createHandlers({ ...context, stations: () => network } as unknown as HandlerContext);
  const handlers = { ...own, events: longListOf(own.events) };
  const http = await createServer({
    ...{ handlers, bus, status, pages, host: "127.0.0.1", logger },
    people: people as unknown as HandlerContext["people"],
    fdsn: { store, archive, list: "SEL1", clock, stations: () => network, logger },
  });
  await http.server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = http.server.server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await http.close();
      await pool.destroy();
      await bus.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
