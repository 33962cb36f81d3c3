/** Spectra in files: PHD messages, SAMPML and N42 documents, SPE files and plain columns, one way to ask for all. */
import type { GammaEquations, Problem, PulseHeightData } from "@harken/core";
import {
  decodeN42,
  decodePulseHeightData,
  decodeSampMl,
  decodeSpe,
  decodeSpectrumColumns,
  looksLikeN42,
  looksLikeSampMl,
  looksLikeSpe,
} from "@harken/formats";
import { cliErrors } from "./errors.ts";
import { listFiles, loadBytes } from "./input.ts";

export interface LoadedSpectrum {
  readonly file: string;
  readonly data: PulseHeightData;
  /** Calibration as equations; null where the message gives points. */
  readonly equations: GammaEquations | null;
}

export interface SpectrumFile {
  readonly file: string;
  readonly spectra: readonly LoadedSpectrum[];
  readonly problems: readonly Problem[];
}

/** Reads every file under the paths. Throws NO_SPECTRUM when none holds a spectrum. */
export function loadSpectra(paths: readonly string[]): SpectrumFile[] {
  const files = listFiles(paths).map(loadSpectrumFile);
  if (files.every(({ spectra }) => spectra.length === 0)) {
    const problem = files.flatMap(({ problems }) => problems)[0];
    throw cliErrors.make("NO_SPECTRUM", { path: paths.join(", "), reason: problem ? `: ${problem.message}` : "." });
  }
  return files;
}

/** The first spectrum under a path. Throws as `loadSpectra`. */
export function loadOneSpectrum(path: string): LoadedSpectrum {
  return loadSpectra([path]).flatMap(({ spectra }) => spectra)[0]!;
}

function loadSpectrumFile(file: string): SpectrumFile {
  const bytes = loadBytes(file);
  if (!(bytes instanceof Uint8Array)) return { file, spectra: [], problems: [bytes] };
  if (looksLikeSampMl(bytes)) {
    const { items, problems } = decodeSampMl(bytes);
    const spectra = items.flatMap((sample) =>
      sample.spectra.map(({ data, calibration }) => ({ file, data, equations: calibration })),
    );
    return { file, spectra, problems };
  }
  const decodeFile = looksLikeN42(bytes)
    ? decodeN42
    : looksLikeSpe(bytes)
      ? decodeSpe
      : /\.(asc|csv|txt)$/i.test(file)
        ? decodeSpectrumColumns
        : null;
  if (decodeFile) {
    const { items, problems } = decodeFile(bytes);
    const spectra = items.map(({ data, calibration }) => ({ file, data, equations: calibration }));
    // Text of another kind may be a message after all.
    if (spectra.length > 0 || decodeFile !== decodeSpectrumColumns) return { file, spectra, problems };
  }
  const { items, problems } = decodePulseHeightData(bytes);
  return { file, spectra: items.map((data) => ({ file, data, equations: null })), problems };
}
