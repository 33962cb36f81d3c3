/** Results of atmospheric transport that travel between centres, stations' samples and displays. */

/**
 * Source-receptor field of one sample: for each cell and time step, how much of a release there would arrive in the sampled air. Only cells that
 * are not zero are kept. Times run backwards from the end of sampling: entry `step` stands for the `averageHours` before
 * `sampleStop - (step - firstStep) * outputHours`.
 */
export interface SourceReceptorField {
  readonly station: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Epoch seconds. */
  readonly sampleStart: number;
  readonly sampleStop: number;
  /** Release that `values` belong to, Bq. */
  readonly releaseBq: number;
  readonly durationHours: number;
  readonly outputHours: number;
  readonly averageHours: number;
  readonly stepLatDeg: number;
  readonly stepLonDeg: number;
  /** Number of the step that ends with sampling: 0 or 1 by the custom of the centre. */
  readonly firstStep: number;
  /** Centres of cells, deg; longitude in [-180, 180). */
  readonly cellLatitudeDeg: Float32Array;
  readonly cellLongitudeDeg: Float32Array;
  readonly step: Int32Array;
  /** Bq/m^3 in the sample for `releaseBq` from the cell in the step, without decay. Divided by `releaseBq`: sensitivity, 1/m^3. */
  readonly values: Float64Array;
  /** Spread of an ensemble in the same unit; null when the centre gives none. */
  readonly spread: Float64Array | null;
}

/** End of the interval that an entry stands for, epoch seconds. */
export function stepEnd(field: SourceReceptorField, entry: number): number {
  return field.sampleStop - (field.step[entry]! - field.firstStep) * field.outputHours * 3600;
}

/** What a station of a tracer experiment collected. */
export interface TracerSample {
  readonly station: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** Epoch seconds. */
  readonly sampleStart: number;
  readonly sampleStop: number;
  /** Mean over the collection, in the experiment's unit, mostly pg/m^3; null where the sample was lost. */
  readonly concentration: number | null;
}
