/** A whole centre on PostgreSQL and NATS makes the same bulletin from the same world as one on the embedded default. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { demoWorldConfig } from "@harken/simulator";
import { loadArrivals, loadEvents, loadNoise, openStore } from "@harken/store";
import { privateNats, privatePostgres } from "@harken/testing";
import type { CenterOptions } from "./options.ts";
import { centerRecipe } from "./recipe.ts";
import { startCenter } from "./start.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-center-"));
const postgres = privatePostgres();
const nats = privateNats();
after(async () => {
  await postgres.stop();
  await nats.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function outcome(name: string, elsewhere: Pick<CenterOptions, "databaseUrl" | "natsServers">) {
  const dataDir = join(folder, name);
  const center = await startCenter({
    ...{ dataDir, port: 0, host: "127.0.0.1", earthModel: "ak135", workers: 2, log: () => undefined, ...elsewhere },
    simulate: {
      ...demoWorldConfig,
      hours: 0.5,
      stationCodes: ["MJAR", "USRK", "KSRS", "PETK", "HILR", "ZALV"],
      arrayCodes: [],
      soundCodes: ["I30JP", "H11"],
    },
    recipe: { ...centerRecipe, intervalSec: 600, tailSec: 60 },
  });
  await center.whenCaughtUp;
  await center.stop();
  const store = await openStore({ file: join(dataDir, "harken.db"), url: elsewhere.databaseUrl });
  const result = {
    events: await loadEvents(store.db),
    arrivals: await loadArrivals(store.db),
    noise: await loadNoise(store.db, { from: 0, to: Number.MAX_SAFE_INTEGER }),
  };
  await store.close();
  return result;
}

test("PostgreSQL and NATS instead of the embedded default: the same events and arrivals", {
  skip: postgres.skip || nats.skip,
  timeout: 240_000,
}, async () => {
  await postgres.start();
  await nats.start();
  const expected = await outcome("embedded", {});
  assert.ok(expected.events.length >= 1);
  // Six seismic stations in stretches of two minutes of half an hour, whole or begun.
  const short = expected.noise.filter(({ amplitude }) => amplitude.type === "ANP/2");
  assert.ok(short.length >= 6 * 14 && short.length <= 6 * 16, String(short.length));
  const found = await outcome("servers", { databaseUrl: postgres.createDatabase(), natsServers: nats.url() });
  assert.deepEqual(found, expected);
});
