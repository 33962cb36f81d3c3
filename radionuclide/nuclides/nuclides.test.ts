import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { linesBetween, nuclide, nuclides } from "./nuclides.ts";

const DAY = 86_400;

test("values that every gamma spectroscopist knows (Monographie BIPM-5)", () => {
  for (const [name, halfLifeDays, energyKeV, percent] of [
    ["Cs-137", 30.05 * 365.242, 661.657, 84.99],
    ["Co-60", 5.2711 * 365.242, 1332.492, 99.9826],
    ["I-131", 8.0233, 364.489, 81.2],
    ["Be-7", 53.22, 477.6035, 10.44],
    ["Xe-133", 5.2474, 80.9979, 37.0],
    ["Ba-140", 12.753, 537.27, 24.5],
  ] as const) {
    const found = nuclide(name)!;
    assert.ok(Math.abs(found.halfLifeSec / (halfLifeDays * DAY) - 1) < 2e-3, `${name} ${found.halfLifeSec / DAY} d`);
    const line = found.gamma.find((l) => Math.abs(l.energyKeV - energyKeV) < 0.05);
    assert.ok(line && Math.abs(100 * line.intensity - percent) < 0.15, `${name} ${line?.intensity}`);
  }
});

test("every nuclide is whole: a name once, a half-life, lines in order with intensities of a decay", () => {
  assert.ok(nuclides.length >= 158);
  assert.equal(new Set(nuclides.map(({ name }) => name)).size, nuclides.length);
  for (const { name, halfLifeSec, gamma, xray } of nuclides) {
    assert.ok(halfLifeSec > 0 && Number.isFinite(halfLifeSec), name);
    for (const lines of [gamma, xray])
      lines.forEach((line, i) => {
        assert.ok(line.intensity > 0 && line.intensity < 2.1, `${name} ${line.energyKeV}`);
        assert.ok(i === 0 || line.energyKeV >= lines[i - 1]!.energyKeV, name);
      });
  }
  assert.equal(nuclide("cs-137"), nuclide("CS-137"));
  assert.equal(nuclide("Xx-1"), undefined);
});

test("lines between two energies are those that a walk through the library finds", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 3000, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      (low, width) => {
        const walk = nuclides.flatMap(({ gamma, xray }) =>
          [...gamma, ...xray].filter((l) => l.energyKeV >= low && l.energyKeV <= low + width),
        );
        assert.equal(linesBetween(low, low + width).length, walk.length);
      },
    ),
  );
});
