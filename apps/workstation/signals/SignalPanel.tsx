/** The signal in the measuring window, or about the chosen detection: spectrogram, spectra, cepstrum, and the motion of the ground. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { useBoxSize } from "../boxSize.ts";
import { formatClock, formatNumber } from "../format.ts";
import { prepareCanvas } from "../theme.ts";
import { drawCepstrum, drawMotion, drawSpectra, drawSpectrogram } from "./drawSignals.ts";
import { analysis, isLoading, refusal, type SignalSubject, subject } from "./signals.ts";

export function SignalPanel() {
  const now = subject.value;
  if (!now) {
    return (
      <p class="empty">
        Draw a window over a trace with Shift and the pointer, or choose a detection: its spectrogram, spectra and
        motion appear here.
      </p>
    );
  }
  const seen = analysis.value;
  return (
    <>
      <p class="signal-head">
        <b>{now.channel.split(".").slice(1).join(" ")}</b> {formatClock(now.window.from)} +{" "}
        {formatNumber(now.window.to - now.window.from, 2)} s{" "}
        <span class="faint">{isLoading.value && "computing …"}</span>
      </p>
      {refusal.value && <p class="trouble">{refusal.value}</p>}
      {seen && !refusal.value && <Pictures now={now} seen={seen} />}
    </>
  );
}

function Pictures({ now, seen }: { now: SignalSubject; seen: NonNullable<typeof analysis.value> }) {
  const { spectrogram, spectrum, cepstrum, motion } = seen;
  return (
    <>
      {spectrogram ? (
        <Picture
          name="Spectrogram"
          words="unfiltered; the frame is the window"
          height={140}
          draw={(context, width, height) => drawSpectrogram(context, width, height, spectrogram, now.window)}
        />
      ) : (
        <p class="faint">Too few data for a spectrogram.</p>
      )}
      {spectrum ? (
        <Picture
          name="Spectra"
          words={`red the window, peak ${formatNumber(spectrum.peakHz, 2)} Hz; ${spectrum.noise ? "grey as long before it" : "no noise before it"}; per Hz`}
          height={150}
          draw={(context, width, height) => drawSpectra(context, width, height, spectrum)}
        />
      ) : (
        <p class="faint">Too few samples for a spectrum: draw a longer window.</p>
      )}
      {motion ? (
        <>
          <Picture
            name="Motion"
            words="from above, from the side; red what is measured, blue where the event is"
            height={170}
            draw={(context, width, height) => drawMotion(context, width, height, motion, now.azimuthDeg)}
          />
          <p class="signal-facts">
            Back-azimuth {formatNumber(motion.polarization.backAzimuthDeg, 0)}°
            {now.azimuthDeg !== null && ` (event at ${formatNumber(now.azimuthDeg, 0)}°)`}, incidence{" "}
            {formatNumber(motion.polarization.incidenceDeg, 0)}°, rectilinearity{" "}
            {formatNumber(motion.polarization.rectilinearity, 2)}, planarity{" "}
            {formatNumber(motion.polarization.planarity, 2)}
          </p>
        </>
      ) : (
        <p class="faint">Motion needs the components Z, N and E of one sensor.</p>
      )}
      {cepstrum && (
        <Picture
          name="Cepstrum"
          words="an echo after T makes a peak at T"
          height={80}
          draw={(context, width, height) => drawCepstrum(context, width, height, cepstrum)}
        />
      )}
    </>
  );
}

interface PictureProps {
  readonly name: string;
  readonly words: string;
  readonly height: number;
  readonly draw: (context: CanvasRenderingContext2D, width: number, height: number) => void;
}

function Picture({ name, words, height, draw }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useBoxSize(box);
  useLayoutEffect(() => {
    const context = width > 0 && prepareCanvas(canvas.current!, width, height);
    if (context) draw(context, width, height);
  });
  return (
    <>
      <h3>
        {name} <small>{words}</small>
      </h3>
      <div ref={box} class="signal-box">
        <canvas ref={canvas} role="img" aria-label={name} style={{ width: `${width}px`, height: `${height}px` }} />
      </div>
    </>
  );
}
