/**
 * Air lifted from a level of a column, undiluted: dry below its condensation level, saturated above. Conserved is the moist static energy with the heat
 * of liquid water (Emanuel 1994, Atmospheric Convection, section 4.5).
 */

export const GRAVITY = 9.81;
export const GAS_DRY = 287.04;
export const GAS_VAPOUR = 461.5;
export const HEAT_DRY = 1005.7;
export const HEAT_VAPOUR = 1870;
/** Lower than water's, as Emanuel's scheme has it, to make up for ice. */
export const HEAT_LIQUID = 2500;
const EPSILON = GAS_DRY / GAS_VAPOUR;
const MELTING_K = 273.15;

/** Latent heat of condensation, J/kg. */
export function latentHeat(temperatureK: number): number {
  return 2.501e6 - (HEAT_LIQUID - HEAT_VAPOUR) * (temperatureK - MELTING_K);
}

export function virtualTemperature(temperatureK: number, humidity: number): number {
  return temperatureK * (1 + humidity / EPSILON - humidity);
}

/** Specific humidity at saturation (Bolton 1980 over water, Emanuel 1994 eq. 4.4.15 over ice). */
export function saturationHumidity(temperatureK: number, pressureHPa: number): number {
  const t = temperatureK - MELTING_K;
  const vapourHPa =
    t >= 0
      ? 6.112 * Math.exp((17.67 * t) / (243.5 + t))
      : Math.exp(23.33086 - 6111.72784 / temperatureK + 0.15215 * Math.log(temperatureK));
  return (EPSILON * vapourHPa) / Math.max(1e-3, pressureHPa - vapourHPa * (1 - EPSILON));
}

/** Pressure at which rising air condenses, hPa: within 0.2 % of Bolton's formula. */
export function condensationPressure(temperatureK: number, humidity: number, pressureHPa: number): number {
  const relative = Math.min(1, humidity / saturationHumidity(temperatureK, pressureHPa));
  return pressureHPa * relative ** (temperatureK / (1669 - 122 * relative - temperatureK));
}

/** A lifted parcel at each level: temperature, virtual temperature with its water loaded out, condensed water. */
export interface LiftedParcel {
  readonly temperatureK: Float64Array;
  readonly virtualK: Float64Array;
  readonly liquid: Float64Array;
}

export interface MoistColumn {
  /** From the lowest level above ground upward; `count` of them are filled. */
  readonly pressureHPa: Float64Array;
  readonly temperatureK: Float64Array;
  readonly humidity: Float64Array;
  /** Height times gravity above the lowest level, J/kg. */
  readonly geopotential: Float64Array;
  count: number;
}

/** Fills `parcel` from the `source` level up; condensed from level `condensed` on. */
export function liftParcel(column: MoistColumn, source: number, condensed: number, parcel: LiftedParcel): void {
  const { pressureHPa, temperatureK, humidity, geopotential, count } = column;
  const [t0, q0] = [temperatureK[source]!, humidity[source]!];
  const energy = (HEAT_DRY * (1 - q0) + HEAT_LIQUID * q0) * t0 + q0 * latentHeat(t0) + geopotential[source]!;
  for (let k = source; k < count; k++) {
    if (k < condensed) {
      const t = t0 - (geopotential[k]! - geopotential[source]!) / (HEAT_DRY * (1 - q0) + HEAT_VAPOUR * q0);
      parcel.temperatureK[k] = t;
      parcel.virtualK[k] = virtualTemperature(t, q0);
      parcel.liquid[k] = 0;
      continue;
    }
    // Two of Newton's steps from the surrounding air's temperature.
    const around = temperatureK[k]!;
    const latent = latentHeat(around);
    const fixed = (HEAT_LIQUID - HEAT_DRY) * q0 * around + geopotential[k]!;
    let t = around;
    let q = saturationHumidity(around, pressureHPa[k]!);
    for (let step = 0; step < 2; step++) {
      const slope = HEAT_DRY + (latent * latent * q) / (GAS_VAPOUR * around * around);
      t = Math.max(35, t + (energy - HEAT_DRY * t - latent * q - fixed) / slope);
      q = saturationHumidity(t, pressureHPa[k]!);
    }
    t = (energy - fixed - latent * q) / HEAT_DRY;
    parcel.temperatureK[k] = t;
    parcel.liquid[k] = Math.max(0, q0 - q);
    parcel.virtualK[k] = t * (1 + q / (1 - q0) / EPSILON - q0);
  }
}
