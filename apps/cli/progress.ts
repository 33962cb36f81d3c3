/**
 * One line of progress on stderr: done of total, rate, time left. On a terminal it rewrites itself; elsewhere it prints a line every ten
 * seconds, so that logs stay short. Reports nothing at all when `quiet`.
 */

export interface Progress {
  /** `done` of `total` units are finished. */
  update(done: number, total: number, detail?: string): void;
  /** Ends the line. */
  end(summary?: string): void;
}

const REDRAW_MS = 120;
const LOG_MS = 10_000;

export function createProgress(label: string, unit: string, options: { quiet?: boolean } = {}): Progress {
  if (options.quiet) return { update: () => {}, end: () => {} };
  const started = Date.now();
  const terminal = process.stderr.isTTY === true;
  let last = 0;
  let open = false;
  const line = (done: number, total: number, detail: string) => {
    const seconds = Math.max(0.001, (Date.now() - started) / 1000);
    const rate = done / seconds;
    const left = rate > 0 && total > done ? `, ${formatDuration((total - done) / rate)} left` : "";
    return `${label}: ${round(done)} of ${round(total)} ${unit} (${round(rate)}/s${left})${detail ? ` ${detail}` : ""}`;
  };
  return {
    update(done, total, detail = "") {
      const now = Date.now();
      if (now - last < (terminal ? REDRAW_MS : LOG_MS) && done < total) return;
      if (!terminal && last === 0 && done < total) {
        last = now;
        return;
      }
      last = now;
      open = terminal;
      process.stderr.write(
        terminal ? `\r\x1b[K${line(done, total, detail).slice(0, 140)}` : `${line(done, total, detail)}\n`,
      );
    },
    end(summary) {
      if (open) process.stderr.write("\r\x1b[K");
      if (summary) process.stderr.write(`${summary}\n`);
    },
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
