/** A made-up centre with two samples for the tests of the page: it keeps a review as the real one does. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { SampleDetail, SampleReleaseRequest, SampleReportRecord, SampleReviewRequest } from "@harken/api";
import { sendPage } from "../testPages.ts";

const CHANNELS = 2048;
const lines = [
  { nuclide: "Cs-137", energyKeV: 661.7, expectedCounts: 3000 },
  { nuclide: "Be-7", energyKeV: 477.6, expectedCounts: 9000 },
];

function report(system: "P" | "B", level: string): SampleReportRecord {
  const nuclide = (name: string, identified: boolean) => ({
    ...{ name, category: "fission", halfLifeSec: 1e6, identified },
    ...{ concentration: identified ? 12.5 : null, concentrationError: identified ? 0.8 : null },
    ...{
      criticalLevel: 1.4,
      mdc: 3.1,
      activityBq: identified ? 0.3 : null,
      activityErrorBq: identified ? 0.02 : null,
      level: identified ? level : null,
    },
  });
  return {
    ...{ product: "ARR", version: 1, messageId: "1", createdTime: 1_764_000_000, receivedTime: 1_764_000_000, level },
    sample: {
      ...{ station: system === "P" ? "XXP01" : "XXX02", detector: "XX_001", sampleId: "s", measurementId: "m", system },
      ...{ geometry: "FILTER", qualifier: "FULL", airVolumeM3: 20_000, xenonVolumeMl: null },
      ...{ collectionStart: 1_763_800_000, collectionStop: 1_763_886_400, acquisitionStart: 1_763_900_000 },
      ...{ realSec: 84_000, liveSec: 83_900 },
    },
    levelReason: "Cs-137 above its bounds",
    nuclides:
      system === "P"
        ? [nuclide("Ba-140", false), nuclide("Be-7", true), nuclide("Cs-137", true)]
        : [nuclide("Xe-133", true), nuclide("Xe-135", false)],
    peaks:
      system === "P"
        ? lines.map(({ energyKeV, expectedCounts, nuclide: name }) => ({
            ...{ energyKeV, areaCounts: expectedCounts, areaErrorCounts: 90, fwhmKeV: 1.6, explanation: name },
          }))
        : [],
    regions: [],
    flags: [{ name: "air flow", pass: true, value: 990, unit: "m3/h", test: "above 500 m3/h" }],
    screening: [],
    remarks: ["one remark"],
    software: "test",
    review: null,
  };
}

function spectrum(): number[] {
  return Array.from({ length: CHANNELS }, (_, i) => {
    const keV = i + 1;
    const peaks = lines.reduce((sum, line) => {
      const u = (keV - line.energyKeV) / 0.68;
      return sum + (line.expectedCounts / (0.68 * 2.5066)) * Math.exp(-0.5 * u * u);
    }, 0);
    return Math.round(400 * Math.exp(-keV / 600) + peaks);
  });
}

function sample(key: string, system: "P" | "B", level: string): SampleDetail {
  const automatic = report(system, level);
  return {
    summary: {
      ...{ key, station: automatic.sample.station, detector: "XX_001", sampleId: "s", dataType: "SAMPLEPHD", system },
      ...{ qualifier: "FULL", collectionStart: 1_763_800_000, collectionStop: 1_763_886_400 },
      ...{ acquisitionStart: 1_763_900_000, received: 1_764_000_000, automaticLevel: level },
      ...{ reviewedLevel: null, reviewState: null },
    },
    reports: [
      { product: "ARR", version: 1, state: "released", level, created: 1_764_000_000, analyst: null, releasedBy: null },
    ],
    automatic,
    ...{ reviewed: null, draft: null, edits: [] },
    display:
      system === "P"
        ? {
            ...{ kind: "spectrum", firstChannel: 1, counts: spectrum(), lines },
            energyNodes: [
              [1, 1],
              [CHANNELS, CHANNELS],
            ],
            regions: lines.map(({ energyKeV }) => ({
              ...{ fromKeV: energyKeV - 5, toKeV: energyKeV + 5, reducedDeviance: 1, byHand: false },
            })),
            continuum: Array.from({ length: CHANNELS }, (_, i) => 400 * Math.exp(-(i + 1) / 600)),
          }
        : {
            ...{ kind: "histogram", gammaChannels: 32, betaChannels: 32, gammaSpanKeV: 720, betaSpanKeV: 550 },
            counts: Array.from({ length: 1024 }, (_, i) => (i % 37 === 0 ? 9 : i % 5)),
            regions: [{ region: 3, betaFrom: 2, betaTo: 18, gammaFrom: 3, gammaTo: 5 }],
          },
  };
}

export async function startSamplesServer(pages: string): Promise<{ url: string; close(): Promise<void> }> {
  const held = [sample("filter", "P", "4"), sample("gas", "B", "B")];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const json = (body: unknown, status = 200) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    const [, , , kind, key, what] = url.pathname.split("/");
    if (!url.pathname.startsWith("/api/")) return sendPage(pages, url.pathname, response);
    if (kind === "concentrations") {
      const points = [1, 2, 3].map((day) => ({
        ...{ sampleKey: day === 3 ? "filter" : `d${day}`, time: 1_763_540_800 + day * 86_400, identified: day !== 2 },
        ...{ concentration: 4 * day, concentrationError: 0.5, criticalLevel: 1.4, mdc: 3, level: "3" },
      }));
      return json({ station: "XXP01", nuclide: url.searchParams.get("nuclide"), unit: "uBq/m3", points });
    }
    if (kind === "session") return json({ required: false, name: null, role: null });
    if (kind === "xenon-ratios") {
      const at = (value: number) => ({ value, relativeError: 0.1, bound: null });
      const points = [{ sampleKey: "gas", time: 1_763_800_000, x: at(0.5), y: at(0.2) }];
      const plane = { x: "Xe-133m/Xe-131m", y: "Xe-133m/Xe-133", factor: 0.02, power: 0.6972, points };
      return json({ station: "XXX02", planes: [plane, { ...plane, points: [] }] });
    }
    if (key === undefined) return json({ samples: held.map(({ summary }) => summary) });
    const at = held.findIndex(({ summary }) => summary.key === key);
    const one = held[at];
    if (!one)
      return json(
        { code: "NO_SAMPLE", message: `There is no message of a sample ${key}.`, advise: "Ask for the list." },
        404,
      );
    if (request.method === "POST") {
      const body = JSON.parse((await request.toArray()).join("")) as SampleReviewRequest & SampleReleaseRequest;
      const last = one.reports.at(-1)!;
      if (what === "release" && last.analyst === body.analyst)
        return json(
          {
            code: "OWN_RELEASE",
            message: `${body.analyst} proposed this report and cannot release it.`,
            advise: "Ask somebody else.",
          },
          409,
        );
      held[at] = what === "review" ? reviewed(one, body) : releasedBy(one, body.analyst);
    }
    return json(held[at]);
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

function reviewed(one: SampleDetail, { analyst, level, levelReason }: SampleReviewRequest): SampleDetail {
  const version = one.reports.filter(({ product }) => product === "RRR").length + 1;
  return {
    ...one,
    summary: { ...one.summary, reviewedLevel: level, reviewState: "proposed" },
    reports: [
      ...one.reports,
      { ...{ product: "RRR", version, state: "proposed", level, created: 1_764_100_000, analyst, releasedBy: null } },
    ],
    reviewed: { ...one.automatic!, product: "RRR", version, level, levelReason },
  };
}

function releasedBy(one: SampleDetail, analyst: string): SampleDetail {
  return {
    ...one,
    summary: { ...one.summary, reviewState: "released" },
    reports: one.reports.map((r) => (r.state === "proposed" ? { ...r, state: "released", releasedBy: analyst } : r)),
  };
}
