/** `harken transport WEATHER...`: where the air of samples came from, or where a release goes. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  evaluate,
  fieldName,
  type HeightsFrom,
  particleCount,
  predictedSample,
  type SamplePlace,
  sourceReceptorField,
  type TransportPlan,
  type TransportResult,
} from "@harken/atmosphere";
import {
  backwardPlan,
  centerErrors,
  checkPlace,
  concentrationNetcdf,
  forwardPlan,
  openWeatherFiles,
  sensitivityNetcdf,
  transport,
  type WeatherFiles,
  writeWhole,
} from "@harken/center";
import { isoTime, type TracerSample } from "@harken/core";
import { decodeTracerSamples, encodeSourceReceptorField, encodeTracerSamples } from "@harken/formats";
import { Command } from "commander";
import { cliErrors } from "../errors.ts";
import { listFiles, loadBytes } from "../input.ts";
import { defaultWorkers, numberOption, printJson, timeOption } from "../options.ts";
import { createProgress } from "../progress.ts";
import { readSamples } from "../sampleList.ts";
import { plumePicture, regardOf, regardPicture } from "../transportMaps.ts";
import { heightsFromOption, pairOption, placeOf, speciesOption, type TransportOptions } from "../transportPlan.ts";
import { describeField, describePrediction, fieldJson } from "../transportText.ts";

interface Options extends TransportOptions {
  readonly forward?: boolean;
  readonly samples?: string;
  readonly measured?: string;
  readonly out: string;
  readonly workers: number;
  readonly frozen?: boolean;
  readonly heightsFrom: HeightsFrom;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** What a shell reports of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

export function transportCommand(): Command {
  return new Command("transport")
    .description(
      "Follow the air of samples backward, or a release forward, through weather of GRIB or netCDF files. Backward: source-receptor " +
        "fields in the CTBTO's format, netCDF and a map. Forward: concentrations as netCDF and a map, and what stations would measure. Ctrl-C keeps " +
        "the state; the same command goes on.",
    )
    .argument("<weather...>", "GRIB and netCDF files, or folders of them")
    .option("--station <code>", "radionuclide station, or any name beside --at")
    .option(
      "--at <lat,lon>",
      "place of the sample or release",
      pairOption("--at", ",", (lat, lon) => Math.abs(lat) <= 90 && Math.abs(lon) <= 360),
    )
    .option("--from <time>", "begin of sampling or release, UTC", timeOption("--from"))
    .option("--to <time>", "end of it, UTC", timeOption("--to"))
    .option(
      "--samples <table>",
      "several samples: station,lat,lon,sample_start,sample_stop; forward: the samples to predict",
    )
    .option("--measured <file>", "forward: measurements of a tracer experiment (DATEM) to predict and compare with")
    .option("--forward", "follow a release")
    .option("--days <n>", "length of the run", numberOption("--days", 0.04, 400), 14)
    .option("--particles <n>", "number of particles", numberOption("--particles", 1, 5e7), 100_000)
    .option(
      "--species <names>",
      "forward: tracer, Xe-133, I-131, ..., separated by commas",
      speciesOption,
      speciesOption("tracer"),
    )
    .option("--amount <Bq>", "forward: amount released of each species", numberOption("--amount", 0, 1e30), 1e15)
    .option(
      "--heights <m-m>",
      "heights of sample or release above ground",
      pairOption("--heights", "-", (a, b) => a >= 0 && b >= a),
      [0, 30],
    )
    .option(
      "--box <deg>",
      "side of the box around the place that is sampled or filled",
      numberOption("--box", 0, 60),
      0,
    )
    .option(
      "--layer <m>",
      "depth of the layer on the ground that fields are of",
      numberOption("--layer", 1, 20_000),
      150,
    )
    .option("--grid <deg>", "size of the fields' cells", numberOption("--grid", 0.1, 10), 1)
    .option("--output-hours <h>", "length of the fields' steps", numberOption("--output-hours", 0.25, 240), 3)
    .option("--step <s>", "time step", numberOption("--step", 10, 3600), 900)
    .option("--seed <n>", "seed of the random numbers", numberOption("--seed", 0, 2 ** 52), 1)
    .option("--no-convection", "leave convection out")
    .option("--frozen", "let the weather nearest to the run's start stand for all times")
    .option(
      "--heights-from <what>",
      "ground, or first-level: the lowest level above ground is height 0, as in FLEXPART's GFS mode",
      heightsFromOption,
      "ground",
    )
    .option("--out <folder>", "where to write", ".")
    .option(
      "--workers <n>",
      "worker threads; the result is the same for any number",
      numberOption("--workers", 1, 256),
      defaultWorkers,
    )
    .option("--json", "print the result as JSON")
    .option("--quiet", "no progress")
    .action(async (paths: string[], options: Options) => {
      const run = prepare(paths, options);
      if (options.forward) await forward(run, options);
      else await backward(run, options);
    });
}

interface Run {
  readonly weather: WeatherFiles;
  /** Moves a plan's particles; null when it was stopped. */
  execute(plan: TransportPlan, name: string): Promise<TransportResult | null>;
  write(name: string, content: Uint8Array | string): string;
}

function prepare(paths: readonly string[], options: Options): Run {
  const weather = openWeatherFiles(listFiles(paths), loadBytes);
  mkdirSync(options.out, { recursive: true });
  let stopped = false;
  process.once("SIGINT", () => {
    stopped = true;
    say("Stopping; the state is kept. (Ctrl-C again ends at once.)");
  });
  return {
    weather,
    async execute(plan, name) {
      if (stopped) return null;
      const hours = (plan.outputs * plan.outputSec) / 3600;
      say(`${name}: ${particleCount(plan)} particles, ${hours} h ${plan.direction}, ${options.workers} threads.`);
      const progress = createProgress(name, "particle-steps", { quiet: options.quiet ?? false });
      let before: number | null = null;
      const result = await transport({
        plan,
        weather,
        frozen: options.frozen ?? false,
        heightsFrom: options.heightsFrom,
        checkpoint: join(options.out, `${name}.checkpoint`),
        threads: options.workers,
        isStopped: () => stopped,
        onResume: (from) =>
          say(
            typeof from === "number"
              ? `${name}: goes on from ${Math.round(100 * from)} %.`
              : `${name}: begins anew. ${from}`,
          ),
        onProgress: ({ done, total }) => {
          // The rate is of this session.
          before ??= done;
          progress.update(done - before, total - before);
        },
      });
      progress.end();
      return result.finished ? result : null;
    },
    write(name, content) {
      const path = join(options.out, name);
      writeWhole(path, content);
      return path;
    },
  };

  function say(text: string): void {
    if (!options.quiet) process.stderr.write(`${text}\n`);
  }
}

async function backward(run: Run, options: Options): Promise<void> {
  const samples: readonly SamplePlace[] = options.samples ? readSamples(options.samples) : [placeOf(options)];
  for (const { station, latitudeDeg, longitudeDeg } of samples)
    checkPlace(station, latitudeDeg, longitudeDeg, run.weather.region);
  if (!options.quiet && samples.some(({ sampleStart, sampleStop }) => sampleStart % 3600 || sampleStop % 3600))
    process.stderr.write(
      "SRS files know whole hours: the times of sampling are cut to these there, not in the netCDF files.\n",
    );
  const done: unknown[] = [];
  for (const sample of samples) {
    const name = `${fieldName(sample.station, sample.sampleStop)}.HRKN`;
    const result = await run.execute(backwardPlan(sample, options), name);
    if (!result) return interrupted();
    const { station, latitudeDeg, longitudeDeg, sampleStart, sampleStop } = sample;
    const { field, standardError } = sourceReceptorField(result, {
      station,
      latitudeDeg,
      longitudeDeg,
      sampleStart,
      sampleStop,
    });
    const regard = regardOf(field, result.plan.sampling.grid);
    const written = [
      run.write(`${name}.srs`, encodeSourceReceptorField(field)),
      run.write(`${name}.nc`, sensitivityNetcdf(result, field, standardError)),
      run.write(`${name}.svg`, regardPicture(field, regard)),
    ];
    if (options.json) done.push({ ...fieldJson(field, regard), written });
    else process.stdout.write(`${describeField(field, regard, written)}\n`);
  }
  finish(run, options, done);
}

async function forward(run: Run, options: Options): Promise<void> {
  const release = placeOf(options);
  checkPlace(release.station, release.latitudeDeg, release.longitudeDeg, run.weather.region);
  const wanted = [
    ...(options.samples
      ? readSamples(options.samples).map((sample) => ({ ...sample, concentration: sample.measured?.bqPerM3 ?? null }))
      : []),
    ...(options.measured ? readMeasured(options.measured) : []),
  ];
  const name = `${fieldName(release.station, release.sampleStart)}.HRKN.forward`;
  const result = await run.execute(forwardPlan(release, options), name);
  if (!result) return interrupted();
  const predictions = wanted.map((sample) => ({ sample, predicted: predictedSample(result, sample) }));
  const pairs = predictions.flatMap(({ sample, predicted }) =>
    predicted && sample.concentration !== null ? [{ measured: sample.concentration, computed: predicted.bqPerM3 }] : [],
  );
  const scores =
    pairs.length > 0
      ? evaluate(
          pairs.map(({ measured }) => measured),
          pairs.map(({ computed }) => computed),
        )
      : null;
  const computed = predictions.map(
    ({ sample, predicted }): TracerSample => ({ ...sample, concentration: predicted?.bqPerM3 ?? null }),
  );
  const written = [
    run.write(`${name}.nc`, concentrationNetcdf(result)),
    run.write(`${name}.svg`, plumePicture(result, release, predictions)),
    ...(computed.length > 0
      ? [run.write(`${name}.txt`, encodeTracerSamples(computed, `computed by Harken, ${release.station}`))]
      : []),
  ];
  if (!options.json) process.stdout.write(`${describePrediction(result, release, predictions, scores, written)}\n`);
  finish(run, options, [
    {
      station: release.station,
      from: isoTime(release.sampleStart, 0),
      to: isoTime(release.sampleStop, 0),
      predictions: predictions.map(({ sample, predicted }) => ({
        station: sample.station,
        from: isoTime(sample.sampleStart, 0),
        to: isoTime(sample.sampleStop, 0),
        measured: sample.concentration,
        computed: predicted?.bqPerM3 ?? null,
        standardError: predicted?.standardError ?? null,
      })),
      scores,
      written,
    },
  ]);
}

function readMeasured(path: string): readonly TracerSample[] {
  const bytes = loadBytes(path);
  if (!(bytes instanceof Uint8Array)) throw cliErrors.make("NOT_FOUND", { path });
  const { items, problems } = decodeTracerSamples(bytes);
  const error = problems.find(({ severity }) => severity === "error");
  if (error)
    throw centerErrors.make("BAD_TABLE", { path, line: error.line ?? 1, reason: error.message.replace(/\.$/, "") });
  return items;
}

function finish(run: Run, options: Options, done: readonly unknown[]): void {
  if (options.json) printJson(done);
  if (options.quiet) return;
  const remarks = [...run.weather.remarks];
  for (const remark of remarks.slice(0, 3)) process.stderr.write(`${remark}\n`);
  if (remarks.length > 3) process.stderr.write(`and ${remarks.length - 3} more remarks of this kind on the weather\n`);
}

function interrupted(): void {
  process.stderr.write("Stopped. The same command goes on.\n");
  process.exitCode = INTERRUPTED;
}
