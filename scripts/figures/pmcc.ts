/**
 * What PMCC makes of an hour's quarter at an infrasound array: the trace, the pixels over time and frequency with their azimuth as colour, and the
 * azimuths with the arrivals that were made of them. The array and the explosion are simulated. The figure of docs/station-processing.md.
 */
import { createEarthModel } from "@harken/earth";
import { butterworthBandPass, filterForward, findPixels, type PmccPixel } from "@harken/signal";
import { createWorld, demoWorldConfig, synthesize, trueSounds } from "@harken/simulator";
import { infrasoundRecipe, processStation } from "@harken/waveform";
import { ticks } from "./plot.ts";

const WIDTH = 1100;
const LEFT = 70;
const RIGHT = WIDTH - 30;
const PANEL = 190;
const GAP = 56;
const LEAD_SEC = 420;
const LENGTH_SEC = 840;

/** A time axis at the bottom of a panel whose top is at `top`. */
const sx = (seconds: number) => LEFT + (seconds / LENGTH_SEC) * (RIGHT - LEFT);
const text = (x: number, y: number, content: string, more = "") =>
  `<text x='${x.toFixed(1)}' y='${y.toFixed(1)}' font-size='11' fill='#444' ${more}>${content}</text>`;

function frame(index: number, title: string, yLabel: string, labels: readonly (readonly [number, string])[]): string[] {
  const top = 30 + index * (PANEL + GAP);
  return [
    text(LEFT, top - 9, title, "style='font: bold 14px sans-serif'"),
    `<rect x='${LEFT}' y='${top}' width='${RIGHT - LEFT}' height='${PANEL}' fill='none' stroke='#888'/>`,
    ...ticks(0, LENGTH_SEC, 9).map((t) => text(sx(t), top + PANEL + 15, String(t), "text-anchor='middle'")),
    ...labels.map(([y, label]) => text(LEFT - 7, top + y + 4, label, "text-anchor='end'")),
    text(0, 0, yLabel, `text-anchor='middle' transform='translate(18 ${top + PANEL / 2}) rotate(-90)'`),
  ];
}

const hue = ({ backAzimuthDeg }: PmccPixel) => `hsl(${backAzimuthDeg.toFixed(0)} 75% 45%)`;

export function pmccFigure(): string {
  const world = createWorld({ ...demoWorldConfig, soundCodes: ["I45RU"] }, createEarthModel("ak135"));
  const station = world.inventory.stations.find(({ code }) => code === "I45RU")!;
  const { startTime, hours } = world.config;
  const sound = trueSounds(world, station, startTime, startTime + 3600 * hours).find(({ phase }) => phase === "I")!;
  const from = sound.time - LEAD_SEC;
  const segments = synthesize(world, station, from, from + LENGTH_SEC);
  const { arrivals } = processStation({ station, segments, keyPrefix: "figure" });
  const rate = segments[0]!.sampleRateHz;
  const traces = segments.map(({ samples }) => Float64Array.from(samples));
  const { pmcc } = infrasoundRecipe.infrasound!;
  const pixels = findPixels(traces, station.sites, rate, pmcc);
  const shown = filterForward(butterworthBandPass(2, 0.4, 4, rate), traces[0]!);
  const most = shown.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  const step = Math.max(1, Math.floor(rate / 4));
  const points: string[] = [];
  for (let i = 0; i < shown.length; i += step) {
    const y = 30 + PANEL / 2 - (shown[i]! / most) * (PANEL / 2 - 4);
    points.push(`${sx(i / rate).toFixed(1)},${y.toFixed(1)}`);
  }
  const [lowest, highest] = [pmcc.bands[0]!.lowHz, pmcc.bands.at(-1)!.highHz];
  const octave = (hz: number) => PANEL - (Math.log(hz / lowest) / Math.log(highest / lowest)) * PANEL;
  const second = 30 + PANEL + GAP;
  const third = second + PANEL + GAP;
  const azimuth = (deg: number) => PANEL - (deg / 360) * PANEL;
  const parts = [
    ...frame(
      0,
      `${segments[0]!.channel.station}, 0.4 to 4 Hz: an explosion of mb 5.1 at 390 km, and clutter`,
      "pressure",
      [],
    ),
    `<polyline points='${points.join(" ")}' fill='none' stroke='#333' stroke-width='0.7'/>`,
    ...frame(
      1,
      "Windows and bands in which the delays of the elements fit together; colour is the azimuth",
      "frequency, Hz",
      [0.1, 0.3, 1, 3].map((hz) => [octave(hz), String(hz)] as const),
    ),
    ...pixels.map((pixel) => {
      const { lowHz, highHz, windowSec } = pmcc.bands[pixel.band]!;
      const middle = (pixel.fromSec + pixel.toSec) / 2;
      const width = windowSec / pmcc.stepsPerWindow;
      const y = second + octave(highHz);
      return `<rect x='${sx(middle - width / 2).toFixed(1)}' y='${y.toFixed(1)}' width='${(sx(width) - sx(0)).toFixed(1)}' height='${(octave(lowHz) - octave(highHz)).toFixed(1)}' fill='${hue(pixel)}'/>`;
    }),
    ...frame(
      2,
      "Their azimuths, and the arrivals made of families of them",
      "azimuth, deg",
      [0, 90, 180, 270, 360].map((deg) => [azimuth(deg), String(deg)] as const),
    ),
    ...pixels.map((pixel) => {
      const middle = (pixel.fromSec + pixel.toSec) / 2;
      return `<circle cx='${sx(middle).toFixed(1)}' cy='${(third + azimuth(pixel.backAzimuthDeg)).toFixed(1)}' r='1.6' fill='${hue(pixel)}'/>`;
    }),
    ...arrivals.flatMap(({ time, azimuthDeg, phase }) => {
      const x = sx(time - from);
      return [
        `<line x1='${x.toFixed(1)}' x2='${x.toFixed(1)}' y1='${third}' y2='${third + PANEL}' stroke='#b3402f' stroke-width='1.3'/>`,
        text(x + 4, third + PANEL - 8, `${phase} ${azimuthDeg!.toFixed(0)} deg`, "style='fill:#b3402f'"),
      ];
    }),
    text((LEFT + RIGHT) / 2, third + PANEL + 32, "seconds", "text-anchor='middle'"),
  ];
  const height = third + PANEL + 44;
  return `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${WIDTH} ${height}' width='${WIDTH}' height='${height}' font-family='DejaVu Sans, Helvetica, Arial, sans-serif'><rect width='100%' height='100%' fill='white'/>${parts.join("\n")}</svg>\n`;
}
