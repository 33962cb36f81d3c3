/**
 * What acquisition refuses and what alarms it: each told in the log with its reason, and kept in the database. A flood of the same is counted: the
 * first of a minute are told one by one, the rest by their number.
 */
import { type AlarmRecord, putAlarms, type Store } from "@harken/store";
import type { Logger } from "pino";

export interface AlarmBook {
  raise(source: string, code: string, detail: string, severity?: AlarmRecord["severity"]): void;
  /** How often each code was raised since the start. */
  readonly counts: ReadonlyMap<string, number>;
  /** Writes what was raised since the last time. */
  flush(): Promise<void>;
}

const TOLD_EACH_MINUTE = 20;
/** Different sources and codes within a flush: forged names must not fill the memory. */
const MOST_OPEN = 5_000;
const OVERFLOW_SOURCE = "(others)";

export function createAlarmBook(store: Store, logger: Logger, clock: () => number): AlarmBook {
  const counts = new Map<string, number>();
  let open = new Map<string, AlarmRecord>();
  let minute = 0;
  let told = new Map<string, number>();
  return {
    counts,
    raise(source, code, detail, severity = "alarm") {
      const now = clock();
      counts.set(code, (counts.get(code) ?? 0) + 1);
      if (Math.floor(now / 60) !== minute) {
        minute = Math.floor(now / 60);
        for (const [key, count] of told)
          if (count > TOLD_EACH_MINUTE) logger.warn({ code: "alarm.more", of: key, count: count - TOLD_EACH_MINUTE });
        told = new Map();
      }
      const isKnown = open.has(`${source} ${code}`);
      const name = isKnown || open.size < MOST_OPEN ? source : OVERFLOW_SOURCE;
      const key = `${name} ${code}`;
      const before = open.get(key);
      open.set(
        key,
        before ? { ...before, count: before.count + 1 } : { time: now, source: name, code, severity, detail, count: 1 },
      );
      const times = (told.get(key) ?? 0) + 1;
      told.set(key, times);
      if (times <= TOLD_EACH_MINUTE) logger.warn({ code, source, severity, detail });
    },
    async flush() {
      if (open.size === 0) return;
      const list = [...open.values()];
      open = new Map();
      try {
        await store.transaction((writer) => putAlarms(writer, list));
      } catch (cause) {
        logger.error({ code: "alarms.not-kept", count: list.length, err: cause });
      }
    },
  };
}
