/** A centre's acquisition and stations in this process, for tests: their keys, their folders, made-up samples of known truth. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChannelId, WaveformSegment } from "@harken/core";
import { indexedFileSizes, openArchive, openStore, readWaveforms, repairArchive, type Store } from "@harken/store";
import { pino } from "pino";
import { StationSideSettings } from "../station/settings.ts";
import { type RunningStation, startStation } from "../station/station.ts";
import { type Acquisition, startAcquisition } from "./acquisition.ts";
import { AcquisitionSettings, checkSettings } from "./settings.ts";

export type KeyKind = "dsa" | "ecdsa" | "ed25519";

export function makeKeys(kind: KeyKind): { publicKey: KeyObject; privateKey: KeyObject } {
  if (kind === "dsa") return generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 });
  return kind === "ecdsa" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("ed25519");
}

/** Writes a key pair; the settings of both sides. */
export function writeKeys(folder: string, owner: string, keyId: number, kind: KeyKind) {
  const { publicKey, privateKey } = makeKeys(kind);
  const files = { public: join(folder, `${keyId}.pub.pem`), private: join(folder, `${keyId}.pem`) };
  writeFileSync(files.public, publicKey.export({ type: "spki", format: "pem" }));
  writeFileSync(files.private, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return { public: { keyId, owner, file: files.public }, private: { keyId, owner, file: files.private } };
}

export const testChannel = (station: string, channel = "BHZ"): ChannelId => ({
  network: "XX",
  station,
  location: "",
  channel,
});

/** The sample that stands at a number of a channel: any mistake of place or order shows. */
export function truth(channel: ChannelId, n: number): number {
  let seed = 17;
  for (const letter of channel.station + channel.channel) seed = (seed * 31 + letter.charCodeAt(0)) | 0;
  return (Math.imul(n + seed, 2_654_435_761) >> 14) ^ (seed & 255);
}

export function truthSegment(
  channel: ChannelId,
  start: number,
  from: number,
  to: number,
  sampleRateHz = 20,
): WaveformSegment {
  const samples = Int32Array.from({ length: to - from }, (_, i) => truth(channel, from + i));
  return { channel, startTime: start + from / sampleRateHz, sampleRateHz, samples };
}

export interface Rig {
  readonly folder: string;
  readonly store: Store;
  readonly acquisition: Acquisition;
  readonly log: { readonly code?: string; readonly detail?: string }[];
  read(channel: ChannelId): Promise<WaveformSegment[]>;
  /** All that was received is in the archive. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "harken-acquire-"));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

/** Starts acquisition on a folder, whatever was left there. */
export async function startRig(
  folder: string,
  settings: Record<string, unknown>,
  clock: () => number = () => Date.now() / 1000,
): Promise<Rig> {
  const dataDir = join(folder, "centre");
  const archiveRoot = join(dataDir, "archive");
  mkdirSync(archiveRoot, { recursive: true });
  const store = await openStore({ file: join(dataDir, "harken.db") });
  await repairArchive(archiveRoot, await indexedFileSizes(store.db), join(dataDir, "unindexed"));
  const log: { code?: string; detail?: string }[] = [];
  const logger = pino(
    { base: null },
    { write: (line: string) => void log.push(JSON.parse(line) as { code?: string }) },
  );
  const acquisition = await startAcquisition({
    settings: checkSettings(
      AcquisitionSettings,
      { port: 0, dataPort: 0, acknackSec: 0.1, maxAgeDays: 36_500, ...settings },
      "test",
    ),
    ...{ settingsFolder: folder, dataDir, store, archiveRoot, logger, runId: 1, clock, stations: [] },
  });
  return {
    ...{ folder, store, acquisition, log },
    read: (channel) => readWaveforms(store.db, openArchive(archiveRoot), channel, -1e10, 1e10),
    async settled() {
      for (;;) {
        const { kept, archived } = acquisition.progress();
        if (kept === archived) return;
        await pause(20);
      }
    },
    async stop() {
      await acquisition.stop();
      await store.close();
    },
  };
}

export function startTestStation(
  folder: string,
  name: string,
  ports: readonly { readonly port: number; readonly dataPort?: number }[],
  settings: Record<string, unknown> = {},
): Promise<RunningStation> {
  return startStation({
    settings: checkSettings(
      StationSideSettings,
      {
        name,
        links: ports.map((port) => ({ host: "127.0.0.1", dataHost: "127.0.0.1", ...port })),
        ...{ resendSec: 1, frameSec: 10, lateSec: 0.2, retryFirstSec: 1 },
        ...settings,
      },
      "test",
    ),
    settingsFolder: folder,
    dataDir: join(folder, name),
    log: () => undefined,
    clock: () => Date.now() / 1000,
  });
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until something holds; throws when it does not in time. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, limitMs = 20_000): Promise<void> {
  for (const deadline = performance.now() + limitMs; !(await holds()); await pause(20))
    if (performance.now() > deadline) throw new Error(`waited in vain: ${what}`);
}
