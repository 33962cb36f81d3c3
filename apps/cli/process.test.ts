/** `harken process` as a user runs it: recordings of a simulated event in, bulletin out; and everything that can be wrong with the input. */
import assert from "node:assert/strict";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { type Bulletin, geodesicKm, isoTime, preferredOrigin } from "@harken/core";
import { decodeMiniSeed2, joinCss, readFile } from "@harken/formats";
import { schemaTest } from "@harken/testing";
import { processFiles } from "./processFiles.ts";
import { harken, makeRecordings } from "./testCommand.ts";

const folder = mkdtempSync(join(tmpdir(), "harken-process-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const recordings = makeRecordings(folder);
const data = join(folder, "data");
const out = join(folder, "out");

interface Json {
  readonly events: readonly Record<string, unknown>[];
  readonly unassociated: readonly Record<string, unknown>[];
  readonly inputs: readonly {
    file: string;
    format: string;
    channels: string[];
    samples: number;
    gaps: number;
    problems: { code: string }[];
  }[];
  readonly written: readonly string[];
  readonly remarks: readonly string[];
}

const eventFields = [
  "time",
  "latitude",
  "longitude",
  "depth",
  "depthFixed",
  "errorEllipse",
  "ndef",
  "magnitudes",
  "arrivals",
];
const arrivalFields = [
  ...["station", "phase", "time", "azimuth", "slowness", "snr", "amplitude", "period", "residual"],
];

async function run(...args: string[]): Promise<Json> {
  const { status, stdout, stderr } = await harken("process", ...args, "--json");
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as Json;
}

test("an event near the hidden one, with the JSON as documented", async () => {
  const result = await run(data, "--metadata", recordings.metadata, "--out", out);
  const { truth } = recordings;
  assert.equal(result.events.length, 1);
  const [event] = result.events;
  for (const field of eventFields) assert.ok(field in event!, field);
  const { latitude, longitude, time } = event as unknown as Record<string, number>;
  const km = geodesicKm(truth.latitudeDeg, truth.longitudeDeg, latitude!, longitude!);
  assert.ok(km < 50, `${km.toFixed(0)} km away`);
  assert.ok(Math.abs(time! - truth.time) < 5, `${time! - truth.time} s off`);
  const arrivals = event!["arrivals"] as Record<string, unknown>[];
  assert.ok(arrivals.length >= 5);
  for (const arrival of arrivals) for (const field of arrivalFields) assert.ok(field in arrival, field);
  for (const arrival of result.unassociated)
    for (const field of arrivalFields.slice(0, -1)) assert.ok(field in arrival, field);
  assert.deepEqual(
    result.inputs.map(({ file, format, samples, gaps, problems }) => [basename(file), format, samples, gaps, problems]),
    recordings.stations
      .toSorted()
      .map((code) => [`${code}.mseed`, "miniseed2", 3 * 20 * 1080, 0, []])
      .concat([["stations.xml", "stationxml", 0, 0, []]]),
  );
});

/** The bulletin files read back by our own readers. */
function readBack(): { readonly css: Bulletin; readonly ims: Bulletin; readonly xml: Bulletin } {
  const read = (name: string) => readFile(readFileSync(join(out, name)), name);
  const tables = readdirSync(out).filter((name) => !/\.(ims|xml)$/.test(name));
  const { bulletin: css, problems } = joinCss(tables.map((name) => read(name).cssTables!));
  assert.deepEqual(problems, []);
  return { css, ims: read("bulletin.ims").bulletin!, xml: read("bulletin.xml").bulletin! };
}

test("bulletin.ims, bulletin.xml and the CSS3.0 tables hold the same event, read back", async () => {
  const direct = await processFiles([data], {
    ...{ metadata: [recordings.metadata], from: null, to: null, model: "ak135", quiet: true, workers: 1 },
  });
  const expected = preferredOrigin(direct.bulletin.events[0]!);
  for (const [name, bulletin] of Object.entries(readBack())) {
    assert.equal(bulletin.events.length, 1, name);
    const origin = preferredOrigin(bulletin.events[0]!);
    assert.ok(Math.abs(origin.time - expected.time) < 0.006, `${name}: ${origin.time - expected.time} s`);
    assert.ok(Math.abs(origin.latitudeDeg - expected.latitudeDeg) < 6e-5, name);
    assert.ok(Math.abs(origin.longitudeDeg - expected.longitudeDeg) < 6e-5, name);
    assert.equal(origin.associations.length, expected.associations.length, name);
    assert.deepEqual(
      origin.magnitudes.map(({ type, value }) => `${type} ${value.toFixed(1)}`).sort(),
      expected.magnitudes.map(({ type, value }) => `${type} ${value.toFixed(1)}`).sort(),
      name,
    );
  }
  const { css, xml } = readBack();
  for (const bulletin of [css, xml]) assert.equal(bulletin.arrivals.length, direct.bulletin.arrivals.length);
  const tables = readdirSync(out).map((name) => name.slice(name.lastIndexOf(".") + 1));
  for (const table of ["arrival", "assoc", "origin", "origerr", "netmag", "stamag", "site"])
    assert.ok(tables.includes(table), table);
});

schemaTest("bulletin.xml is valid against the QuakeML schema", "formats/xsd/QuakeML-1.2.xsd", (complaints) => {
  assert.equal(complaints(readFileSync(join(out, "bulletin.xml"), "utf8")), "");
});

test("what is wrong with some files is said and stops nothing", async () => {
  const mixed = join(folder, "mixed");
  cpSync(data, mixed, { recursive: true });
  const [cut, zipped] = ["KBZ.mseed", "STKA.mseed"].map((name) => join(mixed, name)) as [string, string];
  const whole = readFileSync(cut);
  writeFileSync(cut, whole.subarray(0, Math.floor(0.7 * whole.length) | 1));
  writeFileSync(`${zipped}.gz`, gzipSync(readFileSync(zipped)));
  rmSync(zipped);
  writeFileSync(join(mixed, "empty.mseed"), "");
  writeFileSync(join(mixed, "note.txt"), "Nothing to see here.\n");
  writeFileSync(
    join(mixed, "noise.bin"),
    Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 2654435761) >>> 13)),
  );
  writeFileSync(join(mixed, "broken.mseed.gz"), Buffer.concat([Buffer.of(0x1f, 0x8b), Buffer.from("no gzip")]));
  symlinkSync(mixed, join(mixed, "circle"));
  symlinkSync(join(mixed, "nowhere"), join(mixed, "gone.mseed"));
  mkdirSync(join(mixed, "locked"));
  chmodSync(join(mixed, "locked"), 0);
  cpSync(recordings.metadata, join(mixed, "stations.xml"));

  const result = await run(mixed);
  assert.equal(result.events.length, 1);
  const said = new Map(result.inputs.map(({ file, problems }) => [basename(file), problems.map(({ code }) => code)]));
  assert.deepEqual(said.get("empty.mseed"), ["file.empty"]);
  assert.deepEqual(said.get("note.txt"), ["file.unknown-format"]);
  assert.deepEqual(said.get("broken.mseed.gz"), ["file.unreadable"]);
  assert.deepEqual(said.get("STKA.mseed.gz"), []);
  assert.ok(said.get("KBZ.mseed")!.length > 0, "the cut file has a problem");
  assert.ok(result.inputs.find(({ file }) => file === cut)!.samples > 30_000, "what stands before the cut is read");
  assert.equal(said.has("gone.mseed"), false);
  assert.equal(result.inputs.length, new Set(result.inputs.map(({ file }) => file)).size, "no file is read twice");
  chmodSync(join(mixed, "locked"), 0o700);
});

test("text for a person: the event, what was wrong, what was written", async () => {
  const { status, stdout, stderr } = await harken("process", data, "--metadata", recordings.metadata, "--quiet");
  assert.equal(status, 0);
  assert.equal(stderr, "");
  assert.match(stdout, /Files read: 11\. Arrivals: \d+\. Events: 1\./);
  assert.match(stdout, /90 % ellipse .* km at \d+ deg/);
  assert.match(
    stdout,
    /Arrivals that belong to no event: \d+\.\n {2}station +phase +time .*\n {2}\w+ +\w+ +20\d\d-\d\d-\d\dT/,
  );
  const { stderr: progress } = await harken("process", data, "--metadata", recordings.metadata);
  assert.match(progress, /Detecting: 10 of 10 stations \([\d.]+\/s\)/);
});

test("--from and --to", async () => {
  const { truth } = recordings;
  const at = (sec: number) => new Date((truth.time + sec) * 1000).toISOString();
  const early = await run(data, "--metadata", recordings.metadata, "--to", at(-10));
  assert.equal(early.events.length, 0);
  const later = await harken("process", data, "--metadata", recordings.metadata, "--from", "2030-01-01", "--quiet");
  assert.deepEqual([later.status, later.stderr.split(":")[0]], [3, "NOTHING_IN_WINDOW"]);
});

test("few samples held, many stations in parts, any number of workers: the same result", async () => {
  const options = { metadata: [recordings.metadata], from: null, to: null, model: "ak135", quiet: true } as const;
  const whole = await processFiles([data], { ...options, workers: 1 });
  const parts = await processFiles([data], { ...options, workers: 1, heldSamples: 200_000 });
  const tiny = await processFiles([data], { ...options, workers: 2, heldSamples: 1 });
  assert.ok(whole.bulletin.arrivals.length > 10);
  assert.deepEqual(parts, whole);
  assert.deepEqual(tiny, whole);
});

test("refusals have a code, a sentence, advice, and an exit status of their own", async () => {
  const empty = join(folder, "empty");
  mkdirSync(empty);
  const texts = join(folder, "texts");
  mkdirSync(texts);
  writeFileSync(join(texts, "a.txt"), "text");
  const cases: [string[], number, RegExp][] = [
    [["process", join(folder, "none")], 2, /^NOT_FOUND: There is no file or folder .*none/],
    [["process", empty], 2, /^NOTHING_TO_READ: /],
    [["process", texts], 3, /^NO_WAVEFORMS: None of the files read \(1\) holds a waveform.*harken inspect/],
    [["process", data], 3, /^NO_STATION: .*IM\.FINES.*--metadata/],
    [["process", data, "--metadata", join(folder, "none.xml")], 2, /^NOT_FOUND: /],
    [["process", data, "--from", "yesterday"], 2, /^BAD_OPTION: --from cannot be yesterday\. Write a time as/],
    [["process", data, "--model", "jb"], 2, /^BAD_OPTION: .*ak135 and iasp91/],
    [["process", data, "--workers", "0"], 2, /^BAD_OPTION: --workers cannot be 0\. Give a number/],
    [["process"], 2, /missing required argument/],
    [["process", data, "--nonsense"], 2, /unknown option/],
    [["nonsense"], 2, /unknown command/],
    [["process", data, "--metadata", recordings.metadata, "--out", join(texts, "a.txt")], 4, /^NOT_WRITABLE: /],
  ];
  for (const [args, status, words] of cases) {
    const ran = await harken(...args, ...(args[0] === "process" ? ["--quiet"] : []));
    assert.equal(ran.status, status, `${args.join(" ")}: ${ran.stderr}`);
    assert.match(ran.stderr, words);
    assert.equal(ran.stdout, "");
    assert.doesNotMatch(ran.stderr, /\n {4}at /, "no stack trace");
  }
});

test("what an FDSN server holds is fetched and processed as the same files are", async (t) => {
  const start = decodeMiniSeed2(readFileSync(recordings.files[0]!)).items[0]!.startTime;
  // Everything in the first hour that is asked for.
  const server = createServer((request, response) => {
    let form = "";
    request.on("data", (chunk) => (form += chunk));
    request.on("end", () => {
      if (request.url === "/fdsnws/station/1/query") response.end(readFileSync(recordings.metadata));
      else if (form.includes(isoTime(start, 6).slice(0, -1)))
        response.end(Buffer.concat(recordings.files.map((file) => readFileSync(file))));
      else response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  t.after(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const window = ["--from", isoTime(start, 0), "--to", isoTime(start + 7200, 0)];
  const kept = join(folder, "fetched");
  const run = await harken(
    "process",
    "--fdsn",
    address,
    "--channels",
    "*.*.*.*",
    ...window,
    "--fetched",
    kept,
    "--json",
  );
  assert.equal(run.status, 0, run.stderr);
  assert.equal(readdirSync(kept).length, 2);
  const direct = await harken("process", data, "--metadata", recordings.metadata, ...window, "--json", "--quiet");
  const [ours, theirs] = [run, direct].map(({ stdout }) => (JSON.parse(stdout) as Json).events);
  assert.ok(ours!.length > 0);
  assert.deepEqual(ours, theirs);

  const away = await harken("process", "--fdsn", "http://127.0.0.1:9", "--channels", "IU.*.*.BHZ", ...window);
  assert.equal(away.status, 4);
  assert.match(away.stderr, /The FDSN server http:\/\/127.0.0.1:9 cannot be reached[\s\S]+way to the internet/);
  const unsaid = await harken("process", "--fdsn", address, ...window);
  assert.equal(unsaid.status, 2);
  assert.match(unsaid.stderr, /--channels/);
});
