/**
 * How far the work has got, how fast it goes and how long it will take: counted in station intervals over a sliding window, so the rate
 * follows what the machine does now. The clock is an argument.
 */

export interface ProgressSnapshot {
  readonly done: number;
  readonly total: number;
  readonly ratePerSec: number | null;
  readonly etaSec: number | null;
}

/** Length of the window over which the rate is measured, s. */
const WINDOW_SEC = 30;
/** The first rate is given after this long, s. */
const SETTLE_SEC = 2;

export class ProgressMeter {
  readonly #total: number;
  readonly #clock: () => number;
  readonly #settled: number;
  #done: number;
  readonly #marks: { time: number; done: number }[];

  /**
   * `done` of `total` steps were done before (a resumed run); `clock` gives seconds. The first `settleSteps` are slower than those that follow
   * (tables are filled): the time left is not told from them.
   */
  constructor(total: number, done: number, clock: () => number, settleSteps = 0) {
    this.#total = total;
    this.#done = done;
    this.#clock = clock;
    this.#settled = done + settleSteps;
    this.#marks = [{ time: clock(), done }];
  }

  step(count = 1): void {
    this.#done += count;
    const now = this.#clock();
    this.#marks.push({ time: now, done: this.#done });
    while (this.#marks.length > 2 && this.#marks[1]!.time < now - WINDOW_SEC) this.#marks.shift();
  }

  snapshot(): ProgressSnapshot {
    const first = this.#marks[0]!;
    const elapsed = this.#clock() - first.time;
    const steps = this.#done - first.done;
    const rate = elapsed >= SETTLE_SEC && steps > 0 ? steps / elapsed : null;
    const left = this.#total - this.#done;
    return {
      done: this.#done,
      total: this.#total,
      ratePerSec: rate,
      etaSec: left <= 0 ? 0 : rate === null || this.#done < this.#settled ? null : left / rate,
    };
  }
}

/** How far the work has got in one line, what matters most first: "12 %, about 50 s left, 410 s of data each second. Data from ..." */
export function progressLine(
  { done, total, etaSec }: ProgressSnapshot,
  message: string,
  dataSecPerSec: number | null,
): string {
  const share = total > 0 ? Math.floor((100 * done) / total) : 0;
  const left = etaSec === null ? "" : `, about ${duration(etaSec)} left`;
  const speed = dataSecPerSec === null ? "" : `, ${dataSecPerSec.toFixed(0)} s of data each second`;
  return `${share} %${left}${speed}. ${message}`;
}

/** A time left in words: "40 s", "3 min", "2 h 5 min". */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
