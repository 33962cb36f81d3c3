/** A made-up centre for the tests of the quality page: charts of two stations, a laboratory that is asked and answers, statistics. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ControlCharts, LaboratoryList, LaboratoryOrder, ProficiencyEntry, SampleStatistics } from "@harken/api";
import { sendPage } from "../testPages.ts";

const T0 = 1_763_800_000;
const DAY = 86_400;

function charts(station: string): ControlCharts {
  const values = [661.61, 661.63, 661.6, 661.62, 661.61, 661.64, 661.6, 661.62, 661.61, 661.95];
  const energy = values.map((value, i) => ({
    ...{ sampleKey: `QC${i}`, time: T0 + i * DAY, value, error: 0.01 },
    alarms: value > 661.9 ? ["beyond 3 sd"] : [],
  }));
  const chart = { detector: `${station}_001`, dataType: "QCPHD", unit: "keV" };
  return {
    ...{ stations: ["XXP01", "XXX02"], station, rules: ["beyond 3 sd", "8 on one side"] },
    charts: [
      {
        ...chart,
        name: "dead time",
        unit: "%",
        limits: null,
        points: energy.slice(0, 3).map((one) => ({ ...one, error: null })),
      },
      {
        ...chart,
        name: "Cs-137 661.7 keV: energy",
        limits: { centre: 661.615, low: 661.55, high: 661.68 },
        points: energy,
      },
    ],
  };
}

const statistics: SampleStatistics = {
  samples: 40,
  years: [
    {
      ...{ year: 2025, samples: 40 },
      nuclides: [
        { nuclide: "Cs-137", category: "fission", samples: 6 },
        { nuclide: "I-131", category: "fission", samples: 2 },
      ],
    },
  ],
  levels: [
    { month: "2025-11", level: "1", samples: 32 },
    { month: "2025-11", level: "4", samples: 8 },
  ],
  stations: [{ station: "XXP01", level: "1", samples: 32 }],
  review: [
    { automatic: "4", reviewed: "3", samples: 1 },
    { automatic: "4", reviewed: "4", samples: 3 },
  ],
  timeliness: {
    released: 4,
    medianHours: 30,
    within: [
      { hours: 24, samples: 1 },
      { hours: 48, samples: 4 },
    ],
  },
};

export async function startQualityServer(pages: string): Promise<{ url: string; close(): Promise<void> }> {
  let list: LaboratoryList = { requests: [], laboratories: [] };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    if (!url.pathname.startsWith("/api/")) return sendPage(pages, url.pathname, response);
    const [, , , kind, key, what] = url.pathname.split("/");
    if (kind === "session") return json({ required: false, name: null, role: null });
    if (kind === "control-charts") return json(charts(url.searchParams.get("station") ?? "XXP01"));
    if (kind === "sample-statistics") return json(statistics);
    const body = request.method === "POST" ? JSON.parse((await request.toArray()).join("")) : null;
    if (kind === "samples" && what === "laboratory") list = { ...list, requests: [asked(key!, body)] };
    else if (kind === "samples") return json({ samples: [sample] });
    else if (key === "exercises") list = { ...list, laboratories: [scored(body)] };
    else if (key === "reports") {
      if (list.requests.length === 0)
        return json({ code: "LABORATORY_REPORT", message: "Nobody asked for it.", advise: "Ask first." }, 422);
      list = { ...list, requests: list.requests.map(answered) };
    }
    return json(list);
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

const sample = {
  ...{
    key: "filter",
    station: "XXP01",
    detector: "XX_001",
    sampleId: "0120251122",
    dataType: "SAMPLEPHD",
    system: "P",
  },
  ...{ qualifier: "FULL", collectionStart: T0, collectionStop: T0 + DAY, acquisitionStart: T0 + 2 * DAY },
  ...{ received: T0 + 3 * DAY, automaticLevel: "4", reviewedLevel: null, reviewState: null },
};

const asked = (sampleKey: string, { analyst, laboratory, purpose, comment }: LaboratoryOrder) => ({
  ...{ key: `${laboratory}.${sampleKey}`, sampleKey, station: "XXP01", sampleId: "0120251122", laboratory, purpose },
  ...{ comment, analyst, requested: T0 + 4 * DAY, received: null, comparison: null },
});

const answered = (request: LaboratoryList["requests"][number]): LaboratoryList["requests"][number] => ({
  ...request,
  received: T0 + 9 * DAY,
  comparison: {
    ...{ messageId: "1", measuredTime: T0 + 8 * DAY, referenceTime: T0, comment: "" },
    results: [
      {
        ...{ nuclide: "Cs-137", activityBq: 0.281, activityErrorBq: 0.006, mdcBq: 0.01 },
        ...{ stationBq: 0.35, stationErrorBq: 0.02, zeta: 3.3, verdict: "unsatisfactory" },
      },
    ],
  },
});

const scored = ({ laboratory, exercise, time, reference, reported }: ProficiencyEntry) => ({
  ...{ laboratory, meanCompleteness: 1, meanSatisfactory: 1, meanBias: 0.04, zetaSpread: 1.1 },
  exercises: [
    {
      ...{ exercise, time, missed: [], completeness: 1, satisfactory: 1 },
      false: reported
        .map(({ nuclide }) => nuclide)
        .filter((name) => !reference.some(({ nuclide }) => nuclide === name)),
      nuclides: reference.map(({ nuclide }) => ({
        ...{ nuclide, bias: 0.04, zeta: 1.11, en: 0.55, verdict: "satisfactory" as const },
      })),
    },
  ],
});
