/**
 * What station processing makes of one signal: a simulated event at one station, the filtered vertical trace, the detections with their
 * phases, and where the travel-time tables expect P and S. The figure of docs/station-processing.md.
 */
import { channelKey, distanceAzimuth } from "@harken/core";
import { createEarthModel } from "@harken/earth";
import { butterworthBandPass, filterForward } from "@harken/signal";
import { createWorld, demoWorldConfig, synthesize } from "@harken/simulator";
import { processStation } from "@harken/waveform";
import { plotSvg } from "./plot.ts";

const WINDOW_SEC = 900;
/** The trace begins this long before the predicted P. */
const LEAD_SEC = 120;

export function onsetFigure(): string {
  const earth = createEarthModel("ak135");
  const world = createWorld(demoWorldConfig, earth);
  const event = [...world.events].sort((a, b) => b.magnitude - a.magnitude)[0]!;
  // The nearest three-component station beyond 25 deg shows a clear teleseismic P and S.
  const [station, delta] = world.inventory.stations
    .filter(({ kind, technology }) => kind === "3c" && technology === "seismic")
    .map(
      (s) =>
        [s, distanceAzimuth(event.latitudeDeg, event.longitudeDeg, s.latitudeDeg, s.longitudeDeg).deltaDeg] as const,
    )
    .filter(([, deltaDeg]) => deltaDeg > 25 && deltaDeg < 80)
    .sort((a, b) => a[1] - b[1])[0]!;
  const p = event.time + earth.predict("P", delta, event.depthKm)!.timeSec;
  const s = event.time + earth.predict("S", delta, event.depthKm)!.timeSec;
  const from = p - LEAD_SEC;
  const segments = synthesize(world, station, from - 600, from + WINDOW_SEC + 300);
  const { arrivals } = processStation({ station, segments, keyPrefix: "figure" });
  const vertical = segments.find(({ channel }) => channel.channel.endsWith("Z"))!;
  const filtered = filterForward(
    butterworthBandPass(3, 0.8, 3, vertical.sampleRateHz),
    Float64Array.from(vertical.samples),
  );
  const first = Math.round((from - vertical.startTime) * vertical.sampleRateHz);
  const count = WINDOW_SEC * vertical.sampleRateHz;
  const x = Float64Array.from({ length: count }, (_, i) => i / vertical.sampleRateHz);
  const y = filtered.subarray(first, first + count);
  const marksBetween = (low: number, high: number) => [
    ...arrivals
      .filter(({ time }) => time >= from + low && time < from + high)
      .map((arrival) => ({ x: arrival.time - from, label: arrival.phase, color: "#b3402f" })),
    ...[p, s]
      .map((time) => time - from)
      .filter((x) => x >= low && x < high)
      .map((x) => ({ x, label: "", color: "#1f5fa8", dashed: true })),
  ];
  const panel = (title: string, low: number, high: number) => ({
    title,
    xLabel: "seconds",
    yLabel: "counts, 0.8 to 3 Hz",
    series: [{ x, y, color: "#333", width: 0.6 }],
    marks: marksBetween(low, high),
    xRange: [low, high] as const,
  });
  const name = `${channelKey(vertical.channel)}, mb ${event.magnitude.toFixed(1)} at ${delta.toFixed(1)} deg`;
  return plotSvg(
    [
      panel(`${name}: detections (solid) and predicted P and S (dashed)`, 0, WINDOW_SEC),
      panel("The same around P", LEAD_SEC - 8, LEAD_SEC + 22),
    ],
    1100,
    300,
  );
}
