/** Runs that people ask for, flown in made weather: to a field and a plume, stopped and resumed to the same bytes, refused with a reason. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { RunRequest } from "@harken/api";
import { decodeNetcdf, decodeSourceReceptorField } from "@harken/formats";
import { testWeather } from "@harken/testing";
import { pino } from "pino";
import { openRunDesk, type RunDesk } from "./runDesk.ts";

const root = mkdtempSync(join(tmpdir(), "harken-runs-"));
const STOP = 1_365_379_200;
const DAY = 86_400;
let desk: RunDesk;

function open(name: string): RunDesk {
  const [folder, fieldsFolder] = [join(root, name), join(root, `${name}-fields`)];
  mkdirSync(fieldsFolder, { recursive: true });
  return openRunDesk({
    ...{ folder, fieldsFolder, weatherFolder: join(root, "weather"), threads: 2, logger: pino({ level: "silent" }) },
    clock: () => performance.now() / 1000,
  });
}

before(() => {
  mkdirSync(join(root, "weather"));
  const times = Array.from({ length: 13 }, (_, k) => STOP - 3 * DAY + 21_600 * k);
  writeFileSync(join(root, "weather", "weather.nc"), testWeather({ times }));
  writeFileSync(join(root, "weather", "README.md"), "no weather");
  desk = open("a");
});

after(async () => {
  await desk.close();
  rmSync(root, { recursive: true, force: true });
});

const backward: RunRequest = {
  ...{ direction: "backward", station: "AAX01", latitudeDeg: 45, longitudeDeg: 100, from: STOP - DAY, to: STOP },
  ...{ days: 2, particles: 1000, species: "tracer", amountBq: 1 },
};

/** Looks until the run is as it should be. */
async function until(at: RunDesk, key: string, isSo: (run: ReturnType<RunDesk["list"]>["runs"][number]) => boolean) {
  for (let look = 0; look < 1500; look++) {
    const run = at.list().runs.find((one) => one.key === key)!;
    if (isSo(run)) return run;
    if (run.state === "failed") assert.fail(run.message);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return assert.fail(`${key}: ${JSON.stringify(at.list())}`);
}

test("a backward run becomes a field of the standard shape; a forward one waits for it and becomes a plume that has what was released", async () => {
  const { key, state } = desk.start(backward);
  assert.deepEqual([key, state], ["AAX01.2013040800.HRKN", "running"]);
  const release: RunRequest = {
    ...{ ...backward, direction: "forward", station: "SITE", from: STOP - 2 * DAY, to: STOP - 2 * DAY + 3600, days: 1 },
    ...{ species: "Xe-133", amountBq: 1e12 },
  };
  const forward = desk.start(release);
  assert.equal(forward.state, "waiting");
  assert.throws(() => desk.start(release), { code: "RUN_STATE" });
  await until(desk, key, (run) => run.state === "finished" && run.done === 1);
  const { items } = decodeSourceReceptorField(readFileSync(join(root, "a-fields", `${key}.srs`)));
  const [field] = items;
  assert.deepEqual([field!.station, field!.durationHours, field!.outputHours, field!.stepLonDeg], ["AAX01", 48, 3, 1]);
  // A west wind brings the air.
  const west = field!.cellLongitudeDeg.reduce((least, lon) => Math.min(least, lon), 180);
  assert.ok(west < 95 && field!.cellLongitudeDeg.every((lon) => lon < 102), `${west}`);
  await until(desk, forward.key, (run) => run.state === "finished");
  const [plume] = decodeNetcdf(desk.plume(forward.key)).items;
  const values = plume!.variables.find(({ name }) => name === "concentration_Xe_133")!.read();
  assert.ok(typeof values !== "string" && values.some((value) => value > 0));
  assert.deepEqual(desk.list().weather, { from: STOP - 3 * DAY, to: STOP, message: "13 times." });
  assert.throws(() => desk.plume(key), { code: "NO_RUN" });
});

test("stopped, the centre closed and opened again, and resumed: the field of a run that was not stopped, byte by byte", async () => {
  const request = { ...backward, particles: 8000 };
  let other = open("b");
  const { key } = other.start(request);
  await until(other, key, ({ done }) => done > 0.05);
  other.stop(key);
  const stopped = await until(other, key, ({ state }) => state === "stopped");
  assert.ok(stopped.done < 1 && existsSync(join(root, "b", `${key}.checkpoint`)));
  assert.throws(() => other.stop(key), { code: "RUN_STATE" });
  await other.close();
  other = open("b");
  assert.equal(other.resume(key).state, "running");
  await until(other, key, ({ state }) => state === "finished");
  await other.close();
  const whole = open("c");
  whole.start(request);
  await until(whole, key, ({ state }) => state === "finished");
  await whole.close();
  const bytes = (name: string) => readFileSync(join(root, `${name}-fields`, `${key}.srs`), "utf8");
  assert.equal(bytes("b"), bytes("c"));
  assert.ok(!existsSync(join(root, "b", `${key}.checkpoint`)));
});

test("what cannot be flown fails with the reason, and leaves no field; what makes no sense is refused", async () => {
  const long = desk.start({ ...backward, station: "LONG", days: 9 });
  const failed = async (key: string) => {
    for (let look = 0; look < 1000; look++) {
      const run = desk.list().runs.find((one) => one.key === key)!;
      if (run.state === "failed") return run.message;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return assert.fail(key);
  };
  assert.match(await failed(long.key), /covers 2013-04-05T00:00:00Z to 2013-04-08.*needs 2013-03-30/);
  assert.ok(!existsSync(join(root, "a-fields", `${long.key}.srs`)));
  assert.match(await failed(desk.start({ ...backward, station: "ODD", species: "Xx-1" }).key), /Xx-1 is no nuclide/);
  assert.throws(() => desk.start({ ...backward, to: backward.from }), { code: "BAD_PLAN" });
  assert.throws(() => desk.start({ ...backward, days: 0.5 }), { code: "BAD_PLAN" });
  assert.throws(() => desk.resume("nothing"), { code: "NO_RUN" });
});

test("a record of a run that cannot be read hides no other and keeps no centre from starting", async () => {
  const folder = join(root, "damaged");
  mkdirSync(folder);
  const kept = { key: "AAX01.2013040800.HRKN", request: backward, state: "running", done: 0.4, etaSec: 9, message: "" };
  writeFileSync(join(folder, `${kept.key}.json`), JSON.stringify(kept));
  writeFileSync(join(folder, "other.json"), '{"key": "oth');
  const opened = open("damaged");
  assert.deepEqual(
    opened.list().runs.map(({ key, state }) => [key, state]),
    [[kept.key, "stopped"]],
  );
  assert.ok(existsSync(join(folder, "other.json")), "what could not be read stays");
  await opened.close();
});
