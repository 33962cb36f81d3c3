/**
 * Fields of numerical weather prediction: one parameter on one level at one time, from GRIB or netCDF, before they become wind for transport.
 *
 * Rows stand in the file's order from the first latitude, and every row runs from west to east, whatever order the file scans in.
 * Unlike elsewhere, NaN is allowed in `values`: a point without a value (sea temperature on land) is NaN.
 */

/** What a field holds. */
export interface WeatherParameter {
  /** Short name of the centre's table ("u", "lnsp", "2t"); "unknown" where no table names it. */
  readonly shortName: string;
  readonly name: string;
  /** As the table writes it: "m s**-1", "K", "Pa s**-1". */
  readonly units: string;
  /** As the file numbers it: "128.131" (GRIB1 table and parameter), "0.2.2" (GRIB2 discipline, category, number), a variable's name in netCDF. */
  readonly code: string;
}

/** Where a field stands. */
export interface WeatherLevel {
  /** "isobaric", "hybrid", "surface", "heightAboveGround" and so on; "type 217" for a type of level that has no name here. */
  readonly kind: string;
  /** hPa for isobaric, the ordinal from the top for hybrid, m for heights and depths, 0 where the kind says all. */
  readonly value: number;
  /** The other bound of a layer in the same unit; null for a level. */
  readonly secondValue: number | null;
}

/** Pressure of hybrid half levels from the top: p = a + b * surface pressure. Full level k lies between half levels k - 1 and k. */
export interface HybridCoefficients {
  /** Pa. */
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/** Latitude circles with equal steps of longitude: regular latitude-longitude grids and regular Gaussian grids. */
export interface RegularWeatherGrid {
  readonly kind: "regular";
  readonly latitudesDeg: Float64Array;
  readonly firstLonDeg: number;
  readonly stepLonDeg: number;
  readonly columns: number;
  /** N of a Gaussian grid (latitude circles between pole and equator); null for equal steps of latitude. */
  readonly gaussian: number | null;
}

/** Latitude circles with fewer points towards the poles. Rows close around the globe where `lastLonDeg` is null. */
export interface ReducedWeatherGrid {
  readonly kind: "reduced";
  readonly latitudesDeg: Float64Array;
  readonly pointsPerRow: Int32Array;
  readonly firstLonDeg: number;
  readonly lastLonDeg: number | null;
  readonly gaussian: number | null;
}

/** Lambert conformal: columns step east and rows by `stepYM` (negative: southward) in the plane of the projection, on a sphere. */
export interface LambertWeatherGrid {
  readonly kind: "lambert";
  readonly rows: number;
  readonly columns: number;
  /** The westernmost point of the first row. */
  readonly firstLatDeg: number;
  readonly firstLonDeg: number;
  readonly stepXM: number;
  readonly stepYM: number;
  /** Meridian parallel to the columns. */
  readonly centralLonDeg: number;
  readonly standardLatsDeg: readonly [number, number];
  readonly radiusM: number;
}

/**
 * Coefficients of spherical harmonics, triangular truncation: for each order m from 0 the degrees n from m to `truncation`, real and imaginary part
 * side by side. Normalised as ECMWF does: the mean square of each associated Legendre function over the sphere's latitudes is 1.
 */
export interface SpectralWeatherGrid {
  readonly kind: "spectral";
  readonly truncation: number;
  /** The harmonics belong to a sphere that is turned or stretched against the Earth. */
  readonly turned: boolean;
}

export type WeatherGrid = RegularWeatherGrid | ReducedWeatherGrid | LambertWeatherGrid | SpectralWeatherGrid;

export interface WeatherField {
  readonly parameter: WeatherParameter;
  readonly level: WeatherLevel;
  /** WMO's number of the originating centre (7 NCEP, 98 ECMWF); 0 where the file does not say. */
  readonly centre: number;
  /** Start of the forecast and time for which the values stand, epoch seconds. */
  readonly referenceTime: number;
  readonly validTime: number;
  /** Start of what an accumulation, mean or extreme covers, up to `validTime`; null for the state at `validTime`. */
  readonly intervalStart: number | null;
  /** Number in an ensemble; null for a single forecast. */
  readonly member: number | null;
  readonly grid: WeatherGrid;
  /** Vector components point along the grid's rows and columns instead of east and north. */
  readonly alongGrid: boolean;
  /** Of the file's hybrid levels, where it gives them. */
  readonly hybrid: HybridCoefficients | null;
  /** Row after row; NaN without a value. Float32Array where that holds all of the file's precision. */
  readonly values: Float32Array | Float64Array;
}

/** Number of values that a grid has. */
export function gridSize(grid: WeatherGrid): number {
  switch (grid.kind) {
    case "regular":
      return grid.latitudesDeg.length * grid.columns;
    case "reduced":
      return grid.pointsPerRow.reduce((sum, n) => sum + n, 0);
    case "lambert":
      return grid.rows * grid.columns;
    case "spectral":
      return (grid.truncation + 1) * (grid.truncation + 2);
  }
}
