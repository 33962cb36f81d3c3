/**
 * The clock of the data: when a step's time has come. At a speed the data's time runs so many times faster than the wall's; without one each
 * step's time comes as soon as the work before it is done. A machine that is too slow for the speed falls behind and leaves nothing out.
 */

export interface DataClock {
  /** Resolves when the data's time has come, or at once at a stop. */
  until(time: number): Promise<void>;
  stop(): void;
}

/** Longest one wait: timers are 32-bit milliseconds. */
const LONGEST_WAIT_MS = 60_000;

/** `from` is the data time now; `now` the wall clock, s. */
export function createDataClock(speed: number | null, from: number, now: () => number): DataClock {
  const began = now();
  let isStopped = false;
  let wake: () => void = () => undefined;
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  return {
    async until(time) {
      if (speed === null) return;
      while (!isStopped) {
        const left = (time - from) / speed - (now() - began);
        if (left <= 0) return;
        await pause(Math.min(left * 1000, LONGEST_WAIT_MS));
      }
    },
    stop() {
      isStopped = true;
      wake();
    },
  };
}
