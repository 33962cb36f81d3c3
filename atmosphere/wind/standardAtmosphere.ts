/** The International Standard Atmosphere (ISO 2533) up to 32 km, where a file has no temperature or no pressure at the ground. */

export const STANDARD_PRESSURE_HPA = 1013.25;

/** Layers: pressure at their base hPa, temperature K, lapse rate K/km. */
const LAYERS: readonly (readonly [pressure: number, temperature: number, lapse: number])[] = [
  [1013.25, 288.15, -6.5],
  [226.321, 216.65, 0],
  [54.7489, 216.65, 1],
  [8.68019, 228.65, 2.8],
];

/** g / R for dry air, K/km. */
const HYDROSTATIC = 34.1632;

export function standardTemperatureK(pressureHPa: number): number {
  const layer = LAYERS.findLast(([base]) => pressureHPa <= base) ?? LAYERS[0]!;
  const [base, temperature, lapse] = layer;
  return temperature * (pressureHPa / base) ** (-lapse / HYDROSTATIC);
}
