/** The coincidence plane of a beta-gamma sample, counts as shades, regions as numbered rectangles. */
import type { HistogramDisplay } from "@harken/api";
import { useEffect, useRef, useState } from "preact/hooks";
import { prepareCanvas, theme } from "../theme.ts";
import { ScaleButton, useBoxSize } from "./spectrumBox.tsx";
import { logarithmic } from "./state.ts";

const LEFT = 44;
const BOTTOM = 20;

export function HistogramPanel({ display }: { display: HistogramDisplay }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useBoxSize(box);
  const [under, setUnder] = useState<string | null>(null);
  useEffect(() => {
    const context = canvas.current && prepareCanvas(canvas.current, size.width, size.height);
    if (context) drawHistogram(context, display, size.width, size.height, logarithmic.value);
  }, [display, size, logarithmic.value]);
  const onMove = ({ offsetX, offsetY }: PointerEvent) => {
    const beta = Math.floor(((offsetX - LEFT) / (size.width - LEFT)) * display.betaChannels);
    const gamma = Math.floor((1 - offsetY / (size.height - BOTTOM)) * display.gammaChannels);
    const counts = display.counts[gamma * display.betaChannels + beta];
    setUnder(
      counts === undefined || beta < 0 ? null : `gamma channel ${gamma}, beta channel ${beta}: ${counts} counts`,
    );
  };
  return (
    <>
      <div class="spectrum-bar">
        <ScaleButton />
        <output class="faint">{under ?? `${display.gammaChannels} by ${display.betaChannels} channels`}</output>
      </div>
      <div class="spectrum-box" ref={box}>
        <canvas
          class="spectrum"
          ref={canvas}
          style={{ width: `${size.width}px`, height: `${size.height}px` }}
          role="img"
          aria-label={`Coincidence histogram with ${display.regions.length} regions`}
          onPointerMove={onMove}
          onPointerLeave={() => setUnder(null)}
        />
      </div>
    </>
  );
}

function drawHistogram(
  context: CanvasRenderingContext2D,
  { gammaChannels, betaChannels, gammaSpanKeV, betaSpanKeV, counts, regions }: HistogramDisplay,
  width: number,
  height: number,
  logarithmic: boolean,
): void {
  const [w, h] = [(width - LEFT) / betaChannels, (height - BOTTOM) / gammaChannels];
  const xOf = (beta: number) => LEFT + beta * w;
  const yOf = (gamma: number) => height - BOTTOM - gamma * h;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, height);
  const most = Math.max(
    1,
    counts.reduce((max, n) => Math.max(max, n), 0),
  );
  counts.forEach((n, i) => {
    if (n === 0) return;
    const share = logarithmic ? Math.log(1 + n) / Math.log(1 + most) : n / most;
    context.fillStyle = `hsl(212 60% ${(92 - 70 * share).toFixed(0)}%)`;
    const [gamma, beta] = [Math.floor(i / betaChannels), i % betaChannels];
    context.fillRect(xOf(beta), yOf(gamma + 1), Math.ceil(w), Math.ceil(h));
  });
  context.strokeStyle = theme.pick;
  context.fillStyle = theme.pick;
  context.font = theme.smallFont;
  for (const { region, betaFrom, betaTo, gammaFrom, gammaTo } of regions) {
    // Regions 7 to 10 are parts of 4.
    if (region > 6) continue;
    context.strokeRect(xOf(betaFrom), yOf(gammaTo), (betaTo - betaFrom) * w, (gammaTo - gammaFrom) * h);
    context.fillStyle = theme.paper;
    context.fillRect(xOf(betaFrom) + 1, yOf(gammaTo) + 1, 10, 12);
    context.fillStyle = theme.pick;
    context.fillText(String(region), xOf(betaFrom) + 3, yOf(gammaTo) + 11);
  }
  context.fillStyle = theme.faint;
  context.textAlign = "right";
  for (const share of [0, 0.25, 0.5, 0.75, 1]) {
    context.fillText(
      String(Math.round(share * gammaSpanKeV)),
      LEFT - 4,
      yOf(share * gammaChannels) + (share === 1 ? 9 : 3),
    );
    context.fillText(
      String(Math.round(share * betaSpanKeV)),
      xOf(share * betaChannels) + (share === 0 ? 8 : 0),
      height - 6,
    );
  }
  context.textAlign = "left";
  context.fillText("gamma keV", 2, 22);
  context.fillText("beta keV", LEFT + 24, height - 6);
}
