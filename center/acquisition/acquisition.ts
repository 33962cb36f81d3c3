/**
 * Acquisition: everything between the sockets and the archive, in one place.
 *
 *     const acquisition = await startAcquisition({ settings, settingsFolder, dataDir, store, archiveRoot, logger, runId, clock, stations, onArchived });
 *     await acquisition.stop();           // all that was received is in the archive
 *
 * The owner holds the data folder alone and has repaired the archive.
 */
import { join, resolve } from "node:path";
import type { Station } from "@harken/core";
import { decodeCd11Frame, readCd11Time, readFile } from "@harken/formats";
import {
  closeAbandonedLinks,
  type IntakeState,
  type JournalCursor,
  loadIntakeStates,
  openJournal,
  type PacketRecord,
  type Store,
  type Written,
} from "@harken/store";
import type { Logger } from "pino";
import { type AlarmBook, createAlarmBook } from "./alarms.ts";
import { ARCHIVER, Archiver } from "./archiver.ts";
import { followAuthority } from "./authorityKeys.ts";
import { channelNamer } from "./channelNamer.ts";
import { type DataLinkNote, DataLinkPlaces, noteOf, stationOfStream } from "./dataLinkPlaces.ts";
import { type RunningDataLinkServer, serveDataLink } from "./dataLinkServer.ts";
import { dataLinkName, followDataLink } from "./dataLinkSource.ts";
import { acquisitionErrors } from "./errors.ts";
import { watchFolder } from "./folder.ts";
import { type FrameNote, Intake } from "./intake.ts";
import { loadKeyRing } from "./keys.ts";
import { createLinkRegister } from "./links.ts";
import { type Cd11Listener, listenForCd11 } from "./listener.ts";
import { RecordRing } from "./recordRing.ts";
import { serveSeedLink } from "./seedLinkServer.ts";
import { followSeedLink, sourceName } from "./seedLinkSource.ts";
import type { AcquisitionSettings } from "./settings.ts";
import { type RecordNote, StreamPlaces } from "./streamPlaces.ts";

export interface AcquisitionOptions {
  readonly settings: AcquisitionSettings;
  /** Paths in the settings are relative to it. */
  readonly settingsFolder: string;
  readonly dataDir: string;
  readonly store: Store;
  readonly archiveRoot: string;
  readonly logger: Logger;
  readonly runId: number;
  /** Epoch s. */
  readonly clock: () => number;
  /** Known stations, whose channels give theirs the network codes. */
  readonly stations: readonly Station[];
  /** Told after each batch that is in the archive. */
  readonly onArchived?: (written: readonly Written[], packets: readonly PacketRecord[]) => void;
  /** Told of each SeedLink server's connection. */
  readonly onSource?: (server: string, code: string, detail: Readonly<Record<string, unknown>>) => void;
}

export interface Acquisition {
  readonly port: number;
  readonly dataPort: number;
  /** null when nothing is served. */
  readonly seedLinkPort: number | null;
  readonly seedLinkTlsPort: number | null;
  readonly dataLinkPort: number | null;
  readonly alarms: AlarmBook;
  readonly listener: Cd11Listener;
  /** Entries of the journal, and those that are in the archive. */
  progress(): { readonly kept: number; readonly archived: number };
  /** Takes a waveform file in; resolves when it is safe, with the reason where it holds no waveform. */
  takeFile(name: string, payload: Uint8Array): Promise<string | null>;
  stop(): Promise<void>;
}

const FLUSH_MS = 1_000;
const PRUNE_MS = 600_000;
const DAY_SEC = 86_400;
/** State names of frame sets in the database. */
const FRAME_SET = "cd11 ";
/** And of places in the streams of SeedLink servers. */
const SEEDLINK = "seedlink ";
const DATALINK = "datalink ";

export async function startAcquisition(options: AcquisitionOptions): Promise<Acquisition> {
  const { settings, settingsFolder, dataDir, store, logger, clock } = options;
  const ring = new Map(loadKeyRing(settings.keys, settingsFolder));
  const ownKey = loadKeyRing(settings.ownKeys, settingsFolder, "private").get(settings.signWith) ?? null;
  if (settings.signWith !== 0 && !ownKey)
    throw acquisitionErrors.make("BAD_KEY", {
      keyId: settings.signWith,
      file: "ownKeys",
      reason: "it is not among them",
    });
  const alarms = createAlarmBook(store, logger, clock);
  const authority = settings.authority
    ? await followAuthority({ settings: settings.authority, settingsFolder, ring, alarms, clock })
    : null;
  const states = await loadIntakeStates(store.db);
  const done = states.get(ARCHIVER)?.packetId ?? 0;
  // Where the journal has lost its end, or was taken away, new entries must not come under numbers that count as archived.
  const { journal, report } = await openJournal(join(dataDir, "journal"), { after: done });
  if (report.tornBytes > 0)
    alarms.raise(
      "journal",
      "journal.torn",
      `${report.tornBytes} bytes were never acknowledged and are kept aside`,
      "warning",
    );
  for (const { path, from, to } of report.damage)
    alarms.raise("journal", "journal.damaged", `${path}: bytes ${from} to ${to} are no entries`);
  const { journal: aside } = await openJournal(join(dataDir, "refused"), { maxFileBytes: 8_000_000 });
  await closeAbandonedLinks(store.db, clock());
  const timeRule = { maxAheadSec: settings.maxAheadSec, maxAgeSec: settings.maxAgeDays * DAY_SEC };
  let archiver: Archiver | null = null;
  const intake = new Intake({
    ...{ journal, aside, ring, alarms, clock },
    stations: new Map(settings.stations.map((station) => [station.name, station])),
    timeRule,
    mostInHand: settings.inHandMegabytes * 1e6,
    onKept: () => archiver?.wake(),
  });
  const places = new StreamPlaces();
  const dataLinkPlaces = new DataLinkPlaces();
  await restore(states, journal.cursor(done + 1), intake, places, dataLinkPlaces);
  const isServing = settings.serveSeedLink || settings.seedLinkTls !== undefined || settings.serveDataLink;
  const records = isServing
    ? await RecordRing.open(join(dataDir, "records"), settings.seedLinkKeepMegabytes * 1e6)
    : null;
  archiver = new Archiver(
    {
      ...{ store, journal, alarms, logger, clock, timeRule },
      archiveRoot: options.archiveRoot,
      runId: options.runId,
      nameChannel: channelNamer(options.stations, settings.stations),
      takeStates: () => [
        ...intake.sets.takeChanged().map(({ name, state }) => ({ name: FRAME_SET + name, state })),
        ...places.takeChanged().map(({ name, state }) => ({ name: SEEDLINK + name, state })),
        ...dataLinkPlaces.takeChanged().map((state) => ({ name: DATALINK + state.dataLink, state })),
      ],
      beforeCommit: async (written) => records?.add(written),
      afterCommit: (written, packets) => options.onArchived?.(written, packets),
    },
    done,
  );
  const links = createLinkRegister(store, clock, (err) => logger.error({ code: "links.not-kept", err }));
  const known = new Set(settings.stations.map(({ name }) => name));
  const listener = await listenForCd11({
    ...{ intake, alarms, logger, key: ownKey },
    ...settings,
    isKnown: (station) => known.has(station),
    onLink(change) {
      logger.info({ code: change.isUp ? "link.up" : "link.down", ...change });
      links.note(change);
    },
  });
  async function takeFile(name: string, payload: Uint8Array): Promise<string | null> {
    const { segments, problems } = readFile(payload, name);
    if (segments.length === 0) return problems[0]?.message ?? "it holds no waveform";
    await intake.keep({ receivedAt: clock(), kind: "file", source: name.slice(0, 60), note: "", payload });
    return null;
  }
  const folders = settings.folders.map((folder) =>
    watchFolder({
      folder: resolve(settingsFolder, folder),
      onProblem: (code, detail) => alarms.raise(folder, code, detail),
      take: takeFile,
    }),
  );
  const tell = (server: string) => (code: string, detail: Record<string, unknown>) => {
    options.onSource?.(server, code, detail);
    if (/refused|down/.test(code)) alarms.raise(server, code, JSON.stringify(detail), "warning");
    else logger.info({ code, ...detail });
  };
  const sources = settings.seedlink.map((source) => {
    const server = sourceName(source);
    return followSeedLink({
      settings: source,
      userAgent: "harken",
      resume: () => places.of(server),
      async take(station, sequence, payload) {
        const note = JSON.stringify({ server, sequence: String(sequence) } satisfies RecordNote);
        await intake.keep({ receivedAt: clock(), kind: "mseed", source: station, note, payload });
        places.safe(server, station, sequence);
      },
      log: tell(server),
    });
  });
  const dataLinkSources = settings.datalink.map((source) => {
    const server = dataLinkName(source);
    return followDataLink({
      settings: source,
      program: "harken",
      resume: () => dataLinkPlaces.of(server),
      async take(packet) {
        const note = JSON.stringify(noteOf(server, packet));
        const origin = stationOfStream(packet.stream);
        await intake.keep({ receivedAt: clock(), kind: "mseed", source: origin, note, payload: packet.data });
        dataLinkPlaces.safe(server, packet);
      },
      log: tell(server),
    });
  });
  const serving = records && {
    ring: records,
    software: "Harken/0.1.0",
    organization: settings.organization,
    host: settings.host,
    logger,
  };
  const plain =
    serving && settings.serveSeedLink
      ? await serveSeedLink({ ...serving, port: settings.seedLinkPort, tls: null })
      : null;
  const secret =
    serving && settings.seedLinkTls
      ? await serveSeedLink({
          ...serving,
          port: settings.seedLinkTls.port,
          tls: { ...settings.seedLinkTls, folder: settingsFolder },
        })
      : null;
  const dataLink: RunningDataLinkServer | null =
    serving && settings.serveDataLink ? await serveDataLink({ ...serving, port: settings.dataLinkPort }) : null;
  const flushing = setInterval(() => void alarms.flush(), FLUSH_MS);
  const pruning = setInterval(() => {
    if (settings.keepJournalDays === 0) return;
    const rule = { before: clock() - settings.keepJournalDays * DAY_SEC, upTo: archiver.done };
    journal.prune(rule).catch((err: unknown) => logger.error({ code: "journal.not-pruned", err }));
  }, PRUNE_MS);
  logger.info({ code: "acquisition.started", port: listener.port, dataPort: listener.dataPort, stations: known.size });
  return {
    ...{ port: listener.port, dataPort: listener.dataPort, alarms, listener },
    ...{ seedLinkPort: plain?.port ?? null, seedLinkTlsPort: secret?.port ?? null },
    dataLinkPort: dataLink?.port ?? null,
    progress: () => ({ kept: journal.last, archived: archiver.done }),
    takeFile,
    async stop() {
      authority?.stop();
      clearInterval(flushing);
      clearInterval(pruning);
      await listener.stop();
      await Promise.all([...folders, ...sources, ...dataLinkSources].map((input) => input.stop()));
      await archiver.stop();
      await Promise.all([plain, secret, dataLink].map((server) => server?.stop()));
      await records?.close();
      await links.settle();
      await alarms.flush();
      await journal.close();
      await aside.close();
    },
  };
}

/** Takes up what is known of the frame sets and streams: as kept with the last batch, and from the journal's entries since. */
async function restore(
  states: ReadonlyMap<string, IntakeState>,
  since: JournalCursor,
  intake: Intake,
  places: StreamPlaces,
  dataLinkPlaces: DataLinkPlaces,
): Promise<void> {
  for (const [name, { state }] of states)
    if (name.startsWith(FRAME_SET)) intake.sets.restore(name.slice(FRAME_SET.length), state);
  for (const [name, { state }] of states)
    if (name.startsWith(SEEDLINK)) places.restore(name.slice(SEEDLINK.length), state);
    else if (name.startsWith(DATALINK)) dataLinkPlaces.restore(state as DataLinkNote);
  for (let entries = await since.next(1_000_000); entries.length > 0; entries = await since.next(1_000_000))
    for (const { kind, source, note, payload } of entries) {
      if (kind === "mseed" && note !== "") {
        const place = JSON.parse(note) as RecordNote | DataLinkNote;
        if ("dataLink" in place) dataLinkPlaces.restore(place);
        else places.safe(place.server, source, BigInt(place.sequence));
      }
      if (kind !== "cd11") continue;
      const [frame] = decodeCd11Frame(payload).items;
      if (frame?.payload.kind !== "data") continue;
      const time = readCd11Time(frame.payload.nominalTime) ?? Number.NEGATIVE_INFINITY;
      intake.sets.received(source, frame.sequence, time, (JSON.parse(note) as FrameNote).isReset);
    }
}
