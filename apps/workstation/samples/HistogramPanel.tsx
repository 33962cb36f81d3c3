/** The coincidence plane of a beta-gamma sample, counts as shades, regions as numbered rectangles; the chosen region is drawn anew by dragging. */
import type { HistogramDisplay } from "@harken/api";
import { useEffect, useRef, useState } from "preact/hooks";
import { useBoxSize } from "../boxSize.ts";
import { prepareCanvas, theme } from "../theme.ts";
import { EditBar } from "./EditBar.tsx";
import { sendEdit } from "./edits.ts";
import { ScaleButton } from "./ScaleButton.tsx";
import { detail, logarithmic, report } from "./state.ts";

const LEFT = 44;
const BOTTOM = 20;

export function HistogramPanel({ display }: { display: HistogramDisplay }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useBoxSize(box);
  const [under, setUnder] = useState<string | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [drawn, setDrawn] = useState<Rectangle | null>(null);
  const shown =
    drawn && chosen !== null ? withRegion(display, { region: chosen, ...limitsOf(drawn, display) }) : display;
  useEffect(() => {
    const context = canvas.current && prepareCanvas(canvas.current, size.width, size.height);
    if (context) drawHistogram(context, shown, size.width, size.height, logarithmic.value);
  }, [display, drawn, size, logarithmic.value]);
  const cellAt = ({ offsetX, offsetY }: PointerEvent): Cell => ({
    beta: Math.floor(((offsetX - LEFT) / (size.width - LEFT)) * display.betaChannels),
    gamma: Math.floor((1 - offsetY / (size.height - BOTTOM)) * display.gammaChannels),
  });
  const onMove = (event: PointerEvent) => {
    const { beta, gamma } = cellAt(event);
    if (drawn) setDrawn({ ...drawn, to: { beta, gamma } });
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
      {detail.value?.automatic && <RegionTools display={display} chosen={chosen} choose={setChosen} />}
      <div class="spectrum-box" ref={box}>
        <canvas
          class="spectrum"
          ref={canvas}
          style={{ width: `${size.width}px`, height: `${size.height}px` }}
          role="img"
          aria-label={`Coincidence histogram with ${display.regions.length} regions`}
          onPointerDown={(event) => {
            if (chosen === null) return;
            setDrawn({ from: cellAt(event), to: cellAt(event) });
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerUp={() => {
            if (!drawn || chosen === null) return;
            setDrawn(null);
            void sendEdit({ kind: "regionLimits", region: chosen, ...limitsOf(drawn, display) });
          }}
          onPointerMove={onMove}
          onPointerLeave={() => setUnder(null)}
        />
      </div>
    </>
  );
}

/** Which region dragging draws, and counts that stand for its own. */
function RegionTools({
  display,
  chosen,
  choose,
}: {
  display: HistogramDisplay;
  chosen: number | null;
  choose: (region: number | null) => void;
}) {
  const gross = report.value?.regions.find(({ region }) => region === chosen)?.gross;
  const [counts, setCounts] = useState("");
  return (
    <EditBar>
      <label>
        region{" "}
        <select
          name="region"
          title="Dragging draws its limits"
          value={chosen ?? ""}
          onChange={(event) => choose(event.currentTarget.value === "" ? null : Number(event.currentTarget.value))}
        >
          <option value="">none</option>
          {display.regions.map(({ region }) => (
            <option key={region} value={region}>
              {region}
            </option>
          ))}
        </select>
      </label>
      <label>
        counts{" "}
        <input
          name="counts"
          type="number"
          min="0"
          placeholder={gross === undefined ? "" : String(gross)}
          value={counts}
          onInput={(event) => setCounts(event.currentTarget.value)}
        />
      </label>
      <button
        type="button"
        disabled={chosen === null || counts === "" || !(Number(counts) >= 0)}
        onClick={() => {
          void sendEdit({ kind: "regionCounts", region: chosen!, gross: Number(counts) });
          setCounts("");
        }}
      >
        set
      </button>
    </EditBar>
  );
}

interface Cell {
  readonly beta: number;
  readonly gamma: number;
}

/** Both corners belong to it. */
interface Rectangle {
  readonly from: Cell;
  readonly to: Cell;
}

function limitsOf({ from, to }: Rectangle, { betaChannels, gammaChannels }: HistogramDisplay) {
  const within = (channel: number, channels: number) => Math.min(channels - 1, Math.max(0, channel));
  const [b0, b1] = [within(from.beta, betaChannels), within(to.beta, betaChannels)];
  const [g0, g1] = [within(from.gamma, gammaChannels), within(to.gamma, gammaChannels)];
  return {
    ...{ betaFrom: Math.min(b0, b1), betaTo: Math.max(b0, b1) + 1 },
    ...{ gammaFrom: Math.min(g0, g1), gammaTo: Math.max(g0, g1) + 1 },
  };
}

const withRegion = (display: HistogramDisplay, drawn: HistogramDisplay["regions"][number]): HistogramDisplay => ({
  ...display,
  regions: display.regions.map((one) => (one.region === drawn.region ? drawn : one)),
});

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
