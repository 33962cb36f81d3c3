import assert from "node:assert/strict";
import { test } from "node:test";
import { leastTropopause, mixingHeight, type Profile, tropopauseHeight } from "./mixingHeight.ts";
import { fromFluxes, fromProfile, GRAVITY, HEAT_CAPACITY, psiH, psiM } from "./surfaceLayer.ts";

test("friction velocity and Obukhov length come back from profiles made with them (closed form)", () => {
  const [theta, karman] = [290, 0.4];
  for (const [ustar, obukhov] of [
    [0.3, -20],
    [0.5, -200],
    [0.25, 30],
    [0.4, 200],
    [0.35, 1e6],
  ] as const) {
    const thetaScale = (theta * ustar ** 2) / (karman * GRAVITY * obukhov);
    const speed = (z: number) => (ustar / karman) * (Math.log(z / 0.1) - psiM(z / obukhov));
    const rise = (z: number) => 0.74 * (thetaScale / karman) * (Math.log(z / 0.1) - psiH(z / obukhov));
    const potential = (z: number) => theta + rise(z) - 0.5 * (rise(2) + rise(40));
    const found = fromProfile(
      { heightM: 10, speed: speed(10) },
      { heightM: 40, speed: speed(40) },
      2,
      potential(2),
      potential(40),
    );
    assert.ok(Math.abs(found.frictionVelocity / ustar - 1) < 0.002, `u* ${found.frictionVelocity} of ${ustar}`);
    assert.ok(Math.abs(found.inverseObukhov * obukhov - 1) < 0.005 || Math.abs(obukhov) > 1e5, `L ${obukhov}`);
    assert.ok(Math.abs(found.inverseObukhov - 1 / obukhov) < 1e-4);
  }
});

test("fluxes: u* is the root of stress over density, L by its definition, calm air has a floor", () => {
  const { frictionVelocity, inverseObukhov, heatFlux } = fromFluxes(0.12, 100, 288, 1.2);
  assert.ok(Math.abs(frictionVelocity - Math.sqrt(0.1)) < 1e-12);
  assert.ok(Math.abs(heatFlux - 100 / (1.2 * HEAT_CAPACITY)) < 1e-12);
  assert.ok(Math.abs(inverseObukhov + (0.4 * GRAVITY * heatFlux) / (288 * frictionVelocity ** 3)) < 1e-12);
  assert.equal(fromFluxes(0, 0, 288, 1.2).frictionVelocity, 0.01);
  const calm = fromProfile({ heightM: 10, speed: 3 }, { heightM: 100, speed: 2 }, 2, 290, 300);
  assert.ok(calm.frictionVelocity >= 0.01 && calm.inverseObukhov === 0.2);
});

function profile(thetaOf: (z: number) => number, speedOf: (z: number) => number, step = 50, top = 16_000): Profile {
  const heightM = Float64Array.from({ length: top / step + 1 }, (_, k) => k * step);
  const thetaK = heightM.map(thetaOf);
  return {
    heightM,
    thetaK,
    // Dry adiabatic fall of the temperature under constant theta.
    temperatureK: thetaK.map((theta, k) => theta - 0.00977 * heightM[k]!),
    east: heightM.map(speedOf),
    north: heightM.map(() => 0),
    count: heightM.length,
  };
}

test("a convective layer ends at its inversion; the plumes' excess lifts it by what the inversion allows", () => {
  const mixed = profile(
    (z) => (z <= 1200 ? 300 : 300 + 0.01 * (z - 1200)),
    () => 4,
  );
  const without = mixingHeight(mixed, { frictionVelocity: 0.3, inverseObukhov: 0, heatFlux: 0 });
  const heated = mixingHeight(mixed, { frictionVelocity: 0.3, inverseObukhov: -0.02, heatFlux: 0.1 });
  assert.ok(without >= 1150 && without <= 1300, `${without}`);
  // Excess 8.5 w'theta' / w* with w* = (g/theta h w'theta')^(1/3), about 0.5 K: 50 m of the inversion.
  assert.ok(heated > without && heated < without + 120, `${heated}`);
});

test("a stable layer ends where Ri = 0.25 (closed form for linear profiles)", () => {
  const [lapse, shear, ustar] = [0.005, 0.02, 0.3];
  const height = mixingHeight(
    profile(
      (z) => 290 + lapse * z,
      (z) => shear * z,
      10,
    ),
    { frictionVelocity: ustar, inverseObukhov: 0.02, heatFlux: -0.02 },
  );
  // (g/theta) lapse z^2 = 0.25 (shear^2 z^2 + 100 u*^2).
  const exact = Math.sqrt((25 * ustar ** 2) / ((GRAVITY / 290) * lapse - 0.25 * shear ** 2));
  assert.ok(Math.abs(height - exact) < 10, `${height} ${exact}`);
  const bottomless = mixingHeight(
    profile(
      () => 290,
      () => 0,
    ),
    { frictionVelocity: 0.3, inverseObukhov: 0, heatFlux: 0 },
  );
  assert.equal(bottomless, 4500);
  const shallow = profile(
    (z) => 290 + 0.2 * z,
    () => 0,
  );
  assert.equal(mixingHeight(shallow, { frictionVelocity: 0.01, inverseObukhov: 0.2, heatFlux: 0 }), 100);
});

test("the tropopause is where the lapse rate falls to 2 K/km and stays, not an inversion below", () => {
  const heightM = Float64Array.from({ length: 81 }, (_, k) => 250 * k);
  const temperature = (z: number) =>
    z < 1000 ? 285 + 0.003 * z : z < 11_000 ? 288 - 0.0065 * (z - 1000) : 288 - 65 + 0.001 * (z - 11_000);
  const air = { ...profile(temperature, () => 0), heightM, temperatureK: heightM.map(temperature), count: 81 };
  assert.equal(tropopauseHeight(air, leastTropopause(50)), 11_000);
  assert.equal(tropopauseHeight(air, 0), 0);
  assert.equal(leastTropopause(0), 5000);
  assert.equal(leastTropopause(-30), 3750);
  assert.equal(leastTropopause(60), 2500);
});
