/** Source-receptor fields from files, put on one grid, and matched with the samples of a table. */
import {
  type CellSeries,
  cellSeries,
  commonGrid,
  type DecayRule,
  type MeasuredSample,
  speciesNamed,
} from "@harken/atmosphere";
import { centerErrors, type ListedSample } from "@harken/center";
import { isoTime, type SourceReceptorField } from "@harken/core";
import { decodeSourceReceptorField } from "@harken/formats";
import { cliErrors } from "./errors.ts";
import { listFiles, loadBytes } from "./input.ts";
import { readSamples } from "./sampleList.ts";

export interface LoadedField {
  readonly file: string;
  readonly field: SourceReceptorField;
}

/** Every field under the paths. Throws NO_FIELD for a file that holds none or is damaged, so that no result rests on a part of the fields. */
export function loadFields(paths: readonly string[]): LoadedField[] {
  // Folders of runs hold netCDF and checkpoints as well.
  const named = new Set(paths);
  const files = listFiles(paths).filter((file) => named.has(file) || /\.(srs|txt)(\.gz)?$/i.test(file));
  if (files.length === 0)
    throw cliErrors.make("NO_FIELD", { path: paths.join(", "), reason: "no file is called .srs or .txt" });
  return files.map((file) => {
    const bytes = loadBytes(file);
    if (!(bytes instanceof Uint8Array)) throw cliErrors.make("NO_FIELD", { path: file, reason: clause(bytes.message) });
    const { items, problems } = decodeSourceReceptorField(bytes);
    const error = problems.find(({ severity }) => severity === "error");
    const where = error?.line === undefined ? "" : `line ${error.line}: `;
    if (error || !items[0])
      throw cliErrors.make("NO_FIELD", { path: file, reason: where + clause(error?.message ?? "") });
    return { file, field: items[0] };
  });
}

const clause = (text: string) =>
  text.replace(/\.$/, "").replaceAll("; it was left out", "").replaceAll("; the file was left out", "");

/** All fields on the grid that they have in common. Throws FIELDS_DIFFER. */
export function seriesOf(fields: readonly SourceReceptorField[], decay: DecayRule): CellSeries {
  try {
    return cellSeries(fields, commonGrid(fields), decay);
  } catch (cause) {
    if (cause instanceof RangeError) throw cliErrors.make("FIELDS_DIFFER", { reason: cause.message }, cause);
    throw cause;
  }
}

export interface MeasuredFields {
  readonly samples: readonly ListedSample[];
  readonly measured: readonly MeasuredSample[];
  readonly fields: readonly SourceReceptorField[];
}

/** The table's samples, each with its field; headers of fields know only hours. Throws SAMPLE_WITHOUT_FIELD, BAD_TABLE. */
export function matchSamples(table: string, loaded: readonly LoadedField[]): MeasuredFields {
  const samples = readSamples(table);
  const measured = samples.map(({ station, measured: value }) => {
    if (!value)
      throw centerErrors.make("BAD_TABLE", {
        path: table,
        line: 1,
        reason: `there is no concentration of ${station} in a column conc_Bq_m3`,
      });
    return value;
  });
  const found = samples.map(
    (sample) =>
      loaded.find(
        ({ field }) => field.station === sample.station && Math.abs(field.sampleStop - sample.sampleStop) < 3600,
      )?.field,
  );
  const without = samples.filter((_, k) => !found[k]);
  if (without.length > 0) {
    const [{ station, sampleStop }] = without as [ListedSample, ...ListedSample[]];
    throw cliErrors.make("SAMPLE_WITHOUT_FIELD", {
      sample: `${station} to ${isoTime(sampleStop, 0)}`,
      count: without.length,
    });
  }
  return { samples, measured, fields: found as SourceReceptorField[] };
}

/** Decay of a nuclide by its name; none for a tracer or without a name. Throws BAD_OPTION. */
export function decayOption(name: string): DecayRule {
  const species = speciesNamed(name);
  if (!species)
    throw cliErrors.make("BAD_OPTION", {
      option: "--nuclide",
      value: name,
      advice: "Name one such as Xe-133, I-131 or Cs-137.",
    });
  return species.halfLifeSec === null ? null : { halfLifeSec: species.halfLifeSec };
}
