/** A made-up centre with the fields of testFields.ts for the tests of the page. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import type { EventSummary, FieldList } from "@harken/api";
import { madeFields, SOURCE, sourceTime } from "./testFields.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};
/** As the centre's own, so that the page is known to work under it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'";

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

export async function startTransportServer(
  pages: string,
  answer: { watched: boolean } = { watched: true },
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const json = (body: unknown) => {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (pathname === "/api/v1/session") return json({ required: false, name: null, role: null });
    if (pathname === "/api/v1/fields") return json(answer.watched ? list : { watched: false, fields: [], refused: [] });
    if (/^\/api\/v1\/bulletins\/\w+\/events$/.test(pathname)) return json({ total: events.length, events });
    const key = /^\/api\/v1\/fields\/(.+)$/.exec(pathname)?.[1];
    const field = madeFields.find((one) => one.key === key);
    if (field) {
      response.writeHead(200, { "content-type": "text/plain" }).end(field.text);
      return;
    }
    try {
      const bytes = readFileSync(join(pages, pathname));
      const type = mediaTypes[extname(pathname)] ?? "application/octet-stream";
      response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(bytes);
    } catch {
      response.writeHead(404).end();
    }
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
