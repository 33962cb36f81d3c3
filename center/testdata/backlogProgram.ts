/**
 * Stations that were cut off for long, in one process: the frames of all that time stand in their rings, signed, when they are connected. Argument: JSON.
 * Prints `made`, `connected`, and `acknowledged` when the centre has all, with the processor's time since `connected`.
 */
import { join } from "node:path";
import { openJournal } from "@harken/store";
import { loadKeyRing } from "../acquisition/keys.ts";
import { checkSettings } from "../acquisition/settings.ts";
import { signerOf } from "../acquisition/signatures.ts";
import { pause, testChannel, truthSegment } from "../acquisition/testRig.ts";
import { createFrameMaker } from "../station/frames.ts";
import { StationSideSettings } from "../station/settings.ts";
import { startStation } from "../station/station.ts";

export interface BacklogProgram {
  readonly folder: string;
  /** Of the stations, each as its configuration file has them. */
  readonly settings: readonly Record<string, unknown>[];
  readonly channels: readonly string[];
  readonly start: number;
  readonly windows: number;
  readonly rateHz: number;
}

/** Frames that are on the disk by one sync. */
const AT_ONCE = 500;
/** As a station's ring has them. */
const FILE_BYTES = 4_000_000;

const given = JSON.parse(process.argv[2]!) as BacklogProgram;
const { folder, channels, start, windows, rateHz } = given;
const all = given.settings.map((settings) => checkSettings(StationSideSettings, settings, "test"));
for (const settings of all) {
  const maker = createFrameMaker(settings, signerOf(loadKeyRing(settings.keys, folder, "private")));
  const { journal } = await openJournal(join(folder, settings.name, "ring"), { maxFileBytes: FILE_BYTES });
  const samples = Math.round(settings.frameSec * rateHz);
  for (let window = 0; window < windows; window += AT_ONCE)
    await Promise.all(
      Array.from({ length: Math.min(AT_ONCE, windows - window) }, (_, i) => {
        const from = (window + i) * samples;
        const segments = channels.map((code) =>
          truthSegment(testChannel(settings.name, code), start, from, from + samples, rateHz),
        );
        const payload = maker.payload({ startTime: start + from / rateHz, segments });
        const bytes = maker.encode(payload, BigInt(window + i + 1));
        return journal.append({ receivedAt: start, kind: "cd11", source: settings.name, note: "", payload: bytes });
      }),
    );
  await journal.close();
}
process.stdout.write("made\n");
const before = process.cpuUsage();
const stations = await Promise.all(
  all.map((settings) =>
    startStation({
      ...{ settings, settingsFolder: folder, dataDir: join(folder, settings.name), log: () => undefined },
      clock: () => Date.now() / 1_000,
    }),
  ),
);
process.stdout.write(`connected ${Date.now() / 1_000}\n`);
const isDone = () =>
  stations.every((station) => {
    const { acknowledgedTo, gaps } = station.status();
    return acknowledgedTo === String(windows) && gaps === 0;
  });
while (!isDone()) await pause(50);
const { user, system } = process.cpuUsage(before);
process.stdout.write(`acknowledged ${Date.now() / 1_000} ${user / 1e6} ${system / 1e6}\n`);
