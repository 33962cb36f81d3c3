/**
 * A repeat that no eye sees: noise with a pulse in it that is smaller than the noise, and the correlation of one channel and of nine with the
 * pulse. The figure of docs/correlation.md; the signals are made up.
 */
import { randomStream } from "@harken/core";
import { butterworthBandPass, correlateTemplates, filterZeroPhase } from "@harken/signal";
import { plotSvg } from "./plot.ts";

const RATE_HZ = 20;
const LENGTH_SEC = 40;
const SECONDS = 200;
const REPEAT_SEC = 110;
const SIZE = 0.35;
const CHANNELS = 9;

export function correlationFigure(): string {
  const filter = butterworthBandPass(3, 1, 4, RATE_HZ);
  const noise = (seconds: number, ...label: readonly (string | number)[]) => {
    const random = randomStream(11, ...label);
    const white = Float64Array.from({ length: seconds * RATE_HZ }, () => random.normal());
    return filterZeroPhase(filter, white);
  };
  const pulse = noise(LENGTH_SEC, "pulse").map((v, i) => 2 * v * Math.exp(-i / (15 * RATE_HZ)));
  const traces = Array.from({ length: CHANNELS }, (_, channel) => {
    const trace = noise(SECONDS, "noise", channel);
    for (let i = 0; i < pulse.length; i++) trace[REPEAT_SEC * RATE_HZ + i]! += SIZE * pulse[i]!;
    return trace;
  });
  const each = traces.map((trace) => correlateTemplates([pulse], trace)[0]!);
  const stack = each[0]!.map((_, i) => each.reduce((sum, own) => sum + own[i]!, 0) / CHANNELS);
  const seconds = Float64Array.from({ length: SECONDS * RATE_HZ }, (_, i) => i / RATE_HZ);
  const panel = (title: string, y: ArrayLike<number>, yLabel: string) => ({
    ...{
      title,
      xLabel: "seconds",
      yLabel,
      series: [{ x: seconds.subarray(0, y.length), y, color: "#1f5fa8", width: 0.8 }],
    },
    ...{ xRange: [0, SECONDS] as const, marks: [{ x: REPEAT_SEC, label: "repeat", color: "#b3402f", dashed: true }] },
  });
  return plotSvg(
    [
      panel("One channel, 1 to 4 Hz", traces[0]!, "counts"),
      panel("Its correlation with the template of 40 s", each[0]!, "coefficient"),
      panel(`Mean over ${CHANNELS} channels`, stack, "coefficient"),
    ],
    1000,
    230,
  );
}
