/** A program of `testdata` as a process of its own, for tests: what it says is waited for, and none is left behind. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { until } from "./testRig.ts";

export interface TestProcess {
  /** What it has said so far. */
  readonly output: () => string;
  /** Resolves when it has ended. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Waits for words in its output; fails when it ends before. */
  until(words: RegExp, limitMs?: number): Promise<RegExpExecArray>;
}

const running = new Set<TestProcess>();
after(() => Promise.all([...running].map((program) => program.kill())));

/** Starts `testdata/NAME.ts` with one argument, as JSON. */
export function launch(name: string, argument: unknown): TestProcess {
  const program = fileURLToPath(new URL(`../testdata/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", program, JSON.stringify(argument)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  const ended = new Promise<void>((resolve) =>
    child.on("close", () => {
      running.delete(self);
      resolve();
    }),
  );
  const self: TestProcess = {
    output: () => output,
    async kill(signal = "SIGKILL") {
      child.kill(signal);
      await ended;
    },
    async until(words, limitMs = 60_000) {
      let found: RegExpExecArray | null = null;
      await until(`${words} of ${name}`, () => (found = words.exec(output)) !== null || !running.has(self), limitMs);
      if (!found) assert.fail(`${name} ended: ${output.slice(-2_000)}`);
      return found;
    },
  };
  running.add(self);
  return self;
}
