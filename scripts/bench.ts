/**
 * `npm run bench`: medians of every package's benchmarks and of the whole chain, printed and written to docs/performance.md. A benchmark
 * runs for a second unmeasured, so that it is compiled, then until half a second has passed and at least five times; the figure is its amount
 * divided by the median of the processor's time, or of the time on the clock where it waits for something. `npm run bench -- signal` measures
 * one subject and rewrites its rows; `npm run bench -- load` is the reference load, `npm run bench -- pages` the browser's.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { chainBenchmark } from "../apps/cli/chain.bench.ts";
import { benchmarks as transport } from "../atmosphere/transport/transport.bench.ts";
import { benchmarks as acquisition } from "../center/acquisition/acquisition.bench.ts";
import { benchmarks as deliveries } from "../center/delivery/delivery.bench.ts";
import { benchmarks as messages } from "../center/messages/messages.bench.ts";
import { benchmarks as earth } from "../earth/earth.bench.ts";
import { benchmarks as formats } from "../formats/formats.bench.ts";
import { benchmarks as parametric } from "../formats/parametric.bench.ts";
import { benchmarks as radionuclide } from "../radionuclide/radionuclide.bench.ts";
import { benchmarks as signal } from "../signal/signal.bench.ts";
import { benchmarks as simulator } from "../simulator/simulator.bench.ts";
import { runLoad } from "../waveform/load/load.bench.ts";
import { benchmarks as network } from "../waveform/network.bench.ts";
import { benchmarks as station } from "../waveform/station/station.bench.ts";
import { root } from "./machine.ts";
import { measurePages } from "./pages/speed.ts";

interface Benchmark {
  /** What is done and on what size of input. */
  readonly name: string;
  /** Unit of `amount`, such as "Msamples". */
  readonly unit: string;
  /** How much one run does. */
  readonly amount: number;
  readonly run: () => unknown;
}

const WARM_SECONDS = 1;
const MINIMUM_RUNS = 5;
const MINIMUM_SECONDS = 0.5;

interface Figure {
  readonly subject: string;
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly runs: number;
}

/** The processor's time of this process, s: the machine may have other work. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function measure(subject: string, { name, unit, amount, run }: Benchmark): Promise<Figure> {
  // Most are done when they return; those that wait for the disk or for threads give a promise, and the clock on the wall counts.
  const first = run();
  if (first instanceof Promise) await first;
  const clock = first instanceof Promise ? () => performance.now() / 1000 : processorSeconds;
  for (const begun = clock(); clock() - begun < WARM_SECONDS; ) await run();
  const rates: number[] = [];
  const started = clock();
  while (rates.length < MINIMUM_RUNS || clock() - started < MINIMUM_SECONDS) {
    const before = clock();
    const waits = run();
    if (waits instanceof Promise) await waits;
    rates.push(amount / Math.max(1e-6, clock() - before));
  }
  rates.sort((a, b) => a - b);
  return {
    subject,
    name,
    unit,
    median: rates[rates.length >> 1]!,
    low: rates[0]!,
    high: rates.at(-1)!,
    runs: rates.length,
  };
}

const show = (value: number) =>
  value >= 1000 ? Math.round(value).toLocaleString("en") : value >= 10 ? value.toFixed(1) : value.toPrecision(3);

/** A unit that is a rate already stays as it is. */
const rate = (unit: string) => (unit.includes("/") ? unit : `${unit}/s`);

const wanted = process.argv.slice(2);
if (wanted[0] === "load") {
  await runLoad(...wanted.slice(1).map(Number));
  process.exit();
}
const page = `${root}/docs/performance.md`;
const PAGES_HEAD = "## The pages in the browser";
const written = readFileSync(page, "utf8");
if (wanted[0] === "pages") {
  const at = written.indexOf(PAGES_HEAD);
  writeFileSync(page, `${(at < 0 ? written : written.slice(0, at)).trimEnd()}\n\n${await measurePages()}`);
  process.exit();
}
const groups: readonly [string, readonly Benchmark[]][] = [
  ["formats", [...formats, ...parametric]],
  ["signal", signal],
  ["earth", earth],
  ["station", station],
  ["network", network],
  ["radionuclide", radionuclide],
  ["atmosphere", transport],
  ["simulator", simulator],
  // Makes a journal and an archive: only where it is asked for.
  ["acquisition", wanted.length === 0 || wanted.includes("acquisition") ? await acquisition() : []],
  [
    "messages",
    wanted.length === 0 || wanted.includes("messages") ? [...(await messages()), ...(await deliveries())] : [],
  ],
  ["chain", chainBenchmark()],
];
const figures: Figure[] = [];
for (const [subject, list] of groups) {
  if (wanted.length > 0 && !wanted.includes(subject)) continue;
  for (const benchmark of list) {
    const figure = await measure(subject, benchmark);
    figures.push(figure);
    process.stdout.write(
      `${subject.padEnd(11)} ${benchmark.name.padEnd(72)} ${show(figure.median).padStart(12)} ${rate(figure.unit)}\n`,
    );
  }
}
const machine = `${cpus().length} cores, ${cpus()[0]?.model.trim() ?? "unknown processor"}, Node ${process.version}`;
const measured = new Set(figures.map(({ subject }) => subject));
/** Rows of subjects that were not measured this time stay as they are. */
const before = written.split("\n").flatMap((row) => {
  const subject = /^\| ([a-z]+) \|/.exec(row)?.[1];
  return subject && subject !== "subject" && !measured.has(subject) ? [{ subject, row }] : [];
});
const rows = [
  ...before,
  ...figures.map((f) => ({
    subject: f.subject,
    row: `| ${f.subject} | ${f.name} | ${show(f.median)} ${rate(f.unit)} | ${show(f.low)} to ${show(f.high)} | ${f.runs} |`,
  })),
];
writeFileSync(
  page,
  `# Performance

Made by \`npm run bench\`: one thread unless the row says otherwise, per second of the processor's time (of the clock's where the disk or
threads are waited for), the median of at least ${MINIMUM_RUNS} runs after ${WARM_SECONDS} s of others, lowest and highest beside it.
Machine: ${machine}. Compare rows on one machine; do not carry figures from one machine to another.
What a whole centre bears of a network's data, and of a backlog, stands in [acquisition](acquisition.md#what-it-bears).

| subject | what, and the size of the input | median | range | runs |
|---|---|---|---|---|
${groups.flatMap(([subject]) => rows.filter((r) => r.subject === subject).map(({ row }) => row)).join("\n")}
${written.includes(PAGES_HEAD) ? `\n${written.slice(written.indexOf(PAGES_HEAD))}` : ""}`,
);
process.stdout.write("Wrote docs/performance.md\n");
