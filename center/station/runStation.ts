/** A station with its inputs: folders of files and SeedLink servers feed the framer. */
import { resolve } from "node:path";
import { readFile } from "@harken/formats";
import { type FolderWatch, watchFolder } from "../acquisition/folder.ts";
import { followSeedLink, sourceName } from "../acquisition/seedLinkSource.ts";
import { StreamPlaces, stateOf } from "../acquisition/streamPlaces.ts";
import { type RunningStation, type StationOptions, startStation } from "./station.ts";

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
  const places = new StreamPlaces();
  const kept = station.lastNote === "" ? {} : (JSON.parse(station.lastNote) as Record<string, unknown>);
  for (const [server, state] of Object.entries(kept)) places.restore(server, state);
  const sources = settings.seedlink.map((source) => {
    const server = sourceName(source);
    return followSeedLink({
      settings: source,
      userAgent: "harken-station",
      resume: () => places.of(server),
      async take(name, sequence, record) {
        places.safe(server, name, sequence);
        const states = settings.seedlink.map(
          (other) => [sourceName(other), stateOf(places.of(sourceName(other)))] as const,
        );
        await station.add(readFile(record, name).segments, JSON.stringify(Object.fromEntries(states)));
      },
      log,
    });
  });
  return {
    ...station,
    async stop() {
      await Promise.all([...folders, ...sources].map((input) => input.stop()));
      await station.stop();
    },
  };
}
