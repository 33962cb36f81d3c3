/** Every route of the contract, answered by a centre with a few rows in it, checked against the contract's own schemas. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import {
  type ConcentrationSeries,
  createClient,
  decodeTile,
  ErrorBody,
  type FieldList,
  type ResponseLike,
  type RouteDefinition,
  type RunRequest,
  readStreamMessage,
  routes,
  type StreamMessage,
} from "@harken/api";
import { fieldName } from "@harken/atmosphere";
import { azimuthDifference, isoTime, type LaboratoryReport } from "@harken/core";
import { decodeImsMessages, decodeSampleReports, defaultEnvironment, encodeLaboratoryReport } from "@harken/formats";
import {
  createLocalBus,
  issueDelivery,
  loadSubscriptions,
  openArchive,
  openStore,
  putArrivals,
  putEvents,
  putPieces,
  putStations,
  putSubscription,
  type Store,
  settleDelivery,
} from "@harken/store";
import { testWeather } from "@harken/testing";
import { pino } from "pino";
import { Errors } from "typebox/value";
import { storable } from "../delivery/collect.ts";
import { centerErrors } from "../errors.ts";
import { type Exchange, openExchange } from "../exchange/open.ts";
import { createPeople } from "../people/people.ts";
import { demoMessages } from "../radionuclide/demoMessages.ts";
import { createLaboratoryDesk } from "../radionuclide/laboratoryDesk.ts";
import { createSampleDesk } from "../radionuclide/sampleDesk.ts";
import { centerRecipe } from "../recipe.ts";
import { createReview } from "../review/review.ts";
import { openFieldStore } from "../transport/fieldStore.ts";
import { openRunDesk, type RunDesk } from "../transport/runDesk.ts";
import { createWorkerPool, type WorkerPool } from "../workerPool.ts";
import { createHandlers } from "./handlers.ts";
import { createServer, type HttpServer } from "./server.ts";
import { array, recordings, wave } from "./testArray.ts";
import { arrivals, event, stamp, stations, status, T0 } from "./testRows.ts";
import { createTruthComparison } from "./truth.ts";

let folder: string;
let store: Store;
let pool: WorkerPool;
let http: HttpServer;
let runs: RunDesk;
let exchange: Exchange;
const bus = createLocalBus();
const analyst = "Ana Lyst";
const password = "a long enough password";

/** Of the made-up filter station's day before T0, its sampling as the messages have it. */
const sampleStop = Math.floor(T0 / 86_400) * 86_400;
const fieldKey = `${fieldName("SIM02", sampleStop)}.XMPL`;
const srsDate = (time: number) => isoTime(time, 0).slice(0, 10).replaceAll("-", "");
const release: RunRequest = {
  ...{ direction: "forward", station: "SIM02", latitudeDeg: 10, longitudeDeg: 20, from: sampleStop - 86_400 },
  ...{ to: sampleStop - 80_000, days: 0.5, particles: 200, species: "Xe-133", amountBq: 1e12 },
};
const cutRun = "SIM09.2023010100.HRKN.forward";
const doneRun = "SIM09.2023010200.HRKN.forward";
const fieldText = [
  `10.00 20.00 ${srsDate(sampleStop - 86_400)} 0 ${srsDate(sampleStop)} 0 1.3E+15 24 3 3 1.00 1.00 "SIM02"`,
  "  10.50   20.50    0    1.30000E+00",
  "  11.50   20.50    1    2.60000E+00",
  "",
].join("\n");

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "harken-http-"));
  store = await openStore({ file: ":memory:" });
  // A 1 Hz sine of amplitude 1000 on an offset of 5000, with a gap from 300 to 400 s.
  const sine = (startTime: number) => ({
    channel: stations[0]!.channels[0]!.id,
    startTime,
    sampleRateHz: 20,
    samples: Int32Array.from({ length: 6000 }, (_, i) => Math.round(5000 + 1000 * Math.sin((2 * Math.PI * i) / 20))),
  });
  const pieces = await openArchive(join(folder, "archive")).append([sine(T0), sine(T0 + 400), ...recordings()]);
  const network = [...stations, array];
  await store.transaction(async (writer) => {
    await putStations(writer, network, stamp);
    await putPieces(writer, pieces, stamp);
    await putArrivals(writer, arrivals, stamp);
    await putEvents(writer, "SEL1", [event], stamp);
  });
  pool = createWorkerPool({ archiveRoot: join(folder, "archive"), earthModel: "ak135", world: null }, 1);
  const pages = join(folder, "pages");
  writeFileSync(join(folder, "secret.txt"), "secret");
  mkdirSync(join(pages, "assets"), { recursive: true });
  writeFileSync(join(pages, "index.html"), "<title>the application</title>");
  writeFileSync(join(pages, "assets", "app-1234.js"), "let a;");
  const truth = createTruthComparison({ store, world: null, list: "SEL1", processedTo: () => null });
  const review = createReview({
    ...{ store, pool, bus, recipe: centerRecipe, runId: stamp.runId, clock: () => stamp.now },
    stations: () => network,
  });
  const samples = createSampleDesk({ store, bus, runId: stamp.runId, clock: () => stamp.now, analyse: pool.sample });
  const laboratories = createLaboratoryDesk({ store, runId: stamp.runId, clock: () => stamp.now });
  for (const message of demoMessages(1, T0, 1)) await samples.take(new TextEncoder().encode(message));
  const fieldsFolder = join(folder, "fields");
  const fields = await openFieldStore(fieldsFolder);
  writeFileSync(join(fieldsFolder, `${fieldKey}.srs`), fieldText);
  writeFileSync(
    join(fieldsFolder, `${fieldName("ZZZ01", sampleStop)}.OTHR.txt.gz`),
    gzipSync(fieldText.replace("SIM02", "ZZZ01")),
  );
  writeFileSync(join(fieldsFolder, "damaged.srs"), `${fieldText}not a row\n`);
  writeFileSync(
    join(fieldsFolder, "samples.csv"),
    `station,lat,lon,sample_start,sample_stop,conc_Bq_m3\nZZZ01,10,20,${isoTime(sampleStop - 86_400, 0)},${isoTime(sampleStop, 0)},0.5\n`,
  );
  const weatherFolder = join(folder, "weather");
  mkdirSync(weatherFolder);
  writeFileSync(
    join(weatherFolder, "weather.nc"),
    testWeather({ times: Array.from({ length: 5 }, (_, k) => sampleStop - 86_400 + 21_600 * k) }),
  );
  // A run of an earlier session, and one that was finished.
  const runsFolder = join(folder, "runs");
  mkdirSync(runsFolder);
  for (const [key, state] of [
    [cutRun, "running"],
    [doneRun, "finished"],
  ] as const)
    writeFileSync(
      join(runsFolder, `${key}.json`),
      JSON.stringify({ key, request: release, state, done: 0.5, etaSec: null, message: "" }),
    );
  writeFileSync(join(fieldsFolder, `${doneRun}.nc`), "CDF");
  runs = openRunDesk({
    ...{ folder: runsFolder, weatherFolder, fieldsFolder, threads: 1, logger: pino({ level: "silent" }) },
    clock: () => stamp.now,
  });
  // Open to all, as before the first account; `doors.test.ts` has the centre that asks.
  const accounts = await openStore({ file: ":memory:" });
  const people = { ...createPeople({ store: accounts, clock: () => stamp.now }), areAsked: async () => false };
  await people.add({ name: analyst, role: "analyst", password }, "test");
  // A delivery by file that has arrived.
  await store.transaction(async (writer) => {
    const wish = { account: "", name: "old", product: "BULLETIN", environment: storable(defaultEnvironment) };
    const rest = {
      frequency: "DAILY",
      way: "file",
      target: "",
      endTime: null,
      sendsEmpty: false,
      position: 0,
    } as const;
    const id = await putSubscription(writer, { ...wish, ...rest, nextTime: 1e12 }, stamp.now);
    const [made] = await loadSubscriptions(writer, { id });
    const issue = { message: () => "BEGIN IMS2.0\nSTOP\n", items: 1, position: 1, nextTime: 1e12 };
    await issueDelivery(writer, made!, issue, stamp.now);
    await settleDelivery(writer, 1, { state: "delivered", reason: "", nextTime: stamp.now }, stamp.now);
  });
  exchange = openExchange({
    sources: {
      ...{ store, list: "SEL1", clock: () => stamp.now, stations: () => network },
      archive: openArchive(join(folder, "archive")),
    },
    ...{ settings: { name: "HARKEN" }, logger: pino({ level: "silent" }) },
  });
  const handlers = createHandlers({
    automaticLists: ["SEL1", "SEL3"],
    ...{
      store,
      pool,
      truth,
      review,
      laboratories,
      samples,
      fields,
      runs,
      people,
      clock: () => stamp.now,
      status,
      list: "SEL1",
      version: "0",
      exchange,
    },
    stations: () => network,
  });
  http = await createServer({
    handlers,
    people,
    bus,
    status,
    pages,
    host: "127.0.0.1",
    logger: pino({ level: "silent" }),
    fdsn: {
      ...{ store, list: "SEL1", clock: () => stamp.now, stations: () => network },
      archive: openArchive(join(folder, "archive")),
      logger: pino({ level: "silent" }),
    },
  });
});

after(async () => {
  await exchange.stop();
  await runs.close();
  await http.close();
  await pool.destroy();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

test("a request message is answered with what a mail would bring, reports of samples with it", async () => {
  const lines = [
    "BEGIN IMS2.0",
    "MSG_TYPE REQUEST",
    "MSG_ID 1",
    "TIME 2023/11/01 TO 2023/12/01",
    "ARR",
    "STATION",
    "STOP",
  ];
  const payload = lines.join("\n");
  const answer = await post("/api/v1/messages", payload);
  assert.equal(answer.statusCode, 200);
  const bytes = answer.rawPayload;
  const { items } = decodeImsMessages(bytes);
  const types = items[0]!.sections.map(({ dataType }) => dataType);
  assert.equal(types.at(-1), "STATION");
  assert.ok(types.length > 1 && types.slice(0, -1).every((type) => type === "ARR"), types.join(" "));
  assert.ok(decodeSampleReports(bytes).items.length > 0);
  assert.match((await post("/api/v1/messages", "hello")).body, /ERROR_LOG/);
});

test("the web services of the FDSN stand beside the contract, whose clients hear of them in their own words", async () => {
  const found = await http.server.inject("/fdsnws/station/1/query?station=ST0&format=text&level=channel");
  assert.equal(found.statusCode, 200);
  assert.match(found.body, /^XX\|ST0\|\|BHZ\|0\|20\|500\|0\|0\|-90\|test\|/m);
  assert.match((await http.server.inject("/fdsnws/station/1/query?stations=ST0")).body, /^Error 400: /);
});

const get = (url: string, headers: Record<string, string> = {}) =>
  http.server.inject({ url, headers: { host: "127.0.0.1:8080", ...headers } });

const post = (url: string, body: object | string) =>
  http.server.inject({
    ...{ method: "POST", url, payload: body },
    headers: { host: "127.0.0.1:8080", ...(typeof body === "string" ? { "content-type": "text/plain" } : {}) },
  });

const reviewed = `/api/v1/review/LEB/events/${event.key}/edits`;
/** The keys of the day that `demoMessages` makes before T0. */
const dayBefore = Math.floor(T0 / 86_400 - 1) * 86_400;
const compact = (time: number) => isoTime(time, 1).replaceAll("-", "").replace("T", "-").replace("Z", "");
const filterKey = encodeURIComponent(`SAMPLEPHD.SIM02_001-${compact(dayBefore + 2 * 86_400)}.FULL`);
const gasKey = encodeURIComponent(`SAMPLEPHD.SIM01_001-${compact(dayBefore + 1.2 * 86_400)}.FULL`);
/** A laboratory's report on the filter, of which Be-7 is compared. */
const laboratoryReport: LaboratoryReport = {
  ...{
    messageId: "RLR1",
    laboratory: "ATL03",
    station: "SIM02",
    sampleId: `02${compact(dayBefore).slice(0, 8)}0011`,
    purpose: "level 5",
  },
  ...{ receivedTime: T0, measuredTime: T0 + 86_400, liveSec: 80_000, referenceTime: T0, comment: "" },
  results: [
    {
      ...{ nuclide: "Be-7", activityBq: 100, activityErrorBq: 20, mdcBq: 0.1 },
      ...{ stationBq: null, stationErrorBq: null, zeta: null },
    },
  ],
};

/** In the order of the route table: an interval is opened before its events are edited. */
const questions: Readonly<Record<string, readonly (string | readonly [url: string, body: object | string])[]>> = {
  status: ["/api/v1/status"],
  stations: ["/api/v1/stations"],
  events: [
    "/api/v1/bulletins/SEL1/events",
    `/api/v1/bulletins/SEL1/events?from=${T0}&to=${T0 + 1}&minMagnitude=4.2&limit=5&offset=0`,
    "/api/v1/bulletins/REB/events",
  ],
  bulletinFile: ["/api/v1/bulletins/SEL1.ims", "/api/v1/bulletins/SEL1.xml"],
  event: [`/api/v1/events/${event.key}`],
  predictions: [
    `/api/v1/events/${event.key}/predictions`,
    `/api/v1/events/${event.key}/predictions?phases=P,S,nonsense`,
  ],
  arrivals: ["/api/v1/arrivals", `/api/v1/arrivals?station=ST0&from=${T0}&unassociated=true`],
  waveforms: [`/api/v1/waveforms?channel=XX.ST0..BHZ&from=${T0}&to=${T0 + 700}`],
  slowness: [`/api/v1/slowness?station=ARR&time=${wave.time}&low=1&high=4`],
  truth: ["/api/v1/truth"],
  timetable: ["/api/v1/timetable", `/api/v1/timetable?from=${T0}&to=${T0 + 86_400}`],
  reviewIntervals: ["/api/v1/review/LEB/intervals"],
  openInterval: [["/api/v1/review/LEB/open", { analyst, from: T0 - 10, to: T0 + 3600 }]],
  completeInterval: [["/api/v1/review/LEB/complete", { analyst, from: T0 - 10 }]],
  createEvent: [
    ["/api/v1/review/LEB/events", { analyst, arrivals: [{ key: "ST0-x-3", phase: "P" }], depth: { fixedKm: 10 } }],
  ],
  editEvent: [
    [reviewed, { analyst, expectedVersion: 1, action: { kind: "depth", depth: { fixedKm: 5 } }, comment: "shallow" }],
    [reviewed, { analyst, expectedVersion: 2, action: { kind: "reject" } }],
  ],
  edits: ["/api/v1/review/LEB/edits", `/api/v1/review/LEB/edits?eventKey=${event.key}&limit=1`],
  samples: ["/api/v1/samples", "/api/v1/samples?station=SIM01&dataType=SAMPLEPHD&limit=3"],
  sample: [`/api/v1/samples/${filterKey}`, `/api/v1/samples/${gasKey}`],
  sampleFile: [`/api/v1/samples/${filterKey}/PHD`, `/api/v1/samples/${gasKey}/ARR`],
  editSample: [
    [
      `/api/v1/samples/${filterKey}/edits`,
      { analyst, comment: "", edit: { kind: "removePeak", energyKeV: 1460.8 }, editsSeen: 0 },
    ],
    [`/api/v1/samples/${filterKey}/edits`, { analyst, comment: "no", edit: { kind: "undo" }, editsSeen: 1 }],
  ],
  reviewSample: [
    [
      `/api/v1/samples/${filterKey}/review`,
      { analyst, level: "1", levelReason: "nature alone", comment: "", reviewedVersion: 0 },
    ],
  ],
  releaseSample: [[`/api/v1/samples/${filterKey}/release`, { analyst: "Bo Ss", version: 1 }]],
  reanalyseSample: [
    [
      `/api/v1/samples/${filterKey}/reanalysis`,
      { analyst, reason: "r", coincidences: "corrected", limits: "iso11929", decisionQuantile: 1.645, withEdits: true },
    ],
  ],
  concentrations: ["/api/v1/concentrations?station=SIM02&nuclide=Be-7"],
  fields: ["/api/v1/fields"],
  fieldFile: [`/api/v1/fields/${fieldKey}`],
  xenonRatios: ["/api/v1/xenon-ratios?station=SIM01"],
  controlCharts: ["/api/v1/control-charts", "/api/v1/control-charts?station=SIM02"],
  sampleStatistics: ["/api/v1/sample-statistics"],
  laboratories: ["/api/v1/laboratories"],
  orderLaboratory: [
    [`/api/v1/samples/${filterKey}/laboratory`, { analyst, laboratory: "ATL03", purpose: "level 5", comment: "" }],
  ],
  answerLaboratory: [["/api/v1/laboratories/reports", { analyst, message: encodeLaboratoryReport(laboratoryReport) }]],
  scoreLaboratory: [
    [
      "/api/v1/laboratories/exercises",
      {
        ...{ analyst, exercise: "PTE 1", laboratory: "ATL03", time: T0 },
        reference: [{ nuclide: "Cs-137", activityBq: 10, errorBq: 0.2 }],
        reported: [{ nuclide: "Cs-137", activityBq: 10.4, errorBq: 0.3 }],
      },
    ],
  ],
  session: ["/api/v1/session"],
  signIn: [["/api/v1/session", { name: analyst, password }]],
  signOut: [["/api/v1/session/end", {}]],
  runs: ["/api/v1/runs"],
  startRun: [["/api/v1/runs", release]],
  stopRun: [[`/api/v1/runs/${fieldName("SIM02", sampleStop - 86_400)}.HRKN.forward/stop`, {}]],
  resumeRun: [[`/api/v1/runs/${cutRun}/resume`, {}]],
  plume: [`/api/v1/plumes/${doneRun}`],
  message: [["/api/v1/messages", "BEGIN IMS2.0\nMSG_TYPE REQUEST\nMSG_ID 1\nSTATION\nSTOP\n"]],
  subscribe: [
    [
      "/api/v1/subscriptions",
      {
        ...{ name: "large", product: "BULLETIN", list: "SEL1", frequency: "IMMEDIATE", way: "portal", fromStart: true },
        ...{
          magnitude: { from: 4 },
          latitude: { from: -10, to: 10 },
          longitude: { from: 170, to: -170 },
          stations: "ST0",
        },
      },
    ],
  ],
  subscriptions: ["/api/v1/subscriptions"],
  deliveries: ["/api/v1/subscriptions/1/deliveries"],
  endSubscription: [["/api/v1/subscriptions/1/end", {}]],
  deliveryFile: ["/api/v1/deliveries/1"],
  resendDelivery: [["/api/v1/deliveries/1/resend", {}]],
  openapi: ["/api/v1/openapi.json"],
  metrics: ["/metrics"],
};

for (const [name, route] of Object.entries<RouteDefinition>(routes)) {
  test(`${route.method} ${route.path} answers as the contract says`, async () => {
    assert.ok(questions[name], "no question for this route: add one");
    for (const question of questions[name]) {
      const [url, body] = typeof question === "string" ? [question, null] : question;
      assert.equal(body === null ? "GET" : "POST", route.method);
      const response = body === null ? await get(url) : await post(url, body);
      assert.equal(response.statusCode, 200, `${url}: ${response.body}`);
      if (!route.response) continue;
      const [error] = Errors(route.response, response.json());
      assert.equal(error, undefined, `${url}: ${JSON.stringify(error)}`);
    }
  });
}

const client = createClient("", async (url, { body: sent }): Promise<ResponseLike> => {
  const { statusCode, body, rawPayload } = await (sent === undefined ? get(url) : post(url, JSON.parse(sent)));
  return {
    ok: statusCode < 400,
    status: statusCode,
    text: async () => body,
    json: async () => JSON.parse(body),
    arrayBuffer: async () => Uint8Array.from(rawPayload).buffer,
  };
});

test("the f-k picture has its peak where the wave comes from, a beam steered elsewhere is weaker, and refusals say why", async () => {
  const asked = { station: "ARR", time: wave.time, low: 1, high: 4 };
  const { peak, semblance, gridCount, elements, beam, track } = await client.slowness(asked);
  assert.ok(Math.abs(azimuthDifference(peak.azimuthDeg, wave.azimuthDeg)) < 3 * peak.azimuthErrorDeg!);
  assert.ok(Math.abs(peak.slownessSecPerDeg - wave.slownessSecPerDeg) < 3 * peak.slownessErrorSecPerDeg!);
  assert.deepEqual([semblance.length, elements.length], [gridCount ** 2, 5]);
  assert.ok(track.length > 20 && beam.samples.length === 60 * beam.sampleRateHz);
  const most = (samples: readonly number[]) => Math.max(...samples.map(Math.abs));
  const aside = await client.slowness({ ...asked, north: -30, east: 10 });
  assert.ok(most(beam.samples) > 1.3 * most(aside.beam.samples));
  await assert.rejects(client.slowness({ ...asked, station: "NONE" }), { code: "NO_STATION", status: 404 });
  await assert.rejects(client.slowness({ ...asked, station: "ST0" }), { code: "NO_PICTURE", status: 409 });
  await assert.rejects(client.slowness({ ...asked, time: T0 + 9000 }), { code: "NO_PICTURE" });
  await assert.rejects(client.slowness({ ...asked, high: 0.5 }), { code: "NO_PICTURE" });
  await assert.rejects(client.slowness({ ...asked, high: 12 }), { code: "NO_PICTURE" });
  await assert.rejects(client.slowness({ ...asked, length: 1e6 }), { code: "BAD_REQUEST", status: 400 });
});

test("an analyst's pick has the direction, the amplitude and the SNR of the waves at it; a moved one keeps its direction", async () => {
  const { events } = await client.createEvent("LEB", { analyst, arrivals: [{ key: "ST0-x-0", phase: "P" }] });
  const { key, version } = events[0]!;
  const picked = { kind: "pick", station: "ARR", channel: "XX.AR0..SHZ", time: wave.time, timeErrorSec: 0.2 } as const;
  const heldBy = async (action: Parameters<typeof client.editEvent>[2]["action"], expectedVersion: number) => {
    const result = await client.editEvent("LEB", key, { analyst, expectedVersion, action });
    const own = result.events[0]!.origins[0]!.associations;
    return own.find(({ station }) => station === "ARR")!.arrival!;
  };
  const arrival = await heldBy({ ...picked, phase: "P" }, version);
  assert.ok(Math.abs(azimuthDifference(arrival.azimuthDeg!, wave.azimuthDeg)) < 3 * arrival.azimuthErrorDeg!);
  assert.ok(Math.abs(arrival.slownessSecPerDeg! - wave.slownessSecPerDeg) < 1);
  assert.ok(arrival.snr! > 4);
  assert.ok(arrival.amplitudes.some(({ type, amplitude }) => type === "A5/2" && amplitude > 0));
  const retime = { kind: "retime", arrivalKey: arrival.key, time: wave.time + 0.3, timeErrorSec: 0.2 } as const;
  const moved = await heldBy(retime, version + 1);
  assert.equal(moved.azimuthDeg, arrival.azimuthDeg);
  assert.equal(moved.time, wave.time + 0.3);

  const direction = { azimuthDeg: 300, azimuthErrorDeg: 4, slownessSecPerDeg: 9.5, slownessErrorSecPerDeg: 0.4 };
  const given = { kind: "direction", arrivalKey: moved.key, ...direction, fStatistic: 33 } as const;
  const told = await heldBy(given, version + 2);
  const { key: fresh, author, azimuthDeg, slownessSecPerDeg, fkQuality, snr, time } = told;
  assert.deepEqual(
    [author, azimuthDeg, slownessSecPerDeg, fkQuality, snr, time],
    [analyst, 300, 9.5, 33, moved.snr, moved.time],
  );
  assert.notEqual(fresh, moved.key);
  const shown = (await client.arrivals({ station: "ARR", list: "LEB" })).arrivals.map((one) => one.key);
  assert.deepEqual(shown, [fresh], "those that it replaces are set aside");
  const [edit] = (await client.edits("LEB", { eventKey: key })).edits;
  assert.equal(edit!.detail, "ARR P given 300.0 deg, 9.50 s/deg");
  const back = await heldBy({ kind: "restore", version: version + 2 }, version + 3);
  assert.equal(back.key, moved.key);
});

test("source-receptor fields: what a sample's report measured stands beside the field, what a table says as well; a damaged file is named", async () => {
  const { fields, refused } = (await get("/api/v1/fields")).json() as FieldList;
  assert.deepEqual(
    fields.map(({ key, centre, entries }) => [key, centre, entries]),
    [
      [fieldKey, "XMPL", 2],
      [`${fieldName("ZZZ01", sampleStop)}.OTHR`, "OTHR", 2],
    ],
  );
  assert.equal(fields[0]!.sampleKey, decodeURIComponent(filterKey));
  // The report has micro-becquerel.
  const { points } = (await get("/api/v1/concentrations?station=SIM02&nuclide=Be-7")).json() as ConcentrationSeries;
  const beryllium = fields[0]!.measured.find(({ nuclide }) => nuclide === "Be-7")!;
  assert.ok(Math.abs(beryllium.bqPerM3 / (1e-6 * points[0]!.concentration!) - 1) < 1e-9 && beryllium.bqPerM3 > 1e-4);
  assert.equal(fields[0]!.measured.find(({ nuclide }) => nuclide === "Cs-137")!.bqPerM3, 0);
  assert.deepEqual(fields[1]!.measured, [{ nuclide: null, bqPerM3: 0.5, uncertaintyBqPerM3: 0, mdcBqPerM3: null }]);
  assert.deepEqual([refused.length, refused[0]!.file], [1, "damaged.srs"]);
  assert.match(refused[0]!.reason, /line 4/);
  const other = await get(`/api/v1/fields/${fields[1]!.key}`);
  assert.equal(other.body, fieldText.replace("SIM02", "ZZZ01"));
});

test("the typed client reads the same: event with arrivals and reasons, unassociated arrival, predictions", async () => {
  const { total, events } = await client.events("SEL1");
  assert.deepEqual(
    [total, events[0]!.key, events[0]!.semiMajorKm, events[0]!.magnitudes[0]!.value],
    [1, event.key, 20, 4.2],
  );
  const detail = await client.event(event.key);
  assert.deepEqual(
    detail.origins.map(({ preferred, depthType }) => [preferred, depthType]),
    [
      [true, "surface"],
      [false, "free"],
    ],
  );
  assert.equal(detail.origins[0]!.associations[0]!.arrival?.firstMotion, "c");
  assert.equal(detail.origins[0]!.magnitudes[0]!.stations[0]!.reason, "too near");
  const unassociated = await client.arrivals({ unassociated: true });
  assert.deepEqual(
    unassociated.arrivals.map(({ key, eventKey }) => [key, eventKey]),
    [["ST0-x-3", null]],
  );
  assert.equal((await client.arrivals({ limit: 1 })).arrivals[0]!.eventKey, event.key);
  const { predictions } = await client.predictions(event.key, { phases: "P,S" });
  assert.deepEqual([...new Set(predictions.map(({ station }) => station))].sort(), ["ARR", "ST0", "ST1", "ST2"]);
  assert.ok(predictions.every(({ time }) => time > T0));
  await assert.rejects(client.event("none"), { code: "NO_EVENT", status: 404 });
});

test("tiles: offset and amplitude of a known sine, the gap, a band pass that removes the offset, and the samples", async () => {
  const ask = async (query: string) => {
    const response = await get(`/api/v1/waveforms?channel=XX.ST0..BHZ&${query}`);
    assert.equal(response.statusCode, 200, response.body);
    return decodeTile(response.rawPayload).items[0]!;
  };
  const plain = await ask(`from=${T0}&to=${T0 + 700}&columns=70`);
  assert.ok(plain.kind === "envelope" && plain.columns.length === 140);
  const value = (quantised: number) => plain.offset + plain.scale * quantised;
  assert.ok(Math.abs(value(plain.columns[0]!) - 4000) < 1 && Math.abs(value(plain.columns[1]!) - 6000) < 1);
  for (let column = 0; column < 70; column++)
    assert.equal(plain.columns[2 * column] === -32768, column >= 30 && column < 40, `column ${column}`);
  const filtered = await ask(`from=${T0 + 100}&to=${T0 + 200}&columns=10&filter=bp:0.5-4`);
  assert.ok(filtered.kind === "envelope");
  const [low, high] = [0, 1].map((i) => filtered.offset + filtered.scale * filtered.columns[10 + i]!) as [
    number,
    number,
  ];
  assert.ok(Math.abs(low + 1000) < 30 && Math.abs(high - 1000) < 30, `${low} to ${high}`);
  const samples = await ask(`from=${T0 + 299}&to=${T0 + 401}&samples=1`);
  assert.ok(samples.kind === "samples");
  assert.deepEqual(
    samples.segments.map(({ startTime, samples: list }) => [startTime - T0, list.length, list[5]]),
    [
      [299, 20, 6000],
      [400, 20, 6000],
    ],
  );
});

test("refusals carry code, sentence and advice, with the registry's status", async () => {
  const refused: [string, keyof typeof centerErrors.definitions][] = [
    ["/api/v1/none", "NO_ROUTE"],
    ["/api/v1/bulletins/sel1/events", "BAD_REQUEST"],
    ["/api/v1/bulletins/SEL1.exe", "BAD_REQUEST"],
    ["/api/v1/bulletins/SEL1/events?limit=0", "BAD_REQUEST"],
    ["/api/v1/bulletins/SEL1/events?from=yesterday", "BAD_REQUEST"],
    [`/api/v1/events/${"x".repeat(150)}`, "BAD_REQUEST"],
    ["/api/v1/events/none", "NO_EVENT"],
    ["/api/v1/events/none/predictions", "NO_EVENT"],
    ["/api/v1/samples/none", "NO_SAMPLE"],
    ["/api/v1/fields/..%2Fsecret", "NO_FIELD"],
    ["/api/v1/plumes/..%2Fsecret", "NO_RUN"],
    [`/api/v1/samples/${gasKey}/RRR`, "NO_SAMPLE"],
    [`/api/v1/samples/${gasKey}/EXE`, "BAD_REQUEST"],
    ["/api/v1/waveforms", "BAD_REQUEST"],
    ["/api/v1/waveforms?channel=XX.NONE..BHZ&from=0&to=1", "NO_CHANNEL"],
    ["/api/v1/waveforms?channel=XX.ST0..BHZ&from=5&to=5", "BAD_WINDOW"],
    ["/api/v1/waveforms?channel=XX.ST0..BHZ&from=0&to=1e9", "BAD_WINDOW"],
    ["/api/v1/waveforms?channel=XX.ST0..BHZ&from=0&to=600000&samples=1", "BAD_WINDOW"],
    ["/api/v1/waveforms?channel=XX.ST0..BHZ&from=0&to=9&filter=bp:4-2", "BAD_FILTER"],
    ["/api/v1/waveforms?channel=XX.ST0..BHZ&from=0&to=9&filter=bp:1-10", "BAD_FILTER"],
    ["/api/v1/waveforms?channel=XX.ST0..BHZ&from=0&to=9&filter=hp:1", "BAD_REQUEST"],
    ["/../secret.txt", "NO_ROUTE"],
    ["/%2e%2e/secret.txt", "NO_ROUTE"],
  ];
  const edit = { analyst, expectedVersion: 1, action: { kind: "reject" } };
  const refusedPosts: [string, object, keyof typeof centerErrors.definitions][] = [
    ["/api/v1/review/SEL1/open", { analyst, from: 0, to: 1 }, "NOT_REVIEWED"],
    ["/api/v1/review/LEB/open", { analyst, from: 1, to: 1 }, "BAD_WINDOW"],
    ["/api/v1/review/LEB/open", { analyst: " ", from: 0, to: 1 }, "BAD_REQUEST"],
    ["/api/v1/review/LEB/open", { analyst, from: T0, to: T0 + 10 }, "OVERLAP"],
    ["/api/v1/review/LEB/complete", { analyst, from: 7 }, "NOT_OPEN"],
    ["/api/v1/review/LEB/events", { analyst, arrivals: [{ key: "none", phase: "P" }] }, "NO_ARRIVAL"],
    ["/api/v1/samples/none/release", { analyst, version: 1 }, "NO_SAMPLE"],
    ["/api/v1/samples/none/review", { analyst, level: "9" }, "BAD_REQUEST"],
    [reviewed, { ...edit, action: { kind: "explode" } }, "BAD_REQUEST"],
    [reviewed, { ...edit, expectedVersion: 7 }, "EVENT_CHANGED"],
    [reviewed, { ...edit, expectedVersion: 0 }, "NO_EVENT"],
    [reviewed, { ...edit, expectedVersion: 0, action: { kind: "restore", version: 99 } }, "NO_EVENT"],
  ];
  const answers = [
    ...(await Promise.all(refused.map(async ([url, code]) => ({ url, code, response: await get(url) })))),
    ...(await Promise.all(
      refusedPosts.map(async ([url, body, code]) => ({ url, code, response: await post(url, body) })),
    )),
  ];
  for (const { url, code, response } of answers) {
    const body = response.json() as { code: string };
    assert.equal(body.code, code, `${url}: ${response.body}`);
    assert.equal(response.statusCode, centerErrors.definitions[code].http);
    assert.deepEqual([...Errors(ErrorBody, body)], []);
  }
});

test("pages: the application at any page address, hashed files kept for long, nothing inline allowed", async () => {
  for (const url of ["/", "/events/x"]) {
    const response = await get(url);
    assert.match(response.body, /the application/, url);
    const policy = String(response.headers["content-security-policy"]);
    assert.match(policy, /default-src 'none'/);
    // WebAssembly of the centre's own files, and nothing else that a text could become.
    assert.match(policy, /; script-src 'self' 'wasm-unsafe-eval'; /);
    assert.doesNotMatch(policy.replace("'wasm-unsafe-eval'", ""), /unsafe|\*|https?:/);
    assert.equal(response.headers["x-content-type-options"], "nosniff");
  }
  assert.match(String((await get("/assets/app-1234.js")).headers["cache-control"]), /immutable/);
  assert.equal((await get("/assets/none.js")).statusCode, 404);
  assert.equal(
    (
      (await http.server.inject({ method: "POST", url: "/", headers: { host: "127.0.0.1" } })).json() as {
        code: string;
      }
    ).code,
    "NO_ROUTE",
  );
});

test("a page of another site cannot read a centre on this machine, by its origin or by a name that points here", async () => {
  assert.equal((await get("/api/v1/status", { origin: "https://evil.example" })).statusCode, 403);
  assert.equal((await get("/api/v1/status", { host: "evil.example:8080" })).statusCode, 403);
  assert.equal((await get("/api/v1/status", { origin: "http://127.0.0.1:8080" })).statusCode, 200);
  assert.equal((await get("/api/v1/status", { host: "localhost:8080" })).statusCode, 200);
});

test("the stream greets with the status and announces events, arrivals and intervals", async () => {
  const address = await http.server.listen({ host: "127.0.0.1", port: 0 });
  const socket = new WebSocket(`${address.replace("http", "ws")}/api/v1/stream`);
  const messages: StreamMessage[] = [];
  socket.onmessage = ({ data }) => {
    const message = readStreamMessage(String(data));
    assert.ok(message, `not a message of the contract: ${data}`);
    messages.push(message);
  };
  // The status comes again while it is waited for; only the kinds are counted.
  const kinds = () => [...new Set(messages.map(({ type }) => type))].sort();
  const wait = async (count: number) => {
    for (let i = 0; i < 400 && kinds().length < count; i++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(kinds().length, count, kinds().join(" "));
  };
  await wait(1);
  const place = { time: T0, latitudeDeg: 1, longitudeDeg: 2, depthKm: 3 };
  await bus.publish("events.SEL1", { list: "SEL1", key: "e", change: "new", ...place });
  await bus.publish("arrivals.ST0", { key: "a", station: "ST0", time: T0, phase: "P" });
  await bus.publish("intervals.station", {
    stage: "station",
    name: "ST0",
    startTime: 1,
    endTime: 2,
    state: "done",
    result: { arrivals: 4 },
  });
  await wait(4);
  assert.deepEqual(kinds(), ["arrival", "event", "interval", "status"]);
  socket.close();
});
