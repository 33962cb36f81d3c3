/**
 * A station: samples in, signed frames out. What came is on the station's own disk before it is sent, and stays there until it is old.
 *
 *     const station = await startStation({ settings, settingsFolder, dataDir, log, clock });
 *     await station.add(segments);            // framed when the window is full
 *     await station.stop();
 */
import { join } from "node:path";
import type { WaveformSegment } from "@harken/core";
import { loadKeyRing } from "../acquisition/keys.ts";
import { signerOf } from "../acquisition/signatures.ts";
import type { CommandRecord } from "./commandDesk.ts";
import { Framer } from "./framer.ts";
import { createFrameMaker } from "./frames.ts";
import { StationKeys } from "./keyChange.ts";
import { openCommandDesk } from "./openCommandDesk.ts";
import { FrameRing } from "./ring.ts";
import { Sender } from "./sender.ts";
import type { StationSideSettings } from "./settings.ts";

export interface StationOptions {
  readonly settings: StationSideSettings;
  readonly settingsFolder: string;
  readonly dataDir: string;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
  /** Epoch s. */
  readonly clock: () => number;
}

export interface StationStatus {
  readonly frames: { readonly first: string; readonly last: string };
  /** Frames that the centre has by its last word; null before it. */
  readonly acknowledgedTo: string | null;
  readonly gaps: number;
  readonly link: { readonly index: number; readonly isUp: boolean };
}

export interface RunningStation {
  /** Takes samples in; resolves when the frames that they complete are on the disk. */
  add(segments: readonly WaveformSegment[], note?: string): Promise<void>;
  /** Closes all windows: nothing more will come for them. */
  flush(): Promise<void>;
  status(): StationStatus;
  /** Obeys a message, or says why not; for stations whose settings have `commands`. */
  command(bytes: Uint8Array): Promise<string>;
  commands(): readonly CommandRecord[];
  /** The note of the newest data that were on the disk whole, with all before them, at the start; "" for none. */
  readonly lastNote: string;
  stop(): Promise<void>;
}

const TICK_MS = 500;
const PRUNE_EVERY = 600;
const DAY_SEC = 86_400;

/** Starts a station. Rejects with BAD_KEY. */
export async function startStation({
  settings,
  settingsFolder,
  dataDir,
  log,
  clock,
}: StationOptions): Promise<RunningStation> {
  const keys = new StationKeys(loadKeyRing(settings.keys, settingsFolder, "private"), join(dataDir, "keys"));
  const centreKeys = loadKeyRing(settings.centreKeys, settingsFolder);
  const desk = openCommandDesk({ settings, settingsFolder, dataDir, log, clock }, keys);
  const maker = createFrameMaker(settings, signerOf(keys.ring), {
    keyAt: (configured, time) => keys.keyAt(configured, time),
    isCalibrating: (channel) => desk?.isCalibrating(channel) ?? false,
  });
  const { ring, tornBytes } = await FrameRing.open(join(dataDir, "ring"));
  if (tornBytes > 0) log("ring.torn", { tornBytes });
  const lastNote = await ring.lastNote();
  const framer = new Framer(settings);
  const sender = new Sender({ settings, ring, centreKeys, log, onCommand: ({ message }) => answer(message) });
  let tail: Promise<void> = Promise.resolve();
  /** Notes by the number of the `add` that they came with, and the newest one whose samples are all on the disk. */
  const notes: { origin: number; note: string }[] = [];
  let safeNote = lastNote;
  let origin = 0;

  const answer = async (message: string): Promise<string> => {
    if (message.trim().toUpperCase() === "STATUS") return JSON.stringify(status());
    // Over a link that anybody may hold, only what is signed is obeyed.
    const isKnown = settings.commands?.authority !== undefined || centreKeys.size > 0;
    if (desk && isKnown) return desk.take(Buffer.from(message, "latin1"));
    log("command.refused", { message: message.slice(0, 200) });
    return `NOT SUPPORTED: ${message.slice(0, 200)}`;
  };
  const status = (): StationStatus => {
    const { received } = sender;
    return {
      frames: { first: String(ring.first), last: String(ring.last) },
      acknowledgedTo: received?.highest === null || received === null ? null : String(received.highest),
      gaps: received?.gaps().length ?? 0,
      link: sender.link,
    };
  };
  /** One after the other: a frame's number is known only when the one before is on the disk. */
  const inOrder = (work: () => Promise<void>): Promise<void> => {
    const done = tail.then(work);
    tail = done.catch((cause: unknown) =>
      log("ring.refused", { reason: cause instanceof Error ? cause.message : String(cause) }),
    );
    return done;
  };
  const frame = async (isEnd: boolean) => {
    const windows = framer.take(clock(), isEnd);
    const oldest = framer.oldestWaiting;
    for (const [i, window] of windows.entries()) {
      // With the last frame everything is safe that came before what still waits.
      const isLast = i === windows.length - 1;
      const note = (isLast ? notes.findLast((other) => other.origin < oldest)?.note : undefined) ?? safeNote;
      try {
        const payload = maker.payload(window);
        await ring.put((sequence) => maker.encode(payload, sequence), settings.name, clock(), note);
      } catch (cause) {
        // A full disk: the samples wait in memory for the next try.
        for (const { segments } of windows.slice(i)) framer.add(segments, clock(), 0);
        throw cause;
      }
      safeNote = note;
      while (isLast && notes.length > 0 && notes[0]!.origin < oldest) notes.shift();
      sender.wake();
    }
  };
  let ticks = 0;
  const ticking = setInterval(() => {
    inOrder(() => frame(false)).catch(() => undefined);
    if (++ticks % PRUNE_EVERY === 0)
      inOrder(async () => {
        await ring.prune(settings.keepMegabytes * 1e6, clock() - settings.keepDays * DAY_SEC);
      }).catch(() => undefined);
  }, TICK_MS);
  log("station.started", { name: settings.name, frames: String(ring.last), links: settings.links.length });
  return {
    lastNote,
    status,
    add: (segments, newNote) =>
      inOrder(async () => {
        framer.add(segments, clock(), ++origin);
        if (newNote !== undefined) notes.push({ origin, note: newNote });
        await frame(false);
      }),
    flush: () => inOrder(() => frame(true)),
    command: async (bytes) => {
      if (!desk) throw new RangeError("the station's settings know no commands");
      return desk.take(bytes);
    },
    commands: () => desk?.records ?? [],
    async stop() {
      clearInterval(ticking);
      await desk?.stop();
      await tail;
      await sender.stop();
      await ring.close();
    },
  };
}
