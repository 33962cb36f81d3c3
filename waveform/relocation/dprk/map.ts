/**
 * The map of the demonstration: on the left each test located by itself, with its 90 % ellipse; on the right the tests relative to each other
 * by double differences. One SVG document without fonts or pictures from elsewhere.
 */
import { localOffsetKm } from "@harken/core";
import type { DprkResult } from "./demo.ts";
import { columnLabels, type Frame, type Mark, panel, scaleBar } from "./mapPanel.ts";

const WIDTH = 1280;
const HEIGHT = 800;
const SIDE = 540;
const TOP = 92;
/** Half widths of the two panels, km. */
const ABSOLUTE_KM = 14;
const RELATIVE_KM = 2.15;
/** Okabe and Ito's colours, told apart by most eyes; yellow left out for want of contrast on white. */
const colors: readonly string[] = ["#0072b2", "#d55e00", "#009e73", "#b3578c", "#8c6d00", "#444444"];

const names = colors.map((_, i) => `test ${i + 1}`);

export function dprkMapSvg(result: DprkResult): string {
  const absolute: Frame = { left: 70, top: TOP, side: SIDE, centreEastKm: -1.5, centreNorthKm: 2, halfKm: ABSOLUTE_KM };
  const relative: Frame = {
    left: WIDTH - SIDE - 30,
    top: TOP,
    side: SIDE,
    centreEastKm: 0.85,
    centreNorthKm: 0,
    halfKm: RELATIVE_KM,
  };
  const parts = [
    `<text x='70' y='38' font-size='20' font-weight='bold' fill='#222'>Six announced nuclear tests of the DPRK, from ${readingCount(result)} P and Pn onsets</text>`,
    ...absolutePanel(result, absolute),
    ...relativePanel(result, relative),
    ...legend(result),
  ];
  return `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${WIDTH} ${HEIGHT}' width='${WIDTH}' height='${HEIGHT}' font-family='DejaVu Sans, Helvetica, Arial, sans-serif'><rect width='100%' height='100%' fill='white'/>\n${parts.join("\n")}\n</svg>\n`;
}

const readingCount = ({ tests }: DprkResult) =>
  tests.reduce((count, { origin }) => count + origin.associations.length, 0);

function absolutePanel({ tests, model }: DprkResult, frame: Frame): string[] {
  const site = tests[1]!.published;
  const offset = (place: { latitudeDeg: number; longitudeDeg: number }) =>
    localOffsetKm(site.latitudeDeg, site.longitudeDeg, place.latitudeDeg, place.longitudeDeg);
  const marks = tests.map(({ origin, published }, i): Mark => {
    const { semiMajorKm = 0, semiMinorKm = 0, strikeDeg = 0 } = origin.error ?? {};
    const ellipse = { semiMajorKm, semiMinorKm, strikeDeg };
    return { color: colors[i]!, ...offset(origin), ellipse, published: [{ ...offset(published), symbol: "plus" }] };
  });
  return [
    ...panel(frame, `Located one by one (${model}, depth 0)`, marks, degreeLines(frame, site)),
    ...columnLabels(frame, marks, names),
    ...scaleBar(frame, 5),
  ];
}

function relativePanel({ tests }: DprkResult, frame: Frame): string[] {
  const marks = tests.map(({ relative, relativePublished }, i): Mark => {
    const { yang, gibbons } = relativePublished;
    const published = [
      { ...yang, symbol: "plus" },
      { ...gibbons, symbol: "cross" },
    ] as const;
    return { color: colors[i]!, eastKm: relative.eastKm, northKm: relative.northKm, ellipse: relative, published };
  });
  const ticks = [-1, 0, 1, 2].map((at) => ({ at, label: `${at}` }));
  const lines = { east: ticks, north: ticks, eastTitle: "km east of test 2", northTitle: "km north of test 2" };
  return [
    ...panel(frame, "Relative to test 2 by double differences", marks, lines),
    ...columnLabels(frame, marks, names),
    ...scaleBar(frame, 0.5),
  ];
}

/** Lines of latitude and longitude, each 0.1 deg, which at this size are straight. */
function degreeLines(frame: Frame, site: { latitudeDeg: number; longitudeDeg: number }) {
  const from = (latitudeDeg: number, longitudeDeg: number) =>
    localOffsetKm(site.latitudeDeg, site.longitudeDeg, latitudeDeg, longitudeDeg);
  const degrees = (middle: number) => Array.from({ length: 7 }, (_, i) => Math.round(10 * middle + i - 3) / 10);
  const inside = (km: number, centre: number) => Math.abs(km - centre) < frame.halfKm;
  const east = degrees(site.longitudeDeg)
    .map((degree) => ({ at: from(site.latitudeDeg, degree).eastKm, label: `${degree.toFixed(1)}° E` }))
    .filter(({ at }) => inside(at, frame.centreEastKm));
  const north = degrees(site.latitudeDeg)
    .map((degree) => ({ at: from(degree, site.longitudeDeg).northKm, label: `${degree.toFixed(1)}° N` }))
    .filter(({ at }) => inside(at, frame.centreNorthKm));
  return { east, north, eastTitle: "", northTitle: "" };
}

const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
const INK = "fill='#222'";
const LINE = "stroke='#222' stroke-width='2'";

/** What the symbols mean, and in the tests' colours how each compares with the published place and time. */
function legend({ tests }: DprkResult): string[] {
  const [first, second, third] = [HEIGHT - 76, HEIGHT - 52, HEIGHT - 22];
  const moves = Math.max(...tests.map(({ singlePhaseKm }) => singlePhaseKm)).toFixed(1);
  const text = (x: number, y: number, words: string, style = INK) =>
    `<text x='${x}' y='${y}' font-size='13' ${style}>${words}</text>`;
  const keys = tests.map(({ published, distanceKm, laterSec }, i) => {
    const magnitude = published.mb === null ? "" : `, mb ${published.mb.toFixed(1)}`;
    const words = `${names[i]} (${published.time.slice(0, 10)}${magnitude}): ${distanceKm.toFixed(1)} km, ${signed(laterSec)} s`;
    return text(70 + 390 * (i % 3), i < 3 ? first : second, words, `fill='${colors[i]}' font-weight='bold'`);
  });
  return [
    ...keys,
    `<circle cx='76' cy='${third - 4}' r='4.5' ${INK}/>`,
    text(90, third, "Harken, with 90 % ellipse"),
    `<path d='M300 ${third - 4}h12M306 ${third - 10}v12' ${LINE}/>`,
    text(320, third, "Yang et al. 2021"),
    `<path d='M459 ${third - 9}l10 10M459 ${third + 1}l10 -10' ${LINE}/>`,
    text(478, third, "Gibbons 2026"),
    text(600, third, `km, s: from Yang et al. 2021. With P or Pn alone a relative place moves by up to ${moves} km.`),
  ];
}
