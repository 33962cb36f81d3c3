/** Travel-time curves of ak135 for a surface source, reduced by nothing: the figure of docs/travel-times.md. */
import { travelTimes } from "@harken/earth";
import { plotSvg, type Series } from "./plot.ts";

/** Phase, colour, and where along its curve the label stands (share of its length; default the end). */
const phases: readonly (readonly [name: string, color: string, labelAt?: number])[] = [
  ["P", "#1f5fa8", 0.25],
  ["Pdiff", "#1f5fa8", 0.6],
  ["PKPdf", "#1f5fa8"],
  ["PKPbc", "#3f87d0", 0],
  ["PKPab", "#3f87d0"],
  ["PcP", "#2a8f6a", 0.4],
  ["PP", "#7a4fa0"],
  ["S", "#b3402f"],
  ["ScS", "#c9762b", 0.3],
  ["ScP", "#8a8a2a"],
  ["SKSac", "#c2487f"],
  ["SS", "#a0522d", 0.75],
  ["PKiKP", "#666666", 0.3],
  ["PKKPbc", "#446688"],
];

export function travelTimeFigure(): string {
  const series: Series[] = [];
  for (const [phase, color, share = 1] of phases) {
    const x: number[] = [];
    const y: number[] = [];
    for (let delta = 0.5; delta <= 180; delta += 0.5) {
      const first = travelTimes("ak135", { phases: [phase], deltaDeg: delta, depthKm: 0 })[0];
      if (!first) continue;
      x.push(delta);
      y.push(first.timeSec / 60);
    }
    if (x.length > 1) series.push({ x, y, color, label: phase, labelAt: Math.round(share * (x.length - 1)) });
  }
  return plotSvg(
    [
      {
        title: "ak135, surface source: first arrival of each phase",
        xLabel: "epicentral distance (deg)",
        yLabel: "travel time (min)",
        series,
        xRange: [0, 180],
        yRange: [0, 45],
      },
    ],
    900,
    620,
  );
}
