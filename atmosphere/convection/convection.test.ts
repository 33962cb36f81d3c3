import assert from "node:assert/strict";
import { test } from "node:test";
import { testScale } from "@harken/testing";
import { counterRandom } from "../particles/counterRandom.ts";
import { type ConvectiveFluxes, MassFluxScheme } from "./massFlux.ts";
import { condensationPressure, latentHeat, saturationHumidity, virtualTemperature } from "./parcel.ts";
import { type ConvectiveColumn, convectiveColumn, redistribute } from "./redistribution.ts";

/**
 * A tropical sounding: a dry-adiabatic layer near the sea, `warmer` K warmer than the air above continued, under a lapse rate of 6.6 K/km to 100 hPa.
 */
function sounding(warmer: number, relativeHumidity: (pressureHPa: number) => number) {
  const scheme = new MassFluxScheme(40);
  const pressures = [
    1005, 985, 965, 940, 910, 870, 825, 775, 720, 660, 600, 540, 480, 420, 360, 300, 245, 195, 150, 115, 85, 60,
  ];
  const free = (p: number) => Math.max(195, 299.5 - 6.6 * 8.3 * Math.log(1010 / p));
  pressures.forEach((p, k) => {
    const t = p > 950 ? (free(950) + warmer) * (p / 950) ** 0.2857 : free(p);
    scheme.column.pressureHPa[k] = p;
    scheme.column.temperatureK[k] = t;
    scheme.column.humidity[k] = relativeHumidity(p) * saturationHumidity(t, p);
  });
  scheme.column.count = pressures.length;
  return scheme;
}

const moist = (p: number) => (p > 950 ? 0.0008 * p : 0.6);

/** Layers of 1.2 kg/m^3 throughout: what matters here is the order. */
function heights(fluxes: ConvectiveFluxes): ConvectiveColumn {
  const interfaceM = new Float64Array(fluxes.layers + 1);
  fluxes.mass.forEach((mass, k) => {
    interfaceM[k + 1] = interfaceM[k]! + mass / 1.2;
  });
  return convectiveColumn(fluxes, interfaceM);
}

test("moist thermodynamics: published values", () => {
  // Bolton (1980): 6.112 hPa at 0 C, 42.43 hPa at 30 C; over ice 2.60 hPa at -10 C (Smithsonian tables).
  const vapour = (t: number) => {
    const q = saturationHumidity(t, 1000);
    return (q * 1000) / (0.622 + 0.378 * q);
  };
  assert.ok(Math.abs(vapour(273.15) - 6.112) < 0.01);
  assert.ok(Math.abs(vapour(303.15) / 42.43 - 1) < 0.002);
  assert.ok(Math.abs(vapour(263.15) / 2.597 - 1) < 0.01);
  assert.ok(Math.abs(latentHeat(273.15) - 2.501e6) < 1);
  assert.ok(Math.abs(virtualTemperature(300, 0.02) / (300 * (1 + 0.608 * 0.02)) - 1) < 1e-4);
  // Bolton's equation 22 for 25 C, 60 %: T_LCL = 1 / (1/(T - 55) - ln(RH)/2840) + 55.
  const lcl = condensationPressure(298.15, 0.6 * saturationHumidity(298.15, 1000), 1000);
  const tLcl = 1 / (1 / (298.15 - 55) - Math.log(0.6) / 2840) + 55;
  assert.ok(Math.abs(lcl / (1000 * (tLcl / 298.15) ** 3.496) - 1) < 0.005, `${lcl}`);
});

test("a moist unstable column convects deep; a stable, a dry and a cold one do not", () => {
  const fluxes = sounding(1.5, moist).solve(1010)!;
  assert.ok(fluxes !== null);
  assert.ok(fluxes.layers >= 14, `${fluxes.layers}`);
  assert.equal(sounding(-8, moist).solve(1010), null);
  assert.equal(sounding(1, () => 0.02).solve(1010), null);
  const cold = sounding(1.5, moist);
  for (let k = 0; k < cold.column.count; k++) cold.column.temperatureK[k]! -= 60;
  assert.equal(cold.solve(1010), null);
  const short = sounding(1.5, moist);
  short.column.count = 4;
  assert.equal(short.solve(1010), null);
});

test("fluxes are not negative, and what clouds carry through each level sinks around them: every layer keeps its mass", () => {
  for (const warmer of [0.5, 1, 2, 4]) {
    const fluxes = sounding(warmer, moist).solve(1010);
    assert.ok(fluxes, `${warmer}`);
    const { layers, flux, sinking } = fluxes;
    let largest = 0;
    for (let k = 0; k < layers; k++) {
      let gain = sinking[k + 1]! - sinking[k]!;
      for (let j = 0; j < layers; j++) {
        assert.ok(flux[k * layers + j]! >= 0);
        gain += flux[j * layers + k]! - flux[k * layers + j]!;
        largest = Math.max(largest, flux[k * layers + j]!);
      }
      assert.ok(Math.abs(gain) < 1e-12 * Math.max(1, largest), `layer ${k}: ${gain}`);
    }
    assert.ok(largest > 0 && sinking[0] === 0 && sinking[layers] === 0);
  }
});

test("more instability, more flux; the source is a level near the ground", () => {
  const [weak, strong] = [sounding(1, moist).solve(1010)!, sounding(3, moist).solve(1010)!];
  const up = ({ sinking }: ConvectiveFluxes) => Math.max(...sinking);
  assert.ok(up(strong) > up(weak), `${up(strong)} ${up(weak)}`);
  const out = Array.from({ length: strong.layers }, (_, i) =>
    strong.flux.subarray(i * strong.layers, (i + 1) * strong.layers).reduce((sum, f, j) => sum + (j === i ? 0 : f), 0),
  );
  assert.ok(out.indexOf(Math.max(...out.slice(0, 4))) <= 3);
});

test("particles: well mixed by mass stays so forward and backward, and the ground layer's air reaches the top", () => {
  const column = heights(sounding(3, moist).solve(1010)!);
  const { layers, interfaceM, mass } = column;
  const total = mass.reduce((sum, m) => sum + m, 0);
  const random = counterRandom(6);
  const count = testScale(200_000, 30_000);
  for (const step of [900, -900, 7200]) {
    const layerOf = (z: number) => {
      let k = 0;
      while (k < layers - 1 && z >= interfaceM[k + 1]!) k++;
      return k;
    };
    const counts = new Float64Array(layers);
    for (let i = 0; i < count; i++) {
      let z = ((i + 0.5) / count) * (total / 1.2);
      for (let n = 0; n < 86_400 / Math.abs(step); n++) {
        random.seek(i, n);
        z = redistribute(column, z, step, random);
      }
      counts[layerOf(z)]!++;
    }
    counts.forEach((n, k) => {
      const expected = (count * mass[k]!) / total;
      // Four standard errors.
      assert.ok(Math.abs(n - expected) < 4 * Math.sqrt(expected), `${step}: layer ${k} ${n} ${expected}`);
    });
  }
  let high = 0;
  for (let i = 0; i < 2000; i++) {
    let z = 100;
    for (let n = 0; n < 96; n++) {
      random.seek(i, 1000 + n);
      z = redistribute(column, z, 900, random);
    }
    if (z > interfaceM[layers - 5]!) high++;
  }
  assert.ok(high > 20, `${high}`);
  assert.equal(redistribute(column, interfaceM[layers]! + 1, 900, random), interfaceM[layers]! + 1);
});
