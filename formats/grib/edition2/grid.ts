/** Section 3 of GRIB2, the grid definition: templates 3.0, 3.30, 3.40 and the spherical harmonics 3.50 to 3.53. */
import { gridSize } from "@harken/core";
import { type Complaint, complaint } from "../field.ts";
import type { GridLayout } from "../grid/layout.ts";
import { gridOfRows } from "../grid/rows.ts";
import { STAGGERED, WESTWARD } from "../grid/scan.ts";
import type { Octets } from "../octets.ts";

const MISSING = 2 ** 32 - 1;
const LATLON = 0;
const LAMBERT = 30;
const GAUSSIAN = 40;

export function readGrid2(section: Octets, maxSamples: number): GridLayout | Complaint {
  const template = section.u16(13);
  const points = section.u32(7);
  if (section.u8(6) !== 0)
    return complaint("grid", "The grid is named by a number instead of being described; the field was left out.");
  if (points === 0 || points > maxSamples)
    return complaint("grid", `The grid has ${points} points; the field was left out.`);
  const layout =
    template === LATLON || template === GAUSSIAN
      ? readRows(section, template)
      : template === LAMBERT
        ? readLambert(section)
        : template >= 50 && template <= 53
          ? readSpectral(section, template, points)
          : complaint("grid-template", `Grid template 3.${template} is not read; the field was left out.`);
  if ("code" in layout) return layout;
  const size = gridSize(layout.grid);
  return size === points
    ? layout
    : complaint("grid", `The grid has ${size} points but says ${points}; the field was left out.`);
}

/** Radius of the sphere (code table 3.2), m; an ellipsoid counts by its mean radius. */
function radiusOf(section: Octets): number {
  const scaled = (octet: number) => section.u32(octet + 1) / 10 ** section.s8(octet);
  const mean = (major: number, minor: number) => (2 * major + minor) / 3;
  switch (section.u8(15)) {
    case 0:
      return 6_367_470;
    case 1:
      return scaled(16);
    case 2:
      return mean(6_378_160, 6_356_775);
    case 3:
      return 1000 * mean(scaled(21), scaled(26));
    case 7:
      return mean(scaled(21), scaled(26));
    case 8:
      return 6_371_200;
    case 4:
    case 5:
      return mean(6_378_137, 6_356_752.3);
    default:
      return 6_371_229;
  }
}

function readRows(section: Octets, template: number): GridLayout | Complaint {
  if (section.length < 72) return complaint("section", `Section 3 has ${section.length} octets of 72.`);
  const [columns, rows] = [section.u32(31), section.u32(35)];
  const isReduced = columns === MISSING;
  const pointsPerRow = isReduced ? rowLengths(section, rows) : null;
  if (isReduced && !pointsPerRow)
    return complaint("grid", "The numbers of points in the rows are missing; the field was left out.");
  if (!isReduced && (columns === 0 || rows === 0 || rows * columns !== section.u32(7)))
    return complaint("grid", `The grid has ${columns} by ${rows} points but says ${section.u32(7)}.`);
  // Angles count in millionths of a degree unless a basic angle and its subdivisions are given.
  const [basic, subdivisions] = [section.u32(39), section.u32(43)];
  const unit = basic === 0 || basic === MISSING ? 1e-6 : basic / (subdivisions === 0 ? 1e6 : subdivisions);
  const deg = (octet: number) => (unit === 1e-6 ? section.s32(octet) / 1e6 : section.s32(octet) * unit);
  const step = (octet: number) => (section.u32(octet) === MISSING ? null : deg(octet));
  const scanning = section.u8(72);
  if (scanning & STAGGERED) return complaint("scanning", `Scanning mode ${scanning} is not read.`);
  const grid = gridOfRows({
    columns: isReduced ? null : columns,
    rows,
    firstLatDeg: deg(47),
    firstLonDeg: deg(51),
    lastLatDeg: deg(56),
    lastLonDeg: deg(60),
    stepLonDeg: step(64),
    stepLatDeg: template === LATLON ? step(68) : null,
    gaussian: template === GAUSSIAN ? section.u32(68) : null,
    pointsPerRow,
    scanning,
    // Many encoders come from GRIB1 and its thousandths.
    roundingDeg: 0.001,
  });
  if (typeof grid === "string") return complaint("grid", `The grid makes no sense: ${grid}; the field was left out.`);
  return { grid, scanning, alongGrid: (section.u8(55) & 0x08) !== 0 };
}

/** The list after the template; octet 11 tells how many octets a number takes. */
function rowLengths(section: Octets, rows: number): Int32Array | null {
  const width = section.u8(11);
  if (width < 1 || width > 4 || 72 + width * rows > section.length) return null;
  const read = [section.u8, section.u16, section.u24, section.u32][width - 1]!;
  return Int32Array.from({ length: rows }, (_, r) => Math.min(read(73 + width * r), 2 ** 31 - 1));
}

function readLambert(section: Octets): GridLayout | Complaint {
  if (section.length < 81) return complaint("section", `Section 3 has ${section.length} octets of 81.`);
  const scanning = section.u8(65);
  if (scanning & (WESTWARD | STAGGERED)) return complaint("scanning", `Scanning mode ${scanning} is not read.`);
  const deg = (octet: number) => section.s32(octet) / 1e6;
  const stepYM = section.u32(60) / 1000;
  return {
    grid: {
      kind: "lambert",
      columns: section.u32(31),
      rows: section.u32(35),
      firstLatDeg: deg(39),
      firstLonDeg: deg(43),
      centralLonDeg: deg(52),
      stepXM: section.u32(56) / 1000,
      stepYM: scanning & 0x40 ? stepYM : -stepYM,
      standardLatsDeg: [deg(66), deg(70)],
      radiusM: radiusOf(section),
    },
    scanning,
    alongGrid: (section.u8(47) & 0x08) !== 0,
  };
}

function readSpectral(section: Octets, template: number, points: number): GridLayout | Complaint {
  if (section.length < 28) return complaint("section", `Section 3 has ${section.length} octets of 28.`);
  const [j, k, m] = [section.u32(15), section.u32(19), section.u32(23)];
  if (j !== k || j !== m) return complaint("spectral", `Truncation J ${j}, K ${k}, M ${m} is not triangular.`);
  if ((j + 1) * (j + 2) !== points) return complaint("spectral", `Truncation ${j} does not have ${points} numbers.`);
  return { grid: { kind: "spectral", truncation: j, turned: template !== 50 }, scanning: 0, alongGrid: false };
}
