/** A station with its inputs: folders of files, SeedLink and DataLink servers feed the framer. */
import { resolve } from "node:path";
import { readFile } from "@harken/formats";
import { type DataLinkNote, DataLinkPlaces, noteOf } from "../acquisition/dataLinkPlaces.ts";
import { dataLinkName, followDataLink } from "../acquisition/dataLinkSource.ts";
import { type FolderWatch, watchFolder } from "../acquisition/folder.ts";
import { followSeedLink, sourceName } from "../acquisition/seedLinkSource.ts";
import { StreamPlaces, stateOf } from "../acquisition/streamPlaces.ts";
import { type RunningStation, type StationOptions, startStation } from "./station.ts";

/** In notes, where SeedLink servers stand under their names alone. */
const DATALINK = "datalink ";

export async function runStation(options: StationOptions): Promise<RunningStation> {
  const { settings, settingsFolder, log } = options;
  const station = await startStation(options);
  const folders: FolderWatch[] = settings.folders.map((folder) =>
    watchFolder({
      folder: resolve(settingsFolder, folder),
      onProblem: (code, detail) => log(code, { detail }),
      async take(name, bytes) {
        const { segments, problems } = readFile(bytes, name);
        if (segments.length === 0) return problems[0]?.message ?? "it holds no waveform";
        await station.add(segments);
        // The file is let go only when all its samples are on the disk as frames.
        await station.flush();
        log("file.taken", { name, segments: segments.length });
        return null;
      },
    }),
  );
  const { folder: commandFolder } = settings.commands ?? {};
  if (commandFolder !== undefined)
    folders.push(
      watchFolder({
        folder: resolve(settingsFolder, commandFolder),
        onProblem: (code, detail) => log(code, { detail }),
        async take(_, bytes) {
          const answer = await station.command(bytes);
          return /^ The command is refused: (.*)$/m.exec(answer)?.[1] ?? null;
        },
      }),
    );
  const places = new StreamPlaces();
  const dataLinkPlaces = new DataLinkPlaces();
  const kept = station.lastNote === "" ? {} : (JSON.parse(station.lastNote) as Record<string, unknown>);
  for (const [server, state] of Object.entries(kept))
    if (server.startsWith(DATALINK)) dataLinkPlaces.restore(state as DataLinkNote);
    else places.restore(server, state);
  /** How far all servers were heard: kept with the frames, to go on from there. */
  const note = () => {
    const states = settings.seedlink.map((source) => [sourceName(source), stateOf(places.of(sourceName(source)))]);
    const others = settings.datalink.flatMap((source) => {
      const place = dataLinkPlaces.of(dataLinkName(source));
      return place ? [[DATALINK + dataLinkName(source), noteOf(dataLinkName(source), place)]] : [];
    });
    return JSON.stringify(Object.fromEntries([...states, ...others]));
  };
  const sources = settings.seedlink.map((source) => {
    const server = sourceName(source);
    return followSeedLink({
      settings: source,
      userAgent: "harken-station",
      resume: () => places.of(server),
      async take(name, sequence, record) {
        places.safe(server, name, sequence);
        await station.add(readFile(record, name).segments, note());
      },
      log,
    });
  });
  const dataLinkSources = settings.datalink.map((source) => {
    const server = dataLinkName(source);
    return followDataLink({
      settings: source,
      program: "harken-station",
      resume: () => dataLinkPlaces.of(server),
      async take(packet) {
        dataLinkPlaces.safe(server, packet);
        await station.add(readFile(packet.data, packet.stream).segments, note());
      },
      log,
    });
  });
  return {
    ...station,
    async stop() {
      await Promise.all([...folders, ...sources, ...dataLinkSources].map((input) => input.stop()));
      await station.stop();
    },
  };
}
