/** The centre's account of itself: state and progress kept here, counts read from the store when they may have changed. */
import type { Status } from "@harken/api";
import { countArrivals, countEvents, type Store, summariseIndex } from "@harken/store";
import type { PipelineProgress } from "./pipeline.ts";

export interface StatusKeeper {
  state: Status["state"];
  progress: PipelineProgress | null;
  processedTo: number | null;
  firstEventAfterSec: number | null;
  message: string;
  /** Says that counts have changed. */
  touch(): void;
  read(): Promise<Status>;
}

export interface StatusSource {
  readonly store: Store;
  readonly version: string;
  readonly mode: Status["mode"];
  readonly list: string;
  readonly startedAt: number;
  readonly stationCount: number;
  readonly channelCount: number;
}

/** Counts are read from the store at most this often, s: a page asks each second and more. */
const COUNT_EVERY_SEC = 1;

export function createStatusKeeper(source: StatusSource): StatusKeeper {
  let counted: { at: number; counts: Status["counts"]; from: number | null; to: number | null } | null = null;
  let dirty = true;

  async function counts() {
    const now = performance.now() / 1000;
    if (counted && (!dirty || now - counted.at < COUNT_EVERY_SEC)) return counted;
    dirty = false;
    const index = await summariseIndex(source.store.db);
    const arrivals = await countArrivals(source.store.db);
    const events = await countEvents(source.store.db, { list: source.list });
    const { stationCount: stations, channelCount: channels } = source;
    const { segments, samples } = index;
    counted = {
      at: now,
      from: index.from,
      to: index.to,
      counts: { stations, channels, segments, samples, arrivals, events },
    };
    return counted;
  }

  const keeper: StatusKeeper = {
    state: "starting",
    progress: null,
    processedTo: null,
    firstEventAfterSec: null,
    message: "",
    touch() {
      dirty = true;
    },
    async read() {
      const { counts: held, from, to } = await counts();
      const meter = keeper.progress?.meter.snapshot();
      return {
        version: source.version,
        mode: source.mode,
        state: keeper.state,
        progress: {
          stage: keeper.progress?.stage ?? "none",
          done: meter?.done ?? 0,
          total: meter?.total ?? 0,
          unit: "station intervals",
          ratePerSec: meter?.ratePerSec ?? null,
          etaSec: meter?.etaSec ?? null,
          message: keeper.message,
        },
        dataFrom: from,
        dataTo: to,
        processedTo: keeper.processedTo,
        counts: held,
        startedAt: source.startedAt,
        firstEventAfterSec: keeper.firstEventAfterSec,
      };
    },
  };
  return keeper;
}
