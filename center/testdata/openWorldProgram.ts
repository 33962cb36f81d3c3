/**
 * Servers of the open world as a process of its own: a simulated network's past by FDSN, what follows by SeedLink, faster than it was. Argument: JSON of
 * folder, startTime, pastSec and stationCodes. Prints `ready` with the addresses and the hidden event; streams when it is told `go`.
 */
import { join } from "node:path";
import { createEarthModel } from "@harken/earth";
import { writeMiniSeed2 } from "@harken/formats";
import { createWorld, demoWorldConfig, synthesize } from "@harken/simulator";
import { openArchive, openStore, putPieces } from "@harken/store";
import { fastify } from "fastify";
import { pino } from "pino";
import { RecordRing } from "../acquisition/recordRing.ts";
import { serveSeedLink } from "../acquisition/seedLinkServer.ts";
import { serveFdsn } from "../fdsn/service.ts";

const { folder, startTime, pastSec, stationCodes } = JSON.parse(process.argv[2]!) as {
  folder: string;
  startTime: number;
  pastSec: number;
  stationCodes: string[];
};
/** Seconds of data in a record, and how many times faster than it was they are sent. */
const RECORD_SEC = 10;
const SPEED = 100;

const world = createWorld({ ...demoWorldConfig, startTime, hours: 0.3, stationCodes }, createEarthModel("ak135"));
const end = startTime + world.config.hours * 3_600;
const { stations } = world.inventory;
const store = await openStore({ file: ":memory:" });
const archive = openArchive(join(folder, "archive"));
for (const station of stations) {
  const pieces = await archive.append(synthesize(world, station, startTime, startTime + pastSec));
  await store.transaction(
    async (writer) => void (await putPieces(writer, pieces, { runId: 1, now: Date.now() / 1_000 })),
  );
}
const web = fastify({ forceCloseConnections: true });
const logger = pino({ level: "silent" });
const clock = () => Date.now() / 1_000;
await serveFdsn(web, { store, archive, list: "SEL1", stations: () => stations, clock, logger });
const fdsn = await web.listen({ host: "127.0.0.1", port: 0 });
const ring = await RecordRing.open(join(folder, "records"), 100e6);
const serving = { ring, software: "open world", organization: "TEST", host: "127.0.0.1", port: 0, tls: null, logger };
// A station is known to a client only when it has sent.
const first = startTime + pastSec;
await send(first, first + RECORD_SEC);
const { port } = await serveSeedLink(serving);
const [event] = world.events;
process.stdout.write(`ready ${JSON.stringify({ fdsn, port, event })}\n`);
process.stdin.once("data", async () => {
  const began = performance.now();
  for (let from = first + RECORD_SEC; from < end; from += RECORD_SEC) {
    const due = began + ((from - first) / SPEED) * 1_000;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    await send(from, Math.min(end, from + RECORD_SEC));
  }
  process.stdout.write("all sent\n");
});

async function send(from: number, to: number): Promise<void> {
  const segments = stations.flatMap((station) => synthesize(world, station, from, to));
  for (const segment of segments) {
    const [piece] = await archive.append([segment]);
    await ring.add([{ segment, records: writeMiniSeed2([segment]), hasGrown: false, piece: piece! }]);
  }
}
