/**
 * The test suite's reporter for node:test: one line for each file, every failure in full, every skip with its reason. The counts go to
 * the file named by HARKEN_TEST_COUNTS, where the runner adds them up.
 */
import { appendFileSync } from "node:fs";
import { relative } from "node:path";

interface TestEvent {
  readonly type: string;
  readonly data: {
    readonly name: string;
    readonly file?: string;
    readonly line?: number;
    readonly skip?: string | boolean;
    readonly todo?: string | boolean;
    readonly details?: {
      readonly type?: string;
      readonly duration_ms?: number;
      readonly error?: Error & { cause?: unknown };
    };
  };
}

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  milliseconds: number;
}

// biome-ignore lint/style/noDefaultExport: node:test loads a reporter by its default export.
export default async function* report(source: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const files = new Map<string, Tally>();
  for await (const { type, data } of source) {
    if (type !== "test:pass" && type !== "test:fail") continue;
    if (data.details?.type === "suite") continue;
    const file = data.file ? relative(process.cwd(), data.file) : "?";
    const tally = files.get(file) ?? { passed: 0, failed: 0, skipped: 0, milliseconds: 0 };
    files.set(file, tally);
    tally.milliseconds += data.details?.duration_ms ?? 0;
    if (type === "test:fail") {
      tally.failed++;
      const error = data.details?.error;
      const cause = error?.cause ?? error;
      const text = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
      yield `FAILED ${file}:${data.line ?? "?"} ${data.name}\n${text.replace(/^/gm, "    ")}\n`;
    } else if (data.skip !== undefined && data.skip !== false) {
      tally.skipped++;
      yield `skipped ${file} ${data.name}: ${data.skip === true ? "no reason given" : data.skip}\n`;
    } else {
      tally.passed++;
    }
  }
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [file, tally] of files) {
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
    const counts = `${tally.passed} passed${tally.failed ? `, ${tally.failed} FAILED` : ""}${tally.skipped ? `, ${tally.skipped} skipped` : ""}`;
    yield `${file}: ${counts} (${(tally.milliseconds / 1000).toFixed(1)} s)\n`;
  }
  const counts = process.env["HARKEN_TEST_COUNTS"];
  if (counts) appendFileSync(counts, `${JSON.stringify(total)}\n`);
}
