/**
 * A station as a process of its own, for tests that kill it: makes samples of known truth, a window at a time, and goes on behind its last frame when it
 * is started again. Argument: JSON. Prints `status` lines.
 */

import { checkSettings } from "../acquisition/settings.ts";
import { testChannel, truthSegment } from "../acquisition/testRig.ts";
import { StationSideSettings } from "../station/settings.ts";
import { startStation } from "../station/station.ts";

export interface StationProgram {
  readonly folder: string;
  readonly settings: Record<string, unknown>;
  readonly site: string;
  readonly channels: readonly string[];
  readonly start: number;
  readonly windows: number;
  /** Wait between windows, ms. */
  readonly paceMs: number;
}

const WINDOW_SAMPLES = 200;

const given = JSON.parse(process.argv[2]!) as StationProgram;
const { folder, settings, site, channels, start, windows, paceMs } = given;
const station = await startStation({
  settings: checkSettings(StationSideSettings, settings, "test"),
  ...{ settingsFolder: folder, dataDir: folder, clock: () => Date.now() / 1_000 },
  log: (code, detail) => process.stdout.write(`log ${code} ${JSON.stringify(detail)}\n`),
});
const tell = () => process.stdout.write(`status ${JSON.stringify(station.status())}\n`);
setInterval(tell, 50);
for (let window = Number(station.lastNote || 0); window < windows; window++) {
  const from = window * WINDOW_SAMPLES;
  const segments = channels.map((code) => truthSegment(testChannel(site, code), start, from, from + WINDOW_SAMPLES));
  await station.add(segments, String(window + 1));
  if (paceMs > 0) await new Promise((resolve) => setTimeout(resolve, paceMs));
}
process.stdout.write("made\n");
