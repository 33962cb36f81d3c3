/** A station with its inputs: folders of files and SeedLink servers feed the framer. */
import { resolve } from "node:path";
import { readFile } from "@harken/formats";
import { type FolderWatch, watchFolder } from "../acquisition/folder.ts";
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
  return {
    ...station,
    async stop() {
      await Promise.all(folders.map((folder) => folder.stop()));
      await station.stop();
    },
  };
}
