/**
 * Lines of events above one line of progress. On a terminal the progress rewrites itself; elsewhere it is printed every ten seconds, so that
 * logs stay short.
 *
 *     const screen = createStatusLine(process.stdout);
 *     screen.progress("12 %. Data from ...");
 *     screen.say("First event after 21 s.");
 */
import { stripVTControlCharacters } from "node:util";

export interface StatusLine {
  /** A line that stays. */
  say(line: string): void;
  /** `last` is shown however soon it follows. */
  progress(line: string, last?: boolean): void;
  /** Takes the progress away. */
  end(): void;
}

interface Output {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

const REDRAW_MS = 200;
const PRINT_MS = 10_000;
const ERASE = "\r\x1b[K";

interface Options {
  readonly clock?: () => number;
  /** How long the work must last before progress is printed where there is no terminal: short work leaves its last line only. */
  readonly firstPrintMs?: number;
}

export function createStatusLine(output: Output, options: Options = {}): StatusLine {
  const { clock = () => performance.now(), firstPrintMs = 0 } = options;
  const terminal = output.isTTY === true;
  let shown = "";
  let drawn = terminal ? -Infinity : clock() - PRINT_MS + firstPrintMs;
  const draw = (line: string) => {
    // A line that wraps could not be erased.
    const fitting = stripVTControlCharacters(line).slice(0, Math.max(1, (output.columns || 80) - 1));
    output.write(`${ERASE}${fitting}`);
    shown = line;
  };
  return {
    say(line) {
      output.write(shown === "" ? `${line}\n` : `${ERASE}${line}\n`);
      if (shown !== "") draw(shown);
    },
    progress(line, last = false) {
      const now = clock();
      if (!last && now - drawn < (terminal ? REDRAW_MS : PRINT_MS)) return;
      drawn = now;
      if (terminal) draw(line);
      else output.write(`${line}\n`);
    },
    end() {
      if (shown !== "") output.write(ERASE);
      shown = "";
    },
  };
}
