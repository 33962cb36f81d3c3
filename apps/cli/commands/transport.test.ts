/** `harken transport` as a user runs it, in weather made for it. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { openWeatherFiles } from "@harken/center";
import { isoTime, parseTime } from "@harken/core";
import { decodeNetcdf, decodeSourceReceptorField, decodeTracerSamples } from "@harken/formats";
import { referenceTest, testWeather } from "@harken/testing";
import { harken } from "../testCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-transport-"));
after(() => rmSync(folder, { recursive: true }));

const start = parseTime("2013-04-06T00:00:00Z")!;
const sixHourly = (count: number) => Array.from({ length: count }, (_, k) => start + 21_600 * k);

function write(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test("files of one name and size are other weather when their times are", () => {
  const identity = (first: number) =>
    openWeatherFiles(["weather.nc"], () => testWeather({ times: [first, first + 21_600] })).identity;
  assert.notEqual(identity(start), identity(start + 86_400));
  assert.equal(identity(start), identity(start));
});

const weather = write("weather.nc", testWeather({ times: sixHourly(13) }));
const sample = ["--from", "2013-04-08T00:00Z", "--to", "2013-04-08T12:00Z"];
const out = (name: string) => {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  return path;
};

test("a sample of a station: its air came from the west; field in the CTBTO's format and as netCDF", async () => {
  const to = out("sample");
  const args = [weather, "--station", "JPX38", ...sample, "--days", "2", "--particles", "1500", "--out", to, "--json"];
  const { status, stdout, stderr } = await harken("transport", ...args);
  assert.equal(status, 0, stderr);
  const [result] = JSON.parse(stdout) as [{ station: string; latitude: number; written: string[] }];
  assert.deepEqual([result.station, result.latitude], ["JPX38", 36.3]);
  const files = ["nc", "srs", "svg"].map((end) => `JPX38.2013040812.HRKN.${end}`);
  assert.deepEqual(readdirSync(to).sort(), files);
  assert.match(readFileSync(join(to, files[2]!), "utf8"), />JPX38<\/text>/);
  const { items, problems } = decodeSourceReceptorField(readFileSync(join(to, "JPX38.2013040812.HRKN.srs")));
  assert.deepEqual(problems, []);
  const field = items[0]!;
  assert.deepEqual([field.releaseBq, field.durationHours, field.outputHours], [1.3e15, 48, 3]);
  assert.ok(field.cellLongitudeDeg.every((lon) => lon < 142 && lon > 90));
  const { variables } = decodeNetcdf(readFileSync(join(to, "JPX38.2013040812.HRKN.nc"))).items[0]!;
  const sensitivity = variables.find(({ name }) => name === "sensitivity")!;
  assert.deepEqual(sensitivity.shape, [16, 180, 360]);
  const values = sensitivity.read() as Float32Array;
  const sum = (list: ArrayLike<number>) => Array.from(list).reduce((total, x) => total + x, 0);
  assert.ok(Math.abs((sum(values) * 1.3e15) / sum(field.values) - 1) < 1e-4);
});

/** Ends a run by Ctrl-C once it moves. */
async function interrupt(args: readonly string[]): Promise<{ status: number | null; stderr: string }> {
  const program = fileURLToPath(new URL("../harken.js", import.meta.url));
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  const begun = new Promise<void>((resolve) => {
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
      if (/threads\.$/m.test(stderr)) resolve();
    });
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  await begun;
  await sleep(150);
  child.kill("SIGINT");
  return { status: await ended, stderr };
}

test("Ctrl-C keeps the state; the same command goes on to the same bytes, and one thread makes the same as two", async () => {
  const args = (to: string, workers: number) => [
    ...["transport", weather, "--station", "JPX38", ...sample, "--days", "2", "--particles", "12000"],
    ...["--out", to, "--workers", String(workers)],
  ];
  const [whole, parted] = [out("whole"), out("parted")];
  const one = await harken(...args(whole, 1));
  assert.equal(one.status, 0, one.stderr);
  const stopped = await interrupt(args(parted, 2));
  assert.equal(stopped.status, 130, stopped.stderr);
  assert.match(stopped.stderr, /The same command goes on/);
  assert.deepEqual(readdirSync(parted), ["JPX38.2013040812.HRKN.checkpoint"]);
  const rest = await harken(...args(parted, 2));
  assert.equal(rest.status, 0, rest.stderr);
  assert.match(rest.stderr, /goes on from \d+ %/);
  assert.deepEqual(readdirSync(parted).sort(), readdirSync(whole).sort());
  for (const name of readdirSync(whole))
    assert.ok(readFileSync(join(whole, name)).equals(readFileSync(join(parted, name))), name);
});

test("a release forward: concentrations, decay, what stations would measure, and the scores against measurements", async () => {
  const to = out("forward");
  const wanted = write(
    "wanted.csv",
    [
      "station,lat,lon,sample_start,sample_stop,conc_Bq_m3",
      "NEAR,50.5,11.5,2013-04-06T00:00Z,2013-04-06T12:00Z,1",
      "FAR,-20.5,11.5,2013-04-06T00:00Z,2013-04-06T12:00Z,0",
      "LATER,50.5,11.5,2013-04-09T00:00Z,2013-04-12T00:00Z,0",
    ].join("\n"),
  );
  const { status, stdout, stderr } = await harken(
    ...["transport", weather, "--forward", "--at", "50.5,10.5", "--box", "1", "--heights", "0-150"],
    ...["--from", isoTime(start), "--to", isoTime(start + 10_800), "--days", "1", "--particles", "4000"],
    ...["--species", "Xe-133,Xe-135", "--amount", "1e15", "--samples", wanted, "--out", to, "--json"],
  );
  assert.equal(status, 0, stderr);
  const [{ predictions, scores }] = JSON.parse(stdout) as [
    {
      predictions: { station: string; computed: number | null; standardError: number | null }[];
      scores: { pairs: number; fms: number };
    },
  ];
  const [near, far, later] = predictions;
  assert.ok(near!.computed! > 0 && near!.standardError! > 0 && near!.standardError! < near!.computed!);
  assert.deepEqual([far!.computed, later!.computed], [0, null], "what the run does not cover is not told");
  assert.deepEqual([scores.pairs, scores.fms], [2, 100]);
  const map = readFileSync(join(to, "50.50_10.50.2013040600.HRKN.forward.svg"), "utf8");
  assert.match(map, /<circle [^>]+><title>NEAR: mean of 1 samples 1\.00<\/title>/);
  const dataset = decodeNetcdf(readFileSync(join(to, "50.50_10.50.2013040600.HRKN.forward.nc"))).items[0]!;
  const total = (name: string) => {
    const values = dataset.variables.find((variable) => variable.name === name)!.read() as Float32Array;
    return values.subarray(7 * 180 * 360).reduce((sum, x) => sum + x, 0);
  };
  // The last output, whose middle is 21 h after the release's: they decay by their half-lives of 453388 and 32911 s.
  const age = 7.5 * 10_800 - 5400;
  const expected = 2 ** (-age / 32_911 + age / 453_388);
  assert.ok(Math.abs(total("concentration_Xe_135") / total("concentration_Xe_133") / expected - 1) < 0.02);
});

test("what cannot be used is told before anything is written", async () => {
  const to = out("refused");
  const base = ["--station", "JPX38", ...sample, "--days", "1", "--particles", "100", "--out", to, "--quiet"];
  const region = write("region.nc", testWeather({ times: sixHourly(13), region: true }));
  const cut = write("cut.nc", readFileSync(weather).subarray(0, 60_000));
  const lacks = write(
    "lacks.nc",
    testWeather({ times: [start + 13 * 21_600], levels: [1000, 925, 700, 500, 300, 200, 100] }),
  );
  const table = write(
    "table.csv",
    "station,lat,lon,sample_start,sample_stop\nX,91,0,2013-04-08T00:00Z,2013-04-08T12:00Z\n",
  );
  for (const [code, exit, args] of [
    ["OUTSIDE_WEATHER", 3, [region, ...base]],
    ["BAD_WEATHER", 3, [cut, ...base]],
    ["WEATHER_LEVELS", 3, [weather, lacks, ...base]],
    ["WEATHER_TIMES", 3, [weather, ...base, "--days", "9"]],
    ["BAD_OPTION", 2, [weather, ...base, "--station", "NOWHERE"]],
    ["BAD_PLAN", 2, [weather, ...base, "--step", "700"]],
    ["BAD_TABLE", 2, [weather, ...base, "--samples", table]],
  ] as const) {
    const { status, stderr } = await harken("transport", ...args);
    assert.match(stderr, new RegExp(`^${code}: .+`), stderr);
    assert.equal(status, exit, stderr);
    assert.deepEqual(readdirSync(to), [], code);
  }
});

referenceTest(
  "a tracer experiment: CAPTEX's first release is predicted at every station, scored and mapped, in weather made for the test",
  ["atmosphere/captex/meas-t1.txt"],
  async (_t, [path]) => {
    const to = out("captex");
    const begin = parseTime("1983-09-18T12:00:00Z")!;
    const then = write("1983.nc", testWeather({ times: Array.from({ length: 16 }, (_, k) => begin + 21_600 * k) }));
    const { status, stdout, stderr } = await harken(
      ...["transport", then, "--forward", "--at", "39.80,-84.05", "--amount", "2.08e17", "--days", "3.5"],
      ...["--from", "1983-09-18T17:00Z", "--to", "1983-09-18T20:00Z", "--particles", "2000", "--grid", "2"],
      ...["--measured", path!, "--out", to, "--json"],
    );
    assert.equal(status, 0, stderr);
    const [{ predictions, scores }] = JSON.parse(stdout) as [{ predictions: unknown[]; scores: { pairs: number } }];
    assert.equal(predictions.length, 2281);
    // The file goes on with later releases, which this run does not reach.
    const reached = decodeTracerSamples(readFileSync(path!)).items.filter(
      ({ sampleStop }) => sampleStop <= parseTime("1983-09-22T05:00:00Z")!,
    );
    assert.deepEqual([reached.length, scores.pairs], [395, 395]);
    const name = "39.80_-84.05.1983091817.HRKN.forward";
    assert.equal(
      readFileSync(join(to, `${name}.txt`), "utf8")
        .trimEnd()
        .split("\n").length,
      2283,
    );
    assert.equal(readFileSync(join(to, `${name}.svg`), "utf8").match(/<circle /g)!.length, 80, "all stations");
  },
);

referenceTest(
  "a GRIB file of ECMWF that ends within a message is refused; whole, it carries a sample of its last day",
  ["atmosphere/met_samples/ecmwf_ifs_pl6_10deg_6hourly_20240603-04.grib1"],
  async (_t, [path]) => {
    const to = out("grib");
    const args = ["--station", "JPX38", "--from", "2024-06-04T00:00Z", "--to", "2024-06-04T12:20Z"];
    const rest = [...args, "--days", "1", "--particles", "300", "--out", to];
    const cut = write("cut.grib1", readFileSync(path!).subarray(0, 300_000));
    const refused = await harken("transport", cut, ...rest);
    assert.equal(refused.status, 3);
    assert.match(refused.stderr, /BAD_WEATHER: .*claims 1476 bytes but the file ends after 480/);
    assert.deepEqual(readdirSync(to), []);
    const whole = await harken("transport", path!, ...rest);
    assert.equal(whole.status, 0, whole.stderr);
    assert.match(whole.stderr, /SRS files know whole hours/);
    assert.match(whole.stderr, /no pressure velocity at 1000, 850, 700, 500, 400, 300 hPa/);
    assert.equal(readdirSync(to).length, 3);
  },
);
