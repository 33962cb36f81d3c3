/** The FDSN web services over an archive of known samples: the conformance addresses of a public centre (GeoNet), and each answer against the truth. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { type ChannelId, channelKey, endTime, parseTime, type Station, type WaveformSegment } from "@harken/core";
import { decodeMiniSeed2, decodeQuakeMl, decodeStationXml } from "@harken/formats";
import { openArchive, openStore, putArrivals, putEvents, putPieces, putStations, type Store } from "@harken/store";
import { referenceTest } from "@harken/testing";
import { type FastifyInstance, fastify } from "fastify";
import { arrivals, event, stations as places, stamp } from "../http/testRows.ts";
import { serveFdsn } from "./service.ts";

const T0 = parseTime("2018-05-15T23:40:00Z")!;
const RATE = 20;
const NAMES = [
  ...["WEL.10.HHZ", "WEL.20.BNZ", "RBCT.30.HDF", "RBCT.40.LTZ", "RBCT.40.BTZ"],
  ...["ABAZ.10.EHZ", "PREZ.31.HHZ", "INZ.10.HHZ", "GAP..BHZ"],
];
const channels = NAMES.map((name): ChannelId => {
  const [station, location, channel] = name.split(".") as [string, string, string];
  return { network: "NZ", station, location, channel };
});
const truth = (n: number) => ((n * 7919) % 20_011) - 10_000;
/** Half an hour from T0 over midnight, so in two pieces; of GAP one minute, then a minute without, then five. */
const segmentOf = (channel: ChannelId, from: number, to: number): WaveformSegment => ({
  ...{ channel, startTime: T0 + from / RATE, sampleRateHz: RATE },
  samples: Int32Array.from({ length: to - from }, (_, i) => truth(from + i)),
});
const segments = channels.flatMap((channel) =>
  channel.station === "GAP"
    ? [segmentOf(channel, 0, 60 * RATE), segmentOf(channel, 120 * RATE, 420 * RATE)]
    : [segmentOf(channel, 0, 1800 * RATE)],
);
const inventory: Station[] = channels.map((id) => ({
  ...places[0]!,
  ...{ code: id.station, network: "NZ", latitudeDeg: -41.3, longitudeDeg: 174.8 },
  channels: [{ ...places[0]!.channels[0]!, id, latitudeDeg: -41.3, longitudeDeg: 174.8 }],
}));

let folder: string;
let store: Store;
let server: FastifyInstance;
const logged: { code?: string }[] = [];
const logger = { error: (line: { code?: string }) => void logged.push(line) };

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "harken-fdsn-"));
  store = await openStore({ file: ":memory:" });
  const archive = openArchive(folder);
  const pieces = await archive.append(segments);
  await store.transaction(async (writer) => {
    await putStations(writer, places, stamp);
    await putPieces(writer, pieces, stamp);
    await putArrivals(writer, arrivals, stamp);
    await putEvents(writer, "SEL1", [event], stamp);
  });
  server = fastify({ forceCloseConnections: true });
  await serveFdsn(server, { store, archive, list: "SEL1", stations: () => inventory, clock: () => stamp.now, logger });
});
after(async () => {
  await server.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const get = (url: string) => server.inject(`/fdsnws/${url}`);
const post = (service: string, body: string) =>
  server.inject({
    ...{ method: "POST", url: `/fdsnws/${service}`, payload: body },
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
const decoded = (bytes: Buffer) => {
  const { items, problems } = decodeMiniSeed2(new Uint8Array(bytes));
  assert.deepEqual(problems, []);
  return items;
};
/** Every sample stands at its time, `from` to `to`, seconds after T0, both with theirs. */
function assertSamples(items: readonly WaveformSegment[], name: string, from: number, to: number): void {
  const own = items.filter(({ channel }) => channelKey(channel) === `NZ.${name}`);
  const values = own.flatMap(({ samples }) => [...samples]);
  assert.deepEqual(
    values,
    Array.from({ length: Math.round((to - from) * RATE) + 1 }, (_, i) => truth(from * RATE + i)),
    name,
  );
  assert.equal(own[0]!.startTime, T0 + from);
  assert.ok(Math.abs(endTime(own.at(-1)!) - (T0 + to)) < 1e-4);
}

referenceTest(
  "GeoNet's conformance addresses are answered with the codes that they expect",
  ["formats/fdsn/fdsn-test-urls.txt"],
  async (_, [path]) => {
    const text = readFileSync(path!, "utf8");
    const lists = new Map([...text.matchAll(/^#\s*(List\d)=\s*(.*)$/gm)].map(([, name, list]) => [name!, list!]));
    const lines = text.split("\n").filter((line) => line.startsWith("https://"));
    assert.ok(lines.length > 30);
    for (const line of lines) {
      const [address, code = "200"] = line.split(";;") as [string, string?];
      const url = address
        .replace(/^https:\/\/[^/]+\/fdsnws\//, "")
        .replace(/\$\{(List\d)\}/, (_, name: string) => lists.get(name)!.replaceAll(" ", ""));
      const answer = await get(url);
      assert.equal(answer.statusCode, Number(code), address);
      if (code !== "200") continue;
      const items = decoded(answer.rawPayload);
      assert.ok(items.length > 0);
      for (const { channel, startTime, samples } of items) {
        assert.equal(startTime, T0 + 300, channelKey(channel));
        assert.equal(samples.length, 10 * RATE + 1);
      }
    }
  },
);

test("dataselect gives every sample of the window, at its time, over midnight", async () => {
  const answer = await get(
    "dataselect/1/query?net=NZ&sta=WEL&loc=10&cha=HHZ&start=2018-05-15T23:45:00&end=2018-05-16T00:05:00",
  );
  assert.equal(answer.headers["content-type"], "application/vnd.fdsn.mseed");
  assertSamples(decoded(answer.rawPayload), "WEL.10.HHZ", 300, 1500);
  const whole = await get("dataselect/1/query?sta=WEL&cha=BNZ&start=2018-05-15&end=2018-05-17");
  assertSamples(decoded(whole.rawPayload), "WEL.20.BNZ", 0, 1800 - 1 / RATE);
});

test("a form asks for many channels and times at once", async () => {
  const answer = await post(
    "dataselect/1/query",
    [
      "quality=B\nnodata=404",
      "NZ WEL 10 HHZ 2018-05-15T23:41:00 2018-05-15T23:42:00",
      "NZ GAP -- * 2018-05-15T23:40:10 2018-05-15T23:40:20",
      "NZ NONE * * 2018-05-15T23:40:10 2018-05-15T23:40:20",
      "",
    ].join("\n"),
  );
  assert.equal(answer.statusCode, 200, answer.body);
  const items = decoded(answer.rawPayload);
  assertSamples(items, "WEL.10.HHZ", 60, 120);
  assertSamples(items, "GAP..BHZ", 10, 20);
  assert.equal(new Set(items.map(({ channel }) => channelKey(channel))).size, 2);
});

test("stretches are chosen by their length", async () => {
  const window = "dataselect/1/query?sta=GAP&start=2018-05-15&end=2018-05-16";
  assert.equal(decoded((await get(window)).rawPayload).length, 2);
  assertSamples(decoded((await get(`${window}&longestonly=true`)).rawPayload), "GAP..BHZ", 120, 420 - 1 / RATE);
  assertSamples(decoded((await get(`${window}&minimumlength=100`)).rawPayload), "GAP..BHZ", 120, 420 - 1 / RATE);
  assert.equal((await get(`${window}&minimumlength=1000`)).statusCode, 204);
});

test("refusals have the standard's codes and body", async () => {
  const window = "start=2018-05-15T23:45:00&end=2018-05-15T23:45:10";
  for (const [url, code] of [
    [`dataselect/1/query?sta=NONE&${window}`, 204],
    [`dataselect/1/query?sta=NONE&nodata=404&${window}`, 404],
    [`dataselect/1/query?sta=WEL&quality=Q&${window}`, 204],
    ["dataselect/1/query?sta=WEL", 400],
    ["dataselect/1/query?sta=WEL&start=2018-05-15T23:45:10&end=2018-05-15T23:45:00", 400],
    ["dataselect/1/query?sta=WEL&start=yesterday&end=2018-05-15T23:45:00", 400],
    [`dataselect/1/query?sta=WEL&station=WEL&${window}`, 400],
    [`dataselect/1/query?sta=W;L&${window}`, 400],
    [`dataselect/1/query?colour=red&${window}`, 400],
    [`dataselect/1/query?format=sac&${window}`, 400],
    [`dataselect/1/query?minimumlength=-1&${window}`, 400],
    ["station/1/query?level=response&format=text", 400],
    ["station/1/query?latitude=3", 400],
    ["event/1/query?minmagnitude=strong", 400],
    ["availability/1/query?merge=everything", 400],
    ["availability/1/query?sta=NONE", 204],
  ] as const) {
    const answer = await get(url);
    assert.equal(answer.statusCode, code, url);
    if (code === 204) assert.equal(answer.body, "");
    else
      assert.match(
        answer.body,
        /^Error \d{3}: [\s\S]+Usage details are available from \/fdsnws\/\w+\/1\/application.wadl[\s\S]+Request:\n[\s\S]+Request Submitted:\n[\s\S]+Service version:\n\d/,
      );
  }
  assert.equal((await post("dataselect/1/query", "quality=B\n")).statusCode, 400);
  assert.equal((await post("dataselect/1/query", "NZ WEL 10 HHZ 2018-05-15T23:45:00\n")).statusCode, 400);
  assert.equal((await post("dataselect/1/query", "x".repeat(600_000))).statusCode, 413);
  const many = "NZ WEL 10 HHZ 2018-05-15T23:45:00 2018-05-15T23:45:10\n".repeat(5_001);
  assert.equal((await post("dataselect/1/query", many)).statusCode, 413);
  const long = "* * * * 2018-05-15T23:40:00 2018-05-16T23:40:00\n".repeat(4_000);
  assert.equal((await post("dataselect/1/query", long)).statusCode, 413);
});

test("of changed bytes in the archive nothing is given, and the log says so", async () => {
  const url = "dataselect/1/query?sta=INZ&start=2018-05-15T23:45:00&end=2018-05-16T00:05:00";
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /INZ.*\.\d{3}$/.test(name));
  const [first, second] = files.sort() as [string, string];
  appendFileSync(join(folder, second), "x");
  const whole = await get(url);
  assertSamples(decoded(whole.rawPayload), "INZ.10.HHZ", 300, 1500);
  writeFileSync(join(folder, first), "");
  const failed = await get(url);
  assert.equal(failed.statusCode, 500);
  assert.match(failed.body, /^Error 500: Internal Server Error\n\nThe service has failed/);
  assert.ok(logged.some(({ code }) => code === "fdsn.failed"));
});

test("availability: spans without a gap, and their extent, in each format", async () => {
  const url = "availability/1/query?sta=GAP&start=2018-05-15T23:40:30";
  const lines = (await get(url)).body.split("\n");
  assert.deepEqual(
    lines[0]!.split(/ +/),
    "#Network Station Location Channel Quality SampleRate Earliest Latest".split(" "),
  );
  assert.deepEqual(
    lines.slice(1, -1).map((line) => line.split(/ +/)),
    [
      ["NZ", "GAP", "--", "BHZ", "D", "20.0", "2018-05-15T23:40:30.000000Z", "2018-05-15T23:40:59.950000Z"],
      ["NZ", "GAP", "--", "BHZ", "D", "20.0", "2018-05-15T23:42:00.000000Z", "2018-05-15T23:46:59.950000Z"],
    ],
  );
  const json = (await get(`${url}&format=json`)).json() as { datasources: { timespans: string[][] }[] };
  assert.deepEqual(
    json.datasources[0]!.timespans.map(([from]) => from),
    ["2018-05-15T23:40:30.000000Z", "2018-05-15T23:42:00.000000Z"],
  );
  const geoCsv = (await get(`${url}&format=geocsv`)).body.split("\n");
  assert.equal(geoCsv[0], "#dataset: GeoCSV 2.0");
  assert.equal(geoCsv[5], "NZ|GAP||BHZ|D|20.0|2018-05-15T23:40:30.000000Z|2018-05-15T23:40:59.950000Z");
  // Half an hour in two pieces is one span; a gap of a minute is none where it is merged.
  const whole = (await get("availability/1/query?sta=WEL&cha=HHZ&format=request")).body;
  assert.equal(whole, "NZ WEL 10 HHZ 2018-05-15T23:40:00.000000Z 2018-05-16T00:09:59.950000Z\n");
  assert.equal((await get(`${url}&mergegaps=61&format=request`)).body.trim().split("\n").length, 1);
  const extent = (await get("availability/1/extent?sta=GAP&format=json")).json() as { datasources: object[] };
  assert.deepEqual(extent.datasources, [
    {
      ...{ network: "NZ", station: "GAP", location: "", channel: "BHZ", quality: "D", samplerate: 20 },
      ...{ earliest: "2018-05-15T23:40:00.000000Z", latest: "2018-05-15T23:46:59.950000Z" },
      ...{ updated: "2023-11-14T22:13:20Z", timespanCount: 2, restriction: "OPEN" },
    },
  ]);
  // What availability says is a form for dataselect.
  const asked = await post("dataselect/1/query", (await get("availability/1/extent?sta=WEL&format=request")).body);
  assert.equal(new Set(decoded(asked.rawPayload).map(({ channel }) => channelKey(channel))).size, 2);
});

test("station: the inventory at each depth, and by place", async () => {
  const xml = (await get("station/1/query?sta=WEL&level=channel")).rawPayload;
  const ids = decodeStationXml(new Uint8Array(xml)).channels.map(({ id }) => channelKey(id));
  assert.deepEqual(ids.sort(), ["NZ.WEL.10.HHZ", "NZ.WEL.20.BNZ"]);
  const rows = (await get("station/1/query?sta=GAP&format=text")).body.trim().split("\n");
  assert.equal(rows[0], "#Network|Station|Latitude|Longitude|Elevation|SiteName|StartTime|EndTime");
  assert.equal(rows[1], "NZ|GAP|-41.3|174.8|500|Station 0||");
  assert.equal((await get("station/1/query?maxlat=-42")).statusCode, 204);
  assert.equal((await get("station/1/query?lat=-41&lon=175&maxradius=1")).statusCode, 200);
  assert.equal((await get("station/1/query?lat=41&lon=175&maxradius=1")).statusCode, 204);
  assert.equal((await get("station/1/query?matchtimeseries=true&start=2019-01-01")).statusCode, 204);
});

test("event: a bulletin by time, place and size", async () => {
  const { bulletin } = decodeQuakeMl(new Uint8Array((await get("event/1/query?includearrivals=true")).rawPayload));
  assert.equal(bulletin.events[0]!.origins.length, 1);
  assert.equal(bulletin.events[0]!.origins[0]!.associations.length, 3);
  const rows = (await get("event/1/query?format=text&minmag=4&start=2023-11-14&end=2023-11-15")).body.split("\n");
  assert.match(rows[1]!, /^SEL1-\S+\|2023-11-14T22:13:20.000\|5\|25\|0\|test\|SEL1\|\|SEL1-\S+\|mb\|4.2\|test\|\S/);
  for (const query of ["minmag=5", "maxlat=4", "mindepth=1", "start=2024-01-01", "catalog=REB", "magtype=Ms"])
    assert.equal((await get(`event/1/query?${query}`)).statusCode, 204, query);
});

test("each service tells its version and describes itself", async () => {
  for (const name of ["dataselect", "availability", "station", "event"]) {
    assert.match((await get(`${name}/1/version`)).body, /^\d+\.\d+\.\d+\n$/);
    const wadl = (await get(`${name}/1/application.wadl`)).body;
    assert.match(wadl, /<param name="starttime" style="query" type="xs:dateTime">/);
  }
});

test("seisplotjs, which is not ours, finds what there is and reads it back sample by sample", {
  timeout: 60_000,
}, async (t) => {
  if (!existsSync(join(import.meta.dirname, "../../node_modules/seisplotjs")))
    return t.skip("seisplotjs is not installed: npm install");
  const { port } = new URL(await server.listen({ host: "127.0.0.1", port: 0 }));
  const program = join(import.meta.dirname, "../testdata/seisplotjsClient.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [program, port, "GAP"]);
  const { version, channels: read } = JSON.parse(stdout.trim().split("\n").at(-1)!) as {
    version: string;
    channels: { codes: string; segments: { startTime: number; sampleRateHz: number; samples: number[] }[] }[];
  };
  assert.equal(version, "1.1.1");
  assert.ok(read.every(({ codes }) => codes === "NZ.GAP..BHZ"));
  const all = read.flatMap((channel) => channel.segments);
  assert.deepEqual(
    all.map(({ startTime, sampleRateHz, samples }) => [startTime, sampleRateHz, samples]),
    segments
      .filter(({ channel }) => channel.station === "GAP")
      .map(({ startTime, samples }) => [startTime, RATE, [...samples]]),
  );
});
