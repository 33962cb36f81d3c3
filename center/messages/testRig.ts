/** A centre's store with a few rows of everything that messages ask for. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Station, WaveformSegment } from "@harken/core";
import { decodePulseHeightData } from "@harken/formats";
import {
  openArchive,
  openStore,
  putArrivals,
  putEvents,
  putPieces,
  putSample,
  putStations,
  type Store,
} from "@harken/store";
import { arrivals, event, origin, stamp, stations, T0 } from "../http/testRows.ts";
import { demoMessages } from "../radionuclide/demoMessages.ts";
import type { MessageSources } from "./sources.ts";

const RATE = 20;
export const sampleAt = (n: number): number => ((n * 7919) % 20_011) - 10_000;

const segmentOf = (station: Station, from: number, to: number): WaveformSegment => ({
  ...{ channel: station.channels[0]!.id, startTime: T0 + from, sampleRateHz: RATE },
  samples: Int32Array.from({ length: (to - from) * RATE }, (_, i) => sampleAt(from * RATE + i)),
});

/** ST0 has ten minutes from T0, ST1 the same without the fourth; ST2 nothing. */
export const recorded: readonly WaveformSegment[] = [
  segmentOf(stations[0]!, 0, 600),
  segmentOf(stations[1]!, 0, 240),
  segmentOf(stations[1]!, 300, 600),
];

/** Of REB: the event of SEL1, and a deeper and larger one across the date line an hour later. */
export const deepEvent = {
  key: "REB-2",
  preferredOriginKey: "p1",
  origins: [
    {
      ...origin,
      ...{ key: "p1", time: T0 + 3600, latitudeDeg: -20, longitudeDeg: -178, depthKm: 560, depthType: "free" as const },
      ...{ associations: [], remarks: [] },
      magnitudes: [
        { type: "mb", value: 5.6, uncertainty: 0.1, stationCount: 20, stations: [] },
        { type: "Ms", value: 4.1, uncertainty: 0.1, stationCount: 12, stations: [] },
      ],
    },
  ],
};

export interface TestRig {
  readonly sources: MessageSources;
  readonly store: Store;
  /** Epoch s; a test moves it. */
  now: number;
  close(): Promise<void>;
}

export async function openTestRig(): Promise<TestRig> {
  const folder = mkdtempSync(join(tmpdir(), "harken-messages-"));
  const store = await openStore({ file: join(folder, "harken.db") });
  const archive = openArchive(join(folder, "archive"));
  const pieces = await archive.append(recorded);
  const spectra = [...demoMessages(1, T0, 1)].map((message) => ({
    message,
    data: decodePulseHeightData(new TextEncoder().encode(message)).items[0]!,
  }));
  await store.transaction(async (writer) => {
    await putStations(writer, stations, stamp);
    await putPieces(writer, pieces, stamp);
    await putArrivals(writer, arrivals, stamp);
    await putEvents(writer, "SEL1", [event], stamp);
    await putEvents(writer, "REB", [event, deepEvent], stamp);
    await putEvents(writer, "LEB", [{ ...event, key: "SECRET" }], stamp);
    for (const spectrum of spectra)
      await putSample(writer, spectrum, { display: null, history: null, quality: [] }, stamp);
  });
  const rig: TestRig = {
    store,
    now: stamp.now,
    sources: { store, archive, name: "HARKEN", list: "SEL1", stations: () => stations, clock: () => rig.now },
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return rig;
}
