/**
 * `npm test`: everything. Installs what it may, runs the static checks and then the tests of every package, two processes at a time, and
 * ends with the line `N passed, N failed, N skipped`. Arguments narrow it to packages: `npm test -- formats earth`.
 *
 * Pure packages run all their files in one process; durable ones give each file a process of its own.
 */
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { checks } from "./checks.ts";
import { ensureDebianPackages, root, run, runAll } from "./machine.ts";

interface Group {
  readonly name: string;
  readonly files: readonly string[];
  readonly isolated: boolean;
}

/** In order of length, longest first, so that two processes finish together. */
const groupFolders: readonly { readonly name: string; readonly pattern: string; readonly isolated: boolean }[] = [
  { name: "center", pattern: "center/**/*.test.ts", isolated: true },
  { name: "cli", pattern: "apps/cli/**/*.test.ts", isolated: true },
  { name: "workstation", pattern: "apps/workstation/**/*.test.ts", isolated: true },
  { name: "formats", pattern: "formats/**/*.test.ts", isolated: false },
  { name: "waveform", pattern: "waveform/**/*.test.ts", isolated: false },
  { name: "store", pattern: "store/**/*.test.ts", isolated: true },
  { name: "radionuclide", pattern: "radionuclide/**/*.test.ts", isolated: false },
  { name: "atmosphere", pattern: "atmosphere/**/*.test.ts", isolated: false },
  { name: "earth", pattern: "earth/**/*.test.ts", isolated: false },
  { name: "simulator", pattern: "simulator/**/*.test.ts", isolated: false },
  { name: "signal", pattern: "signal/**/*.test.ts", isolated: false },
  { name: "core", pattern: "{core,treaty,api}/**/*.test.ts", isolated: false },
  { name: "docs", pattern: "scripts/**/*.test.ts", isolated: true },
];

/** A test that takes longer hangs; it fails instead of holding up everything. */
const LONGEST_TEST_MS = 600_000;

const wanted = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), "harken-test-"));
let passed = 0;
let failed = 0;
let skipped = 0;
let executed = 0;

async function runGroup(group: Group): Promise<void> {
  const counts = join(scratch, `${group.name}.json`);
  const { status, output, seconds } = await run(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      "--test",
      `--test-isolation=${group.isolated ? "process" : "none"}`,
      "--test-concurrency=1",
      `--test-timeout=${LONGEST_TEST_MS}`,
      `--test-reporter=./scripts/testReporter.ts`,
      ...group.files,
    ],
    { HARKEN_TEST_COUNTS: counts },
  );
  process.stdout.write(`--- ${group.name} (${seconds.toFixed(1)} s)\n${output}`);
  let tally = { passed: 0, failed: 0, skipped: 0 };
  try {
    tally = JSON.parse(readFileSync(counts, "utf8").trim());
  } catch (cause) {
    process.stdout.write(
      `FAILED ${group.name}: its process ended with status ${status} before the counts (${String(cause)})\n`,
    );
  }
  // A process that fails without a failed test (an import error, an unhandled rejection) is a failure all the same.
  if (status !== 0 && tally.failed === 0) tally.failed = 1;
  passed += tally.passed;
  failed += tally.failed;
  skipped += tally.skipped;
  executed += tally.passed + tally.failed;
  if (tally.passed + tally.failed === 0) {
    process.stdout.write(`FAILED ${group.name}: no test ran\n`);
    failed++;
  }
}

process.chdir(root);
ensureDebianPackages();
const slots = Math.max(2, Math.min(4, availableParallelism()));
if (wanted.length === 0) {
  for (const { name, ok, output, seconds } of await runAll(slots, checks)) {
    process.stdout.write(`${ok ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)\n`);
    if (!ok) process.stdout.write(`${output.replace(/^/gm, "    ")}\n`);
    if (ok) passed++;
    else failed++;
  }
  const build = await run(process.execPath, ["scripts/build.ts"]);
  process.stdout.write(`${build.status === 0 ? "ok    " : "FAILED"} build (${build.seconds.toFixed(1)} s)\n`);
  if (build.status === 0) passed++;
  else {
    failed++;
    process.stdout.write(build.output);
  }
}
const groups = groupFolders
  .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  .map(({ name, pattern, isolated }) => ({
    name,
    isolated,
    files: globSync(pattern, { exclude: (path) => path.includes("node_modules") }).sort(),
  }))
  .filter(({ files }) => files.length > 0);
await runAll(
  slots,
  groups.map((group) => () => runGroup(group)),
);
rmSync(scratch, { recursive: true, force: true });
if (executed === 0) {
  process.stdout.write("FAILED: no test was executed\n");
  failed++;
}
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed === 0 ? 0 : 1;
