/** A made-up centre with the fields of testFields.ts for the tests of the page. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { EventSummary, FieldList, RunList, RunRecord, RunRequest } from "@harken/api";
import { encodeNetcdf } from "@harken/formats";
import { sendPage } from "../testPages.ts";
import { madeFields, SOURCE, sourceTime } from "./testFields.ts";

const list: FieldList = {
  watched: true,
  fields: madeFields
    .map(({ text: _text, measuredBqPerM3, ...field }) => ({
      ...{ ...field, durationHours: 96, outputHours: 3, stepLatDeg: 1, stepLonDeg: 1, sampleKey: null },
      measured: [
        { nuclide: null, bqPerM3: measuredBqPerM3, uncertaintyBqPerM3: 0, mdcBqPerM3: null },
        { nuclide: "Xe-133", bqPerM3: measuredBqPerM3 / 2, uncertaintyBqPerM3: 0, mdcBqPerM3: null },
      ],
    }))
    .sort((a, b) => b.sampleStop - a.sampleStop),
  refused: [{ file: "cut.srs", reason: "line 9: The file ends within its last line." }],
};

function event(key: string, place: { latitudeDeg: number; longitudeDeg: number }, time: number): EventSummary {
  return {
    ...{ key, time, ...place, depthKm: 0, depthType: "surface", definingCount: 9, stationCount: 9 },
    ...{ semiMajorKm: 10, semiMinorKm: 8, strikeDeg: 0, azimuthGapDeg: 90, timeErrorSec: 0.5, matchedTruth: null },
    regionName: key === "at-source" ? "NORTH KOREA" : "SOMEWHERE ELSE",
    magnitudes: [{ type: "mb", value: 4.9, stationCount: 9 }],
  };
}
const events = [
  event("at-source", { latitudeDeg: SOURCE.latitudeDeg - 0.2, longitudeDeg: SOURCE.longitudeDeg }, sourceTime - 7200),
  event("late", SOURCE, sourceTime + 86_400),
  event("elsewhere", { latitudeDeg: -20, longitudeDeg: -70 }, sourceTime),
];

/** A plume that passes the cell of 40.5 N 130.5 E in its second step, on cells of 1 deg. */
function plumeFile(): Uint8Array {
  const [rows, columns, times] = [180, 360, 3];
  const values = new Float32Array(times * rows * columns);
  const at = (step: number, lat: number, lon: number) =>
    step * rows * columns + Math.floor(lat + 90) * columns + Math.floor(lon + 180);
  values[at(0, 41.5, 129.5)] = 8;
  values[at(1, 40.5, 130.5)] = 6;
  // Where the system has its station JPP38.
  values[at(2, 36.3, 139.1)] = 3;
  const axis = (name: string, units: string, first: number, step: number, count: number) => ({
    ...{ name, dimensions: [name], attributes: { units } },
    values: Float64Array.from({ length: count }, (_, i) => first + i * step),
  });
  return encodeNetcdf({
    dimensions: { time: times, height: 1, latitude: rows, longitude: columns },
    attributes: {},
    variables: [
      axis("time", "seconds since 1970-01-01 00:00:00", sourceTime + 10_800, 10_800, times),
      axis("latitude", "degrees_north", -89.5, 1, rows),
      axis("longitude", "degrees_east", -179.5, 1, columns),
      axis("height", "m", 150, 1, 1),
      { name: "concentration_Xe_133", dimensions: ["time", "height", "latitude", "longitude"], attributes: {}, values },
    ],
  });
}

/** Runs as the centre's: each look finds them a third further. */
function madeRuns() {
  const runs: RunRecord[] = [];
  return {
    answer(method: string, path: readonly string[], body: string): RunList | RunRecord {
      const [key, wish] = path;
      if (method === "GET") {
        runs.forEach((run, i) => {
          if (run.state !== "running") return;
          const done = Math.min(1, run.done + 0.34);
          runs[i] = { ...run, done, etaSec: 60 * (1 - done), state: done === 1 ? "finished" : "running" };
        });
        return { weather: { from: sourceTime - 864_000, to: sourceTime + 432_000, message: "61 times." }, runs };
      }
      if (key === undefined) {
        const request = JSON.parse(body) as RunRequest;
        const name = request.direction === "backward" ? "AAX03.2013040900.AAAA" : "CELL.2013040600.HRKN.forward";
        runs.unshift({ key: name, request, state: "running", done: 0, etaSec: null, message: "" });
        return runs[0]!;
      }
      const at = runs.findIndex((run) => run.key === key);
      runs[at] = { ...runs[at]!, state: wish === "stop" ? "stopped" : "running" };
      return runs[at]!;
    },
  };
}

export async function startTransportServer(
  pages: string,
  answer: { watched: boolean } = { watched: true },
): Promise<{ url: string; close(): Promise<void> }> {
  const runs = madeRuns();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const json = (body: unknown) => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (pathname === "/api/v1/session") return json({ required: false, name: null, role: null });
    if (pathname === "/api/v1/fields") return json(answer.watched ? list : { watched: false, fields: [], refused: [] });
    if (/^\/api\/v1\/bulletins\/\w+\/events$/.test(pathname)) return json({ total: events.length, events });
    if (pathname.startsWith("/api/v1/runs")) {
      const path = pathname.split("/").slice(4);
      return json(runs.answer(request.method ?? "", path, (await request.toArray()).join("")));
    }
    if (pathname === "/api/v1/plumes/CELL.2013040600.HRKN.forward") {
      response.writeHead(200, { "content-type": "application/x-netcdf" }).end(plumeFile());
      return;
    }
    const key = /^\/api\/v1\/fields\/(.+)$/.exec(pathname)?.[1];
    const field = madeFields.find((one) => one.key === key);
    if (field) {
      response.writeHead(200, { "content-type": "text/plain" }).end(field.text);
      return;
    }
    sendPage(pages, pathname, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
