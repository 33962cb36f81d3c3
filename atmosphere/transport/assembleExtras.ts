/**
 * What weather fields say besides the wind, picked by short name and unit for the grid and time of an assembled wind. Names of ECMWF, NCEP and of netCDF
 * files with either's; a field whose unit is not the one expected means something else and is passed over.
 */
import { isoTime, type ProblemList, type WeatherField } from "@harken/core";
import { saturationHumidity } from "../convection/parcel.ts";
import type { WindField } from "../wind/windField.ts";
import type { WeatherExtras } from "./weatherExtras.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Role = Exclude<keyof WeatherExtras, "specificHumidity" | "stress">;

interface ExtraVariable {
  readonly role: Role | "eastStress" | "northStress";
  readonly shortNames: readonly string[];
  /** Factors to the unit of `WeatherExtras`, by the unit that the file gives. */
  readonly units: Readonly<Record<string, number>>;
}

const METRE = { m: 1 };
const SPEED = { "m s**-1": 1, "m s-1": 1, "m/s": 1 };
const PRESSURE = { Pa: 0.01, hPa: 1 };
const ENERGY = { "J kg**-1": 1, "J kg-1": 1, "J/kg": 1 };
const STRESS = { "N m**-2": 1, "N m-2": 1, "N/m^2": 1 };
/** MPTRAC's files have "W m**-1" for it. */
const HEAT = { "W m**-2": 1, "W m-2": 1, "W/m^2": 1, "W m**-1": 1 };
const RAIN = { "kg m**-2 s**-1": 3600, "kg m-2 s-1": 3600, "mm/h": 1 };
/** ECMWF counts fluxes downward, NCEP upward. */
const DOWNWARD = Object.fromEntries(Object.entries(HEAT).map(([unit, factor]) => [unit, -factor]));

const variables: readonly ExtraVariable[] = [
  { role: "temperature2mK", shortNames: ["2t", "t2m"], units: { K: 1 } },
  { role: "eastWind10m", shortNames: ["10u", "u10", "u10m"], units: SPEED },
  { role: "northWind10m", shortNames: ["10v", "v10", "v10m"], units: SPEED },
  { role: "eastStress", shortNames: ["iews", "uflx", "UFLX"], units: STRESS },
  { role: "northStress", shortNames: ["inss", "vflx", "VFLX"], units: STRESS },
  { role: "heatFlux", shortNames: ["ishf"], units: DOWNWARD },
  { role: "heatFlux", shortNames: ["shtfl", "SHTFL"], units: HEAT },
  { role: "mixingHeightM", shortNames: ["blh", "hpbl", "HPBL"], units: METRE },
  { role: "mixingPressureHPa", shortNames: ["blp"], units: PRESSURE },
  { role: "tropopausePressureHPa", shortNames: ["pt", "trpp"], units: PRESSURE },
  { role: "capeJPerKg", shortNames: ["cape"], units: ENERGY },
  { role: "equilibriumPressureHPa", shortNames: ["pel"], units: PRESSURE },
  { role: "precipitationMmPerH", shortNames: ["tprate", "prate", "PRATE"], units: RAIN },
  { role: "cloudBasePressureHPa", shortNames: ["pcb"], units: PRESSURE },
  { role: "cloudTopPressureHPa", shortNames: ["pct"], units: PRESSURE },
];

const HUMIDITY = ["q", "SPFH"];
const RELATIVE_HUMIDITY = ["r", "RH"];

/** Extras for one wind. What is not there is left out; that it lacks humidity, and so convection, is said. */
export function assembleExtras(fields: readonly WeatherField[], wind: WindField, problems: ProblemList): WeatherExtras {
  const here = fields.filter((field) => field.validTime === wind.time && isOn(field, wind));
  const found: Mutable<WeatherExtras> = {};
  const stress: { eastStress?: Float32Array; northStress?: Float32Array } = {};
  for (const { role, shortNames, units } of variables) {
    const field = here.find(
      ({ parameter, level, intervalStart }) =>
        shortNames.includes(parameter.shortName) &&
        units[parameter.units] !== undefined &&
        level.kind !== "isobaric" &&
        level.kind !== "hybrid" &&
        intervalStart === null,
    );
    if (!field) continue;
    const factor = units[field.parameter.units]!;
    const values = Float32Array.from(field.values, (v) => v * factor);
    if (role === "eastStress" || role === "northStress") stress[role] = values;
    else found[role] ??= values;
  }
  const { eastStress, northStress } = stress;
  // Files of analyses carry fluxes of zero everywhere: there are none.
  if (eastStress && northStress && found.heatFlux?.some((v) => v !== 0))
    found.stress = eastStress.map((east, i) => Math.hypot(east, northStress[i]!));
  else delete found.heatFlux;
  const humidity = humidityOf(here, wind);
  if (humidity) found.specificHumidity = humidity;
  else
    problems.warning(
      "transport.no-humidity",
      `The weather of ${isoTime(wind.time, 0)} has no humidity on the levels of the wind; nothing convects.`,
    );
  return found;
}

function isOn({ grid }: WeatherField, wind: WindField): boolean {
  return (
    grid.kind === "regular" &&
    grid.latitudesDeg.length === wind.rows &&
    grid.columns === wind.columns &&
    Math.abs(grid.latitudesDeg[0]! - wind.firstLatDeg) < 1e-6 &&
    Math.abs(grid.firstLonDeg - wind.firstLonDeg) < 1e-6
  );
}

/** [row][column][level], from specific or relative humidity; null unless every level has it. */
function humidityOf(fields: readonly WeatherField[], { pressuresHPa, lanes }: WindField): Float32Array | null {
  const levels = pressuresHPa.length;
  const out = new Float32Array(lanes.length / 4);
  for (let k = 0; k < levels; k++) {
    const at = (names: readonly string[]) =>
      fields.find(
        ({ parameter, level }) =>
          names.includes(parameter.shortName) && level.kind === "isobaric" && level.value === pressuresHPa[k],
      );
    const specific = at(HUMIDITY);
    const relative = specific ? undefined : at(RELATIVE_HUMIDITY);
    const field = specific ?? relative;
    // Above the tropopause models give none, and there is next to none.
    if (!field && pressuresHPa[k]! > DRY_ABOVE_HPA) return null;
    for (let i = 0; field && i < field.values.length; i++) {
      const value = field.values[i]!;
      const to = i * levels + k;
      out[to] = relative ? (value / 100) * saturationHumidity(lanes[4 * to + 3]!, pressuresHPa[k]!) : value;
    }
  }
  return out.map((q) => (Number.isNaN(q) ? 0 : Math.max(0, q)));
}

const DRY_ABOVE_HPA = 100;
