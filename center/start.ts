/**
 * A whole centre in one process: database, archive, worker threads, the processing and the HTTP interface. It fills itself from a simulated
 * world when given one; a second start on the same folder goes on where the first one stopped.
 *
 *     const center = await startCenter({ dataDir, port: 8080, host: "127.0.0.1", simulate: demoWorldConfig, earthModel: "ak135", ... });
 *     await center.whenCaughtUp;
 *     await center.stop();
 */
import { mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { isoTime, type Station } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { createWorld, type World } from "@harken/simulator";
import {
  type Bus,
  connectNatsBus,
  countEvents,
  createLocalBus,
  type FolderLock,
  indexedFileSizes,
  loadRunConfig,
  loadStations,
  lockFolder,
  openArchive,
  openStore,
  putStations,
  recordRun,
  recoverClaims,
  repairArchive,
  type Store,
} from "@harken/store";
import { type Acquisition, startAcquisition } from "./acquisition/acquisition.ts";
import { fillUp } from "./acquisition/fillUp.ts";
import { createLivePipeline, type LivePipeline } from "./acquisition/livePipeline.ts";
import type { CenterContext } from "./context.ts";
import { centerErrors } from "./errors.ts";
import { openExchange } from "./exchange/open.ts";
import { createHandlers } from "./http/handlers.ts";
import { isLoopback } from "./http/security.ts";
import { createServer, type HttpServer } from "./http/server.ts";
import { createTruthComparison } from "./http/truth.ts";
import { openLog } from "./log.ts";
import { type CenterOptions, checkOptions } from "./options.ts";
import { createPeople } from "./people/people.ts";
import { queueWork, runPipeline } from "./pipeline.ts";
import { progressLine } from "./progress.ts";
import { feedFromFolder, feedFromSimulation } from "./radionuclide/feed.ts";
import { createLaboratoryDesk } from "./radionuclide/laboratoryDesk.ts";
import { rememberAnalyses } from "./radionuclide/sampleAnalyser.ts";
import { createSampleDesk } from "./radionuclide/sampleDesk.ts";
import { centerRecipe } from "./recipe.ts";
import { createReview } from "./review/review.ts";
import { createStatusKeeper, type StatusKeeper } from "./status.ts";
import { createDataClock, type DataClock } from "./timetable/clock.ts";
import { clockStart, openRequests, watchAnswers, withRoles } from "./timetable/open.ts";
import { openFieldStore } from "./transport/fieldStore.ts";
import { openRunDesk } from "./transport/runDesk.ts";
import { version } from "./version.ts";
import { createWorkerPool } from "./workerPool.ts";

export interface Center {
  /** Address of the pages and the API. */
  readonly url: string;
  /** Where stations connect; null without acquisition. */
  readonly acquisition: Acquisition | null;
  /** Ends everything cleanly; what is done is kept. May be called more than once. */
  stop(): Promise<void>;
  /** Resolves when the list has its first event; rejects when the centre stops before. */
  readonly whenFirstEvent: Promise<void>;
  /** Resolves when all the data are processed; rejects when the centre fails or stops before. */
  readonly whenCaughtUp: Promise<void>;
}

const clock = () => Date.now() / 1000;

/** Starts a centre. Rejects with a HarkenError that says what to do. */
export async function startCenter(options: CenterOptions): Promise<Center> {
  checkOptions(options);
  const { dataDir, simulate, workers } = options;
  const recipe = options.recipe ?? centerRecipe;
  const archiveRoot = join(dataDir, "archive");
  const startedAt = clock();
  const began = performance.now();
  // Undone in reverse order, at a stop and when a later step of the start fails.
  const undo: (() => Promise<void> | void)[] = [];
  const unwind = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    const lock = takeFolder(dataDir, archiveRoot);
    undo.push(() => lock.release());
    const log = openLog(dataDir);
    undo.push(() => log.close());
    const { logger } = log;
    const store = await openStore({ file: join(dataDir, "harken.db"), url: options.databaseUrl });
    undo.push(() => store.close());
    const bus: Bus = options.natsServers ? await connectNatsBus({ servers: options.natsServers }) : createLocalBus();
    undo.push(() => bus.close());
    const world = simulate && createWorld(simulate, createEarthModel(options.earthModel));
    const prepared = await prepareStore(store, archiveRoot, options, world);
    if (prepared.cutBytes > 0) logger.warn({ code: "archive.repaired", cutBytes: prepared.cutBytes });

    let stopping = false;
    const pool = createWorkerPool({ archiveRoot, earthModel: options.earthModel, world: simulate }, workers);
    undo.push(() => pool.destroy());
    const { stations, runId } = prepared;
    const archive = openArchive(archiveRoot);
    const shared = {
      ...{ store, bus, pool, logger, recipe, stations, world, runId, clock, archive },
      worker: `${hostname()}:${process.pid}`,
      stopping: () => stopping,
    };
    const context: CenterContext = { ...shared, requests: openRequests(shared, options) };
    const dataClock = createDataClock(options.speed ?? null, await clockStart(context), () => performance.now() / 1000);
    const keeper = createStatusKeeper({
      ...{ store, version, startedAt, list: recipe.list },
      mode: world ? "simulation" : options.acquire ? "live" : "archive",
      stationCount: stations.length,
      channelCount: stations.reduce((sum, { channels }) => sum + channels.length, 0),
    });
    const truth = createTruthComparison({ store, world, list: recipe.list, processedTo: () => keeper.processedTo });
    const review = createReview({ store, pool, bus, recipe, runId, clock, stations: () => stations });
    const samples = createSampleDesk({ store, bus, runId, clock, analyse: rememberAnalyses(pool.sample) });
    const laboratories = createLaboratoryDesk({ store, runId, clock });
    const fields = options.fieldsFolder === undefined ? null : await openFieldStore(options.fieldsFolder);
    const runs =
      options.fieldsFolder === undefined || options.weatherFolder === undefined
        ? null
        : openRunDesk({
            ...{ folder: join(dataDir, "runs"), weatherFolder: options.weatherFolder, logger, clock },
            ...{ fieldsFolder: options.fieldsFolder, threads: workers },
          });
    if (runs) undo.push(() => runs.close());
    const people = createPeople({ store, clock });
    const exchange = openExchange({
      sources: { store, archive, clock, list: recipe.list, stations: () => stations },
      ...{ settings: options.exchange ?? { name: "HARKEN" }, logger },
    });
    undo.push(() => exchange.stop());
    const handlers = createHandlers({
      ...{
        store,
        pool,
        version,
        truth,
        review,
        samples,
        laboratories,
        fields,
        runs,
        people,
        exchange,
        clock,
        list: recipe.list,
      },
      automaticLists: recipe.timetable.pipelines.map(({ list }) => list),
      stations: () => stations,
      status: () => keeper.read(),
    });
    const http = await createServer({
      ...{ handlers, people },
      bus,
      logger,
      status: () => keeper.read(),
      pages: options.pages,
      host: options.host,
      fdsn: { store, archive: context.archive, list: recipe.list, stations: () => stations, clock, logger },
    });
    undo.push(() => http.close());
    const url = await listen(http, options.host, options.port);
    if (!isLoopback(options.host) && !(await people.areAsked()))
      options.log(
        `Nobody has an account: whoever reaches ${url} may read and edit. "harken people add NAME --role administrator" changes that.`,
      );
    logger.info({ code: "center.started", url, version, recipe: recipe.name, workers, engine: store.engine });

    const first = deferred();
    const seconds = () => (performance.now() - began) / 1000;
    const noticeFirstEvent = async () => {
      if (keeper.firstEventAfterSec !== null || (await countEvents(store.db, { list: recipe.list })) === 0) return;
      keeper.firstEventAfterSec = seconds();
      first.resolve();
    };
    await noticeFirstEvent();
    const changes = await bus.subscribe({ subject: "events.>" }, async ({ data }) => {
      keeper.touch();
      http.metrics.countEvent((data as { change: string }).change);
      if (keeper.firstEventAfterSec !== null) return;
      await noticeFirstEvent();
      if (keeper.firstEventAfterSec !== null) options.log(`First event after ${seconds().toFixed(0)} s.`);
    });
    undo.push(() => changes.stop());

    if (options.samplesFolder !== undefined) {
      const watch = feedFromFolder(samples, options.samplesFolder, logger);
      undo.push(() => watch.stop());
    }
    const live = options.acquire ? createLivePipeline(context, options.workers, options.acquire.rule) : null;
    const acquisition =
      options.acquire && live
        ? await startAcquisition({
            ...{ ...options.acquire, dataDir, store, archiveRoot, logger, runId, clock },
            onArchived(written) {
              live.archived(written);
              options.acquire?.onArchived?.(written);
              keeper.touch();
            },
          })
        : null;
    if (acquisition) undo.push(() => acquisition.stop());
    const answers =
      options.acquire && live
        ? watchAnswers(options.acquire, live.answer, (code, detail) => logger.warn({ code, detail }))
        : null;
    if (answers) undo.push(() => answers.stop());
    const filling = new AbortController();
    const work =
      live && acquisition
        ? fillUp(store, acquisition, keeper, options.acquire?.fill, filling.signal).then(() =>
            processLive(live, keeper),
          )
        : processAll(context, keeper, options, dataClock);
    const caughtUp = work.catch((cause: unknown) => {
      if (!stopping) {
        keeper.state = "failed";
        keeper.message = cause instanceof Error ? cause.message : String(cause);
        logger.fatal({ code: "center.failed", err: cause });
        options.log(`The processing has failed: ${keeper.message} The log in ${join(dataDir, "log")} has the details.`);
      }
      first.reject(cause);
      throw cause;
    });
    // A caller who does not wait for them must not be ended by their rejection.
    caughtUp.catch(() => undefined);
    first.promise.catch(() => undefined);
    if (simulate) {
      // Not before the first event, which a person waits for.
      const fed = Promise.race([first.promise, caughtUp])
        .catch(() => undefined)
        .then(() =>
          feedFromSimulation(samples, {
            seed: simulate.seed,
            until: simulate.startTime,
            stopping: () => stopping,
          }),
        )
        .catch((cause: unknown) => logger.error({ code: "samples.failed", err: cause }));
      undo.push(() => fed);
    }

    let stopped: Promise<void> | undefined;
    return {
      ...{ url, acquisition },
      whenFirstEvent: first.promise,
      whenCaughtUp: caughtUp,
      stop() {
        stopped ??= (async () => {
          stopping = true;
          keeper.state = "stopping";
          logger.info({ code: "center.stopping" });
          filling.abort();
          live?.stop();
          dataClock.stop();
          // Threads are ended first: their tasks are rejected, the claims given back, and the rows they would have written come next time.
          await pool.destroy();
          await work.catch(() => undefined);
          await unwind();
        })();
        return stopped;
      },
    };
  } catch (cause) {
    await unwind();
    throw cause;
  }
}

/** Works on data as they come, until the centre stops. */
async function processLive(live: LivePipeline, keeper: StatusKeeper): Promise<void> {
  keeper.state = "processing";
  keeper.message = "Waiting for data";
  await live.run((processedTo) => {
    keeper.processedTo = processedTo;
    keeper.message = `Data are processed up to ${isoTime(processedTo, 0)}`;
    keeper.touch();
  });
}

/** Works through the simulated world; at once caught up where there is none. */
async function processAll(
  context: CenterContext,
  keeper: StatusKeeper,
  options: CenterOptions,
  dataClock: DataClock,
): Promise<void> {
  const { world } = context;
  if (world) {
    const { startTime, hours } = world.config;
    const intervals = await queueWork(context, startTime, startTime + hours * 3600);
    keeper.state = "processing";
    const plan = { intervals, deliveries: options.deliveries ?? [], clock: dataClock, workers: options.workers };
    await runPipeline(context, plan, {
      onProgress(progress) {
        keeper.progress = progress;
        keeper.message = progress.message;
        keeper.touch();
        options.progress?.(progressLine(progress.meter.snapshot(), progress.message, progress.dataSecPerSec));
      },
      async onInterval(processedTo) {
        keeper.processedTo = processedTo;
        keeper.touch();
      },
    });
    if (context.stopping()) throw centerErrors.make("STOPPING");
  }
  keeper.state = "caught-up";
  const { counts } = await keeper.read();
  keeper.message = `All data are processed: ${counts.events} events from ${counts.arrivals} signals of ${counts.stations} stations.`;
  keeper.touch();
  options.log(keeper.message);
  context.logger.info({ code: "center.caught-up", ...counts });
}

function takeFolder(dataDir: string, archiveRoot: string): FolderLock {
  try {
    mkdirSync(archiveRoot, { recursive: true });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw centerErrors.make("FOLDER_NOT_WRITABLE", { folder: dataDir, reason }, cause);
  }
  return lockFolder(dataDir);
}

interface Prepared {
  readonly stations: readonly Station[];
  readonly runId: number;
  readonly cutBytes: number;
}

/** Brings the store into the state to work on: this world's stations, no stale claims, no bytes behind the index. */
async function prepareStore(
  store: Store,
  archiveRoot: string,
  options: CenterOptions,
  world: World | null,
): Promise<Prepared> {
  const now = clock();
  const config = { world: options.simulate, recipe: options.recipe ?? centerRecipe, earthModel: options.earthModel };
  const runId = await store.transaction(async (writer) => {
    await refuseOtherWorld(writer, options);
    const worker = `${hostname()}:${process.pid}`;
    const id = await recordRun(writer, { stage: "center", software: `harken ${version}`, worker, config }, now);
    const stations = world?.inventory.stations ?? (options.acquire ? withRoles(options.acquire) : []);
    if (stations.length > 0) await putStations(writer, stations, { runId: id, now });
    // With a database of its own the centre holds the folder alone: no other process can be at work on these claims.
    if (store.engine === "sqlite") await recoverClaims(writer, now);
    return id;
  });
  // The folder is ours alone, whatever the database.
  const cutBytes = await repairArchive(
    archiveRoot,
    await indexedFileSizes(store.db),
    join(options.dataDir, "unindexed"),
  );
  return { stations: await loadStations(store.db), runId, cutBytes };
}

/** A folder holds one world: its stations, its hidden events and its data intervals belong together. */
async function refuseOtherWorld(
  writer: Parameters<Parameters<Store["transaction"]>[0]>[0],
  options: CenterOptions,
): Promise<void> {
  type Before = { world: Record<string, unknown> | null } | null;
  const last = (await loadRunConfig(writer, { lastOf: "center" })) as Before;
  if (!last || !options.simulate) return;
  const before = last.world;
  const after = JSON.parse(JSON.stringify(options.simulate)) as Record<string, unknown>;
  if (!before) return;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const different = [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  if (different.length > 0)
    throw centerErrors.make("OTHER_WORLD", { folder: options.dataDir, reason: `different ${different.join(", ")}` });
}

async function listen(http: HttpServer, host: string, port: number): Promise<string> {
  try {
    return await http.server.listen({ host, port });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EADDRINUSE")
      throw centerErrors.make("ADDRESS_IN_USE", { host, port }, cause);
    throw cause;
  }
}

function deferred() {
  let resolve!: () => void;
  let reject!: (cause: unknown) => void;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
