/** Section 2 of GRIB1, the grid description: latitude-longitude, Gaussian, Lambert and spherical harmonics, reduced rows, hybrid levels. */
import type { HybridCoefficients } from "@harken/core";
import { type Complaint, complaint } from "../field.ts";
import type { GridLayout } from "../grid/layout.ts";
import { gridOfRows } from "../grid/rows.ts";
import { STAGGERED, WESTWARD } from "../grid/scan.ts";
import type { Octets } from "../octets.ts";

export interface Grid1 extends GridLayout {
  readonly hybrid: HybridCoefficients | null;
}

const MISSING = 0xffff;
const LATLON = 0;
const LAMBERT = 3;
const GAUSSIAN = 4;
const SPECTRAL = new Set([50, 60, 70, 80]);
/** The sphere of GRIB1 (code table 7), m. */
const RADIUS_M = 6_367_470;

export function readGrid1(section: Octets, maxSamples: number): Grid1 | Complaint {
  if (section.length < 32) return complaint("grid", `The grid description has ${section.length} octets of 32.`);
  const kind = section.u8(6);
  const layout =
    kind === LATLON || kind === GAUSSIAN
      ? readRows(section, kind, maxSamples)
      : kind === LAMBERT
        ? readLambert(section, maxSamples)
        : SPECTRAL.has(kind)
          ? readSpectral(section, maxSamples)
          : complaint("grid-kind", `Grids of GRIB1's type ${kind} are not read; the field was left out.`);
  return "code" in layout ? layout : { ...layout, hybrid: verticalCoordinates(section) };
}

const deg = (thousandths: number) => thousandths / 1000;

function readRows(section: Octets, kind: number, maxSamples: number): GridLayout | Complaint {
  const scanning = section.u8(28);
  const rows = section.u16(9);
  const columns = section.u16(7) === MISSING ? null : section.u16(7);
  const pointsPerRow = columns === null ? rowLengths(section, rows) : null;
  if (columns === null && !pointsPerRow)
    return complaint("grid", "The numbers of points in the rows are missing; the field was left out.");
  const size = pointsPerRow ? pointsPerRow.reduce((sum, n) => sum + n, 0) : rows * columns!;
  if (size === 0 || size > maxSamples) return complaint("grid", `The grid has ${size} points; the field was left out.`);
  const hasSteps = (section.u8(17) & 0x80) !== 0;
  const grid = gridOfRows({
    columns,
    rows,
    firstLatDeg: deg(section.s24(11)),
    firstLonDeg: deg(section.s24(14)),
    lastLatDeg: deg(section.s24(18)),
    lastLonDeg: deg(section.s24(21)),
    stepLonDeg: hasSteps && section.u16(24) !== MISSING ? deg(section.u16(24)) : null,
    stepLatDeg: hasSteps && kind === LATLON && section.u16(26) !== MISSING ? deg(section.u16(26)) : null,
    gaussian: kind === GAUSSIAN ? section.u16(26) : null,
    pointsPerRow,
    scanning,
    roundingDeg: 0.001,
  });
  if (typeof grid === "string") return complaint("grid", `The grid makes no sense: ${grid}; the field was left out.`);
  if (scanning & STAGGERED) return complaint("scanning", `Scanning mode ${scanning} is not read.`);
  return { grid, scanning, alongGrid: (section.u8(17) & 0x08) !== 0 };
}

function readLambert(section: Octets, maxSamples: number): GridLayout | Complaint {
  const [columns, rows] = [section.u16(7), section.u16(9)];
  const size = rows * columns;
  if (section.length < 40 || size === 0 || size > maxSamples)
    return complaint("grid", `The grid has ${size} points; the field was left out.`);
  const scanning = section.u8(28);
  if (scanning & (WESTWARD | STAGGERED)) return complaint("scanning", `Scanning mode ${scanning} is not read.`);
  return {
    grid: {
      kind: "lambert",
      rows,
      columns,
      firstLatDeg: deg(section.s24(11)),
      firstLonDeg: deg(section.s24(14)),
      centralLonDeg: deg(section.s24(18)),
      stepXM: section.u24(21),
      stepYM: scanning & 0x40 ? section.u24(24) : -section.u24(24),
      standardLatsDeg: [deg(section.s24(29)), deg(section.s24(32))],
      radiusM: RADIUS_M,
    },
    scanning,
    alongGrid: (section.u8(17) & 0x08) !== 0,
  };
}

function readSpectral(section: Octets, maxSamples: number): GridLayout | Complaint {
  const [j, k, m] = [section.u16(7), section.u16(9), section.u16(11)];
  if (j !== k || j !== m) return complaint("spectral", `Truncation J ${j}, K ${k}, M ${m} is not triangular.`);
  if ((j + 1) * (j + 2) > maxSamples) return complaint("spectral", `Truncation ${j} has too many coefficients.`);
  return { grid: { kind: "spectral", truncation: j, turned: section.u8(6) !== 50 }, scanning: 0, alongGrid: false };
}

/** Octet from which the vertical coordinates stand, or the row lengths where there are none; 255 for neither. */
function listStart(section: Octets): number | null {
  const at = section.u8(5);
  return at === 255 || at === 0 ? null : at;
}

function rowLengths(section: Octets, rows: number): Int32Array | null {
  const start = listStart(section);
  if (start === null) return null;
  const from = start + 4 * section.u8(4);
  if (from - 1 + 2 * rows > section.length) return null;
  return Int32Array.from({ length: rows }, (_, r) => section.u16(from + 2 * r));
}

function verticalCoordinates(section: Octets): HybridCoefficients | null {
  const [start, count] = [listStart(section), section.u8(4)];
  if (start === null || count < 4 || count % 2 === 1 || start - 1 + 4 * count > section.length) return null;
  const half = count / 2;
  const at = (i: number) => section.ibm32(start + 4 * i);
  return {
    a: Float64Array.from({ length: half }, (_, i) => at(i)),
    b: Float64Array.from({ length: half }, (_, i) => at(half + i)),
  };
}
