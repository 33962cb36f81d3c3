/** Structured logs: one JSON line per event with a code and fields, in `log/center.log` of the data folder. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { destination, type Logger, pino } from "pino";

export interface Log {
  readonly logger: Logger;
  close(): void;
}

export function openLog(dataDir: string): Log {
  mkdirSync(join(dataDir, "log"), { recursive: true });
  const file = destination({ dest: join(dataDir, "log", "center.log"), append: true, sync: true });
  return {
    logger: pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, file),
    close: () => file.end(),
  };
}
