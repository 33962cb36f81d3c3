/**
 * Deep convection as whole mixing: where the air is unstable enough, a particle between ground and equilibrium level is put anywhere between them, in
 * proportion to the air's mass (Hoffmann et al. 2023, doi:10.5194/acp-23-7589-2023).
 */
import type { CounterRandom } from "../particles/counterRandom.ts";
import type { Air } from "../transport/air.ts";

/** Height after one mixing, at the place that `air` was last asked for. */
export function mixWhole(air: Air, heightM: number, thresholdJPerKg: number, random: CounterRandom): number {
  if (!air.hasWeather) return heightM;
  air.weatherAt();
  const [cape, equilibriumM] = [air.weather[0]!, Math.min(air.topM, air.weather[1]!)];
  if (!(cape >= thresholdJPerKg && heightM < equilibriumM)) return heightM;
  air.fillColumn(equilibriumM);
  const { heightsM, lanes, levels } = air.column;
  const mass = (k: number) => {
    const top = Math.min(equilibriumM, heightsM[k + 1]!);
    return Math.max(0, top - heightsM[k]!) * 0.5 * (lanes[4 * k + 3]! + lanes[4 * k + 7]!);
  };
  let total = 0;
  for (let k = 0; k < levels - 1; k++) total += mass(k);
  let wanted = random.uniform() * total;
  for (let k = 0; k < levels - 1; k++) {
    const here = mass(k);
    if (wanted <= here)
      return heightsM[k]! + (wanted / here) * (Math.min(equilibriumM, heightsM[k + 1]!) - heightsM[k]!);
    wanted -= here;
  }
  return equilibriumM;
}
