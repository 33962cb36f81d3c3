/** Progress of counted work on stderr: done of total, rate, time left. Reports nothing at all when `quiet`. */
import { createStatusLine } from "./statusLine.ts";

export interface Progress {
  /** `done` of `total` units are finished. */
  update(done: number, total: number): void;
  /** Takes the line away. */
  end(): void;
}

export function createProgress(label: string, unit: string, options: { quiet?: boolean } = {}): Progress {
  if (options.quiet) return { update: () => {}, end: () => {} };
  const started = performance.now();
  const screen = createStatusLine(process.stderr, { firstPrintMs: 10_000 });
  return {
    update(done, total) {
      const seconds = Math.max(0.001, (performance.now() - started) / 1000);
      const rate = done / seconds;
      const left = rate > 0 && total > done ? `, ${formatDuration((total - done) / rate)} left` : "";
      screen.progress(`${label}: ${round(done)} of ${round(total)} ${unit} (${round(rate)}/s${left})`, done === total);
    },
    end: screen.end,
  };
}

const round = (value: number) =>
  value >= 100 || Number.isInteger(value) ? Math.round(value).toLocaleString("en") : value.toFixed(1);

/** 75 s reads "1 min 15 s". */
export function formatDuration(seconds: number): string {
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
