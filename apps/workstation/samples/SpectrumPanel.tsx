/**
 * The gamma spectrum of the selected sample: wheel zooms about the pointer, dragging moves the view, double click shows all. With a tool of the analyst in
 * hand, a press and a release are an edit.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { useBoxSize } from "../boxSize.ts";
import { formatNumber } from "../format.ts";
import { prepareCanvas } from "../theme.ts";
import { drawSpectrum, gutter } from "./drawSpectrum.ts";
import { PeakTools } from "./EditBar.tsx";
import { pointerEdit, regionsAt, tool } from "./edits.ts";
import { ScaleButton } from "./ScaleButton.tsx";
import { type EnergyView, firstAtLeast, pan, wholeView, zoom } from "./spectrumPicture.ts";
import { detail, logarithmic, nuclide, picture, view } from "./state.ts";

const ZOOM_STEP = 1.25;

export function SpectrumPanel() {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useBoxSize(box);
  const [under, setUnder] = useState<{ keV: number; counts: number; sigmas: number | null; fit: number | null } | null>(
    null,
  );
  const drag = useRef<{ x: number } | null>(null);
  const [span, setSpan] = useState<EnergyView | null>(null);
  const now = picture.value!;

  useEffect(() => {
    const context = canvas.current && prepareCanvas(canvas.current, size.width, size.height);
    if (context)
      drawSpectrum(context, {
        ...size,
        picture: now,
        view: view.value,
        logarithmic: logarithmic.value,
        nuclide: nuclide.value,
        span,
      });
  }, [now, size, view.value, logarithmic.value, nuclide.value, span]);

  const energyAt = (event: MouseEvent) => {
    const { fromKeV, toKeV } = view.value;
    return fromKeV + ((event.offsetX - gutter) / Math.max(1, size.width - gutter)) * (toKeV - fromKeV);
  };
  const whole = wholeView(now);
  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    view.value = zoom(view.value, whole, energyAt(event), event.deltaY > 0 ? ZOOM_STEP : 1 / ZOOM_STEP);
  };
  const onMove = (event: PointerEvent) => {
    const keV = energyAt(event);
    if (span) setSpan({ ...span, toKeV: keV });
    else if (drag.current) {
      const { fromKeV, toKeV } = view.value;
      const perPixel = (toKeV - fromKeV) / Math.max(1, size.width - gutter);
      view.value = pan(view.value, whole, (drag.current.x - event.offsetX) * perPixel);
      drag.current = { x: event.offsetX };
    }
    const at = firstAtLeast(now.energyKeV, keV);
    const counts = now.counts[at];
    const fit = regionsAt(now.regions, keV)[0]?.reducedDeviance ?? null;
    setUnder(counts === undefined ? null : { keV, counts, sigmas: now.residual?.[at] ?? null, fit });
  };
  return (
    <>
      <div class="spectrum-bar">
        <ScaleButton />
        <button type="button" title="0" onClick={() => (view.value = whole)}>
          whole spectrum
        </button>
        <span class="legend">
          <span class="counts-key">counts</span> <span class="fit-key">fit</span>{" "}
          <span class="line-key">{nuclide.value ?? "no nuclide"}: heights by its activity</span>
        </span>
        <output class="faint">
          {under
            ? `${formatNumber(under.keV, 1)} keV, ${under.counts} counts${under.sigmas === null ? "" : `, ${formatNumber(under.sigmas, 1)} σ from the fit`}${under.fit === null ? "" : `, its deviance ${formatNumber(under.fit, 2)}`}`
            : `${formatNumber(view.value.fromKeV, 0)} to ${formatNumber(view.value.toKeV, 0)} keV`}
        </output>
      </div>
      {detail.value?.automatic && <PeakTools />}
      <div class="spectrum-box" ref={box}>
        <canvas
          class="spectrum"
          ref={canvas}
          style={{ width: `${size.width}px`, height: `${size.height}px` }}
          role="img"
          aria-label={`Gamma spectrum with ${now.peaks.length} peaks`}
          onWheel={onWheel}
          onPointerDown={(event) => {
            if (tool.value === "look") drag.current = { x: event.offsetX };
            else setSpan({ fromKeV: energyAt(event), toKeV: energyAt(event) });
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerUp={(event) => {
            drag.current = null;
            if (!span) return;
            setSpan(null);
            pointerEdit(span.fromKeV, energyAt(event));
          }}
          onPointerMove={onMove}
          onPointerLeave={() => setUnder(null)}
          onDblClick={() => (view.value = whole)}
        />
      </div>
    </>
  );
}
