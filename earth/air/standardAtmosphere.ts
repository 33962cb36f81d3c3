/**
 * Temperature and speed of sound up to 140 km: the U.S. Standard Atmosphere 1976 (NOAA-S/T 76-1562, tables 4 and 5, and equations 27 to 31 above
 * 86 km). Above 86 km the air has lost some of its heavier molecules; the speed is that of the lower air at the same temperature.
 */

/** Geopotential altitude of the foot of each layer, km; its temperature, K; its gradient, K/km. */
const layers = [
  [0, 288.15, -6.5],
  [11, 216.65, 0],
  [20, 216.65, 1],
  [32, 228.65, 2.8],
  [47, 270.65, 0],
  [51, 270.65, -2.8],
  [71, 214.65, -2],
] as const;
const EARTH_KM = 6356.766;
const MOLECULAR_KM = 86;
/** Speed of sound in dry air over the root of the temperature, km/s. */
const SPEED_PER_ROOT_KELVIN = Math.sqrt((1.4 * 8.31432) / 28.9644e-3) / 1000;

export function standardTemperatureK(altitudeKm: number): number {
  if (altitudeKm <= MOLECULAR_KM) {
    const height = (EARTH_KM * altitudeKm) / (EARTH_KM + altitudeKm);
    const [foot, temperature, gradient] = layers.findLast(([low]) => height >= low) ?? layers[0];
    return temperature + gradient * (height - foot);
  }
  if (altitudeKm <= 91) return 186.8673;
  if (altitudeKm <= 110) return 263.1905 - 76.3232 * Math.sqrt(Math.max(0, 1 - ((altitudeKm - 91) / 19.9429) ** 2));
  if (altitudeKm <= 120) return 240 + 12 * (altitudeKm - 110);
  const xi = ((altitudeKm - 120) * (EARTH_KM + 120)) / (EARTH_KM + altitudeKm);
  return 1000 - 640 * Math.exp(-0.01875 * xi);
}

export const airSpeedKmPerSec = (temperatureK: number): number => SPEED_PER_ROOT_KELVIN * Math.sqrt(temperatureK);
