/** `harken srs WHAT FILES...`: what source-receptor fields of any centre say together. */
import {
  type CellSeries,
  cellCentre,
  cellIndex,
  type DecayRule,
  fieldOfRegard,
  knownBackground,
  type LatLonGrid,
  type MapMark,
  multiModelRegard,
  possibleSourceRegion,
  regardOverlap,
  screenSamples,
  sourceTerm,
} from "@harken/atmosphere";
import { isoTime, type SourceReceptorField } from "@harken/core";
import { Command } from "commander";
import { cliErrors } from "../errors.ts";
import { numberOption, printJson, timeOption } from "../options.ts";
import { readInventory } from "../sampleList.ts";
import { decayOption, loadFields, matchSamples, seriesOf } from "../srsFiles.ts";
import { greatestCells, type MapLayer, writeMap } from "../srsMaps.ts";
import { formatTable } from "../table.ts";
import { pairOption } from "../transportPlan.ts";

interface Options {
  readonly nuclide: DecayRule;
  readonly threshold: number;
  readonly out?: string;
  readonly json?: boolean;
  readonly samples: string;
  readonly spearman?: boolean;
  readonly at: readonly [number, number];
  readonly inventory: string;
  readonly modelError: number;
  readonly from?: number;
  readonly to?: number;
}

export function srsCommand(): Command {
  return new Command("srs")
    .description(
      "Use source-receptor fields (SRS files of any centre): fields of regard, overlap, source regions, source terms, background.",
    )
    .addCommand(
      subcommand("regard", "Where the air of the samples has been: sensitivity summed over time and samples.").action(
        regard,
      ),
    )
    .addCommand(
      subcommand(
        "models",
        "Fields of one sample by several models: the share of models that agree on each cell.",
      ).action(models),
    )
    .addCommand(
      withSamples("overlap", "In how many of the samples with a detection the air of each cell was.").action(overlap),
    )
    .addCommand(
      withSamples(
        "region",
        "Possible source region: the correlation of measured concentrations with sensitivity, at each cell's best time.",
      )
        .option("--spearman", "correlate ranks")
        .action(region),
    )
    .addCommand(
      withSamples("source", "How much was released at a place, slot by slot, with its 90 % range.")
        .requiredOption("--at <lat,lon>", "the place", placeOption)
        .option("--from <time>", "nothing was released before, UTC", timeOption("--from"))
        .option("--to <time>", "nor after, UTC", timeOption("--to"))
        .action(source),
    )
    .addCommand(
      withSamples("background", "What known emitters put into each sample, and a score of what they leave unexplained.")
        .requiredOption("--inventory <table>", "emitters: name,lat,lon,bq_per_s[,uncertainty_share,from,to]")
        .action(background),
    );
}

const placeOption = pairOption("--at", ",", (lat, lon) => Math.abs(lat) <= 90 && Math.abs(lon) <= 360);

function subcommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument("<fields...>", "SRS files, or folders of them")
    .option("--nuclide <name>", "let it decay on the way: Xe-133, I-131, ...", decayOption, null)
    .option("--threshold <1/m^3>", "sensitivity above which a cell counts", numberOption("--threshold", 0, 1), 0)
    .option("--out <file>", "the map as netCDF (.nc), KML (.kml) or picture (.svg)")
    .option("--json", "print as JSON");
}

function withSamples(name: string, description: string): Command {
  return subcommand(name, description)
    .requiredOption(
      "--samples <table>",
      "station,lat,lon,sample_start,sample_stop,conc_Bq_m3[,uncertainty_Bq_m3,mdc_Bq_m3]",
    )
    .option(
      "--model-error <share>",
      "error of computed concentrations, relative",
      numberOption("--model-error", 0, 10),
      0.5,
    );
}

const SHOWN = 10;

/** Each station once. */
function stationMarks(fields: readonly SourceReceptorField[]): MapMark[] {
  const places = new Map(fields.map((field) => [field.station, field]));
  return [...places.values()].map(({ station, latitudeDeg, longitudeDeg }) => ({
    latitudeDeg,
    longitudeDeg,
    label: station,
    kind: "station",
  }));
}

/** Prints the greatest cells of a map and writes it where asked. */
function show(
  grid: LatLonGrid,
  fields: readonly SourceReceptorField[],
  layers: readonly [MapLayer, ...MapLayer[]],
  options: Options,
  head: readonly string[],
): void {
  const [main] = layers;
  if (options.out !== undefined) writeMap(options.out, grid, layers, stationMarks(fields));
  const order = greatestCells(main.values);
  const cells = order.slice(0, SHOWN).map((cell) => ({ ...cellCentre(grid, cell), cell }));
  if (options.json) {
    printJson({
      remarks: head,
      cells: cells.map(({ latitudeDeg, longitudeDeg, cell }) => ({
        latitude: latitudeDeg,
        longitude: longitudeDeg,
        ...Object.fromEntries(layers.map(({ name, values }) => [name, values[cell]!])),
      })),
      cellsAboveZero: order.length,
      written: options.out ?? null,
    });
    return;
  }
  const table = formatTable(cells, [
    { title: "lat", value: (c) => c.latitudeDeg, digits: 2 },
    { title: "lon", value: (c) => c.longitudeDeg, digits: 2 },
    ...layers.map(({ name, units, values }) => ({
      title: name,
      value: ({ cell }: (typeof cells)[number]) => (units === "s" ? isoTime(values[cell]!, 0) : four(values[cell]!)),
    })),
  ]);
  process.stdout.write(
    `${[...head, `${order.length} cells; the greatest:`, table, ...(options.out ? [`Wrote ${options.out}`] : [])].join("\n")}\n`,
  );
}

const four = (value: number) =>
  value !== 0 && (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3)
    ? value.toExponential(3)
    : String(Number(value.toPrecision(4)));

function regard(paths: readonly string[], options: Options): void {
  const fields = loadFields(paths).map(({ field }) => field);
  const series = seriesOf(fields, options.nuclide);
  const sum = new Float64Array(series.grid.rows * series.grid.columns);
  for (let k = 0; k < fields.length; k++)
    fieldOfRegard(series, k).forEach((value, cell) => void (sum[cell]! += value > options.threshold ? value : 0));
  show(
    series.grid,
    fields,
    [{ name: "sensitivity", title: "Field of regard", units: "m-3", scale: "log", values: sum }],
    options,
    [`Field of regard of ${fields.length} samples.`],
  );
}

function models(paths: readonly string[], options: Options): void {
  const loaded = loadFields(paths);
  const [first] = loaded as [(typeof loaded)[number], ...typeof loaded];
  const other = loaded.find(
    ({ field }) => field.station !== first.field.station || field.sampleStop !== first.field.sampleStop,
  );
  if (other) throw cliErrors.make("FIELDS_DIFFER", { reason: `${other.file} is of another sample than ${first.file}` });
  const series = seriesOf(
    loaded.map(({ field }) => field),
    options.nuclide,
  );
  const share = multiModelRegard(
    loaded.map((_, k) => fieldOfRegard(series, k)),
    options.threshold,
  );
  show(
    series.grid,
    [first.field],
    [{ name: "agreement", title: "Share of models", units: "1", values: share }],
    options,
    [`${first.field.station} to ${isoTime(first.field.sampleStop, 0)} by ${loaded.length} models.`],
  );
}

function measuredSeries(paths: readonly string[], { samples, nuclide }: Options) {
  const matched = matchSamples(samples, loadFields(paths));
  return { ...matched, series: seriesOf(matched.fields, nuclide) };
}

function overlap(paths: readonly string[], options: Options): void {
  const { measured, fields, series } = measuredSeries(paths, options);
  const detections = measured.flatMap(({ bqPerM3, mdcBqPerM3 }, k) => (bqPerM3 > (mdcBqPerM3 ?? 0) ? [k] : []));
  const values = regardOverlap(series, detections, options.threshold);
  show(
    series.grid,
    fields,
    [{ name: "samples", title: "Samples whose air was here", units: "samples", values }],
    options,
    [`${detections.length} detections in ${measured.length} samples.`],
  );
}

function region(paths: readonly string[], options: Options): void {
  const { measured, fields, series } = measuredSeries(paths, options);
  const values = measured.map(({ bqPerM3 }) => bqPerM3);
  if (values.filter((value) => value > 0).length < 2)
    process.stderr.write("With fewer than two detections a correlation says nothing; look at the field of regard.\n");
  const found = possibleSourceRegion(series, values, options.spearman ? "spearman" : "pearson");
  const begins = Float64Array.from(found.slot, (slot) => (slot < 0 ? 0 : slotStart(series, slot)));
  show(
    series.grid,
    fields,
    [
      { name: "correlation", title: "Possible source region", units: "1", values: found.correlation },
      { name: "release_Bq", title: "Release that fits", units: "Bq", values: found.releaseBq },
      { name: "slot", title: "Slot of the best time, -1 for none", units: "1", values: found.slot },
      { name: "slot_start", title: "Begin of it, seconds since 1970", units: "s", values: begins },
    ],
    options,
    [`${values.length} samples, slots of ${series.slotSec / 3600} h from ${isoTime(series.startTime, 0)}.`],
  );
}

const slotStart = ({ startTime, slotSec }: CellSeries, slot: number) => startTime + slot * slotSec;

function source(paths: readonly string[], options: Options): void {
  const { samples, measured, series } = measuredSeries(paths, options);
  const cell = cellIndex(series.grid, ...options.at);
  const found = sourceTerm(series, cell, measured, {
    modelError: options.modelError,
    from: options.from ?? null,
    to: options.to ?? null,
  });
  const slots = [...found.releaseBq].flatMap((bq, slot) =>
    bq > 0 ? [{ from: isoTime(slotStart(series, slot), 0), bq }] : [],
  );
  const rows = samples.map(({ station, sampleStop }, k) => ({
    station,
    to: isoTime(sampleStop, 0),
    measured: measured[k]!.bqPerM3,
    computed: found.computed[k]!,
  }));
  const { totalBq, lowBq, highBq, correlation, misfit } = found;
  if (options.json) {
    printJson({ totalBq, lowBq, highBq, correlation, misfit, slots, samples: rows });
    return;
  }
  const power = (value: number) => value.toExponential(3);
  process.stdout.write(
    `${[
      `Released at ${options.at.join(", ")}: ${power(totalBq)} Bq, 90 % between ${power(lowBq)} and ${power(highBq)}; misfit ${misfit.toFixed(2)}, r ${correlation?.toFixed(3) ?? "none"}.`,
      formatTable(slots, [
        { title: "from", value: (s) => s.from },
        { title: "Bq", value: (s) => power(s.bq) },
      ]),
      "",
      formatTable(rows, [
        { title: "station", value: (r) => r.station },
        { title: "to", value: (r) => r.to },
        { title: "measured", value: (r) => power(r.measured) },
        { title: "computed", value: (r) => power(r.computed) },
      ]),
    ].join("\n")}\n`,
  );
}

function background(paths: readonly string[], options: Options): void {
  const { samples, measured, series } = measuredSeries(paths, options);
  const known = knownBackground(series, readInventory(options.inventory));
  for (const name of known.outside) process.stderr.write(`${name} lies outside the fields' grid and was left out.\n`);
  const rows = screenSamples(measured, known, options.modelError).map((score, k) => {
    const [strongest] = [...known.byEmitter].sort((a, b) => b[1][k]! - a[1][k]!);
    return {
      station: samples[k]!.station,
      to: isoTime(samples[k]!.sampleStop, 0),
      ...score,
      strongest: strongest && strongest[1][k]! > 0 ? strongest[0] : null,
    };
  });
  if (options.json) {
    printJson(rows);
    return;
  }
  const power = (value: number) => value.toExponential(2);
  process.stdout.write(
    `${formatTable(rows, [
      { title: "station", value: (r) => r.station },
      { title: "to", value: (r) => r.to },
      { title: "measured", value: (r) => power(r.measured) },
      { title: "expected", value: (r) => power(r.expected) },
      { title: "score", value: (r) => Math.min(999, r.score), digits: 1 },
      { title: "verdict", value: (r) => r.verdict },
      { title: "most from", value: (r) => r.strongest },
    ])}\n`,
  );
}
