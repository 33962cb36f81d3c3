/** Beam power on a square grid of slownesses: the kernel, and the plain twin. See fk.ts for what the grid is. */
import { openKernel } from "@harken/core";
import { wasmBase64 } from "./kernels/fk.wasm.ts";

export interface GridShape {
  readonly elements: readonly { readonly northKm: number; readonly eastKm: number }[];
  /** Angular frequencies, rad/s. */
  readonly omega: Float64Array;
  readonly maxSlownessSecPerKm: number;
  /** Points along each side, an odd number. */
  readonly gridCount: number;
}

export interface SlownessGrid {
  /** Writes the power summed over frequencies of spectra [frequency][element] into `power`; 0 beyond the largest slowness. */
  fill(re: Float64Array, im: Float64Array, power: Float64Array): void;
}

const kernel = openKernel<{
  heap(): number;
  fill(...args: number[]): void;
}>(wasmBase64);

/** The grid whose tables stand in the kernel's memory. */
let owner: object | null = null;

const wholeVectors = (n: number): number => 4 * Math.ceil(n / 4);

/** How far each row's columns reach in the circle of the largest slowness. */
function reachOf(gridCount: number): number[] {
  const middle = (gridCount - 1) / 2;
  return Array.from({ length: gridCount }, (_, row) =>
    Math.floor(Math.sqrt(Math.max(0, middle * middle - (row - middle) ** 2)) + 1e-9),
  );
}

/** Phases of a wave: an element nearer to the source records earlier by slowness times offset. */
function tablesOf({ elements, omega, maxSlownessSecPerKm, gridCount }: GridShape) {
  const middle = (gridCount - 1) / 2;
  const step = maxSlownessSecPerKm / middle;
  const total = elements.length;
  const [rows, width, columns] = [gridCount + 1, wholeVectors(total), wholeVectors(middle + 1)];
  const make = (length: number) => [new Float32Array(length), new Float32Array(length)] as const;
  const [northCos, northSin] = make(omega.length * rows * width);
  const [eastCos, eastSin] = make(omega.length * total * columns);
  omega.forEach((w, k) => {
    elements.forEach(({ northKm, eastKm }, j) => {
      for (let row = 0; row < gridCount; row++) {
        const angle = -w * (row - middle) * step * northKm;
        northCos[(k * rows + row) * width + j] = Math.cos(angle);
        northSin[(k * rows + row) * width + j] = Math.sin(angle);
      }
      for (let column = 0; column <= middle; column++) {
        const angle = -w * column * step * eastKm;
        eastCos[(k * total + j) * columns + column] = Math.cos(angle);
        eastSin[(k * total + j) * columns + column] = Math.sin(angle);
      }
    });
  });
  return { northCos, northSin, eastCos, eastSin, rows, width, columns };
}

export function planGrid(shape: GridShape): SlownessGrid {
  const { elements, omega, gridCount } = shape;
  const total = elements.length;
  const middle = (gridCount - 1) / 2;
  const { northCos, northSin, eastCos, eastSin, rows, width, columns } = tablesOf(shape);
  const reach = reachOf(gridCount);
  const self = {};
  const layout = [
    ...[northCos.length, northSin.length, eastCos.length, eastSin.length],
    ...[omega.length * width, omega.length * width, rows * columns, rows * columns, rows, 4 * width],
  ].map((count) => 4 * count);
  return {
    fill(re, im, power) {
      const { exports, memory } = kernel;
      const at = memory.reserveAll(layout).map((place) => place / 4);
      const f32 = memory.f32();
      if (owner !== self) {
        for (const [i, table] of [northCos, northSin, eastCos, eastSin].entries()) f32.set(table, at[i]!);
        memory.i32().set([...reach, -1], at[8]!);
        f32.fill(0, at[4]!, at[6]!);
        owner = self;
      }
      for (const [i, part] of [re, im].entries())
        for (let k = 0; k < omega.length; k++)
          for (let j = 0; j < total; j++) f32[at[4 + i]! + k * width + j] = part[k * total + j]!;
      exports.fill(...at.map((place) => 4 * place), omega.length, rows, width, total, columns);
      power.fill(0);
      for (let row = 0; row < gridCount; row++) {
        const centre = row * gridCount + middle;
        const [plus, minus] = [at[6]! + row * columns, at[7]! + row * columns];
        for (let column = 0; column <= reach[row]!; column++) {
          power[centre + column] = f32[plus + column]!;
          power[centre - column] = f32[minus + column]!;
        }
      }
    },
  };
}

/** The twin: every point by its definition. */
export function gridTwin(shape: GridShape): SlownessGrid {
  const { elements, omega, maxSlownessSecPerKm, gridCount } = shape;
  const middle = (gridCount - 1) / 2;
  const step = maxSlownessSecPerKm / middle;
  const reach = reachOf(gridCount);
  return {
    fill(re, im, power) {
      power.fill(0);
      for (let row = 0; row < gridCount; row++)
        for (let column = middle - reach[row]!; column <= middle + reach[row]!; column++)
          omega.forEach((w, k) => {
            let [x, y] = [0, 0];
            elements.forEach(({ northKm, eastKm }, j) => {
              const angle = -w * step * ((row - middle) * northKm + (column - middle) * eastKm);
              const [c, s, at] = [Math.cos(angle), Math.sin(angle), k * elements.length + j];
              x += re[at]! * c - im[at]! * s;
              y += re[at]! * s + im[at]! * c;
            });
            power[row * gridCount + column]! += x * x + y * y;
          });
    },
  };
}
