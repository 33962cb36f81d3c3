/** One square panel of the map: grid, ellipses, symbols, labels in a column with leaders, and a scale bar. Kilometres in, SVG elements out. */

export interface Frame {
  /** Upper left corner and side, px. */
  readonly left: number;
  readonly top: number;
  readonly side: number;
  /** What stands in the middle, and from there to an edge, km. */
  readonly centreEastKm: number;
  readonly centreNorthKm: number;
  readonly halfKm: number;
}

interface Point {
  readonly eastKm: number;
  readonly northKm: number;
}

/** A place with its ellipse, and where others put it. */
export interface Mark extends Point {
  readonly color: string;
  readonly ellipse: { readonly semiMajorKm: number; readonly semiMinorKm: number; readonly strikeDeg: number };
  readonly published: readonly (Point & { readonly symbol: "plus" | "cross" })[];
}

export interface GridLines {
  readonly east: readonly { readonly at: number; readonly label: string }[];
  readonly north: readonly { readonly at: number; readonly label: string }[];
  readonly eastTitle: string;
  readonly northTitle: string;
}

const round = (value: number) => Number(value.toFixed(2));
const scaleOf = (frame: Frame) => frame.side / (2 * frame.halfKm);
const xOf = (frame: Frame, eastKm: number) =>
  round(frame.left + frame.side / 2 + (eastKm - frame.centreEastKm) * scaleOf(frame));
const yOf = (frame: Frame, northKm: number) =>
  round(frame.top + frame.side / 2 - (northKm - frame.centreNorthKm) * scaleOf(frame));

export function panel(frame: Frame, title: string, marks: readonly Mark[], lines: GridLines): string[] {
  const { left, top, side } = frame;
  const [right, bottom] = [left + side, top + side];
  const clip = `panel${left}`;
  const parts = [
    `<text x='${left}' y='${top - 14}' font-size='15' font-weight='bold' fill='#222'>${title}</text>`,
    `<clipPath id='${clip}'><rect x='${left}' y='${top}' width='${side}' height='${side}'/></clipPath>`,
  ];
  for (const { at, label } of lines.east) {
    const x = xOf(frame, at);
    parts.push(`<line x1='${x}' x2='${x}' y1='${top}' y2='${bottom}' stroke='#e4e4e4'/>`);
    parts.push(`<text x='${x}' y='${bottom + 18}' font-size='12' text-anchor='middle' fill='#444'>${label}</text>`);
  }
  for (const { at, label } of lines.north) {
    const y = yOf(frame, at);
    parts.push(`<line x1='${left}' x2='${right}' y1='${y}' y2='${y}' stroke='#e4e4e4'/>`);
    parts.push(`<text x='${left - 8}' y='${y + 4}' font-size='12' text-anchor='end' fill='#444'>${label}</text>`);
  }
  const middleX = left + side / 2;
  const middleY = top + side / 2;
  parts.push(
    `<text x='${middleX}' y='${bottom + 38}' font-size='12' text-anchor='middle' fill='#222'>${lines.eastTitle}</text>`,
    `<text transform='translate(${left - 40} ${middleY}) rotate(-90)' font-size='12' text-anchor='middle' fill='#222'>${lines.northTitle}</text>`,
    `<g clip-path='url(#${clip})'>`,
    ...marks.map((mark) => ellipse(frame, mark)),
    ...marks.flatMap((mark) => mark.published.map((place) => leader(frame, place, mark))),
    ...marks.flatMap((mark) => mark.published.map((place) => symbol(frame, place, mark.color))),
    ...marks.map(
      (mark) =>
        `<circle cx='${xOf(frame, mark.eastKm)}' cy='${yOf(frame, mark.northKm)}' r='4.5' fill='${mark.color}' stroke='white'/>`,
    ),
    "</g>",
    `<rect x='${left}' y='${top}' width='${side}' height='${side}' fill='none' stroke='#888'/>`,
  );
  return parts;
}

function ellipse(frame: Frame, { color, eastKm, northKm, ellipse }: Mark): string {
  const px = scaleOf(frame);
  const at = `translate(${xOf(frame, eastKm)} ${yOf(frame, northKm)}) rotate(${round(ellipse.strikeDeg)})`;
  return `<ellipse transform='${at}' rx='${round(ellipse.semiMinorKm * px)}' ry='${round(ellipse.semiMajorKm * px)}' fill='${color}' fill-opacity='0.06' stroke='${color}' stroke-width='1.5'/>`;
}

function leader(frame: Frame, place: Point, mark: Mark): string {
  return `<line x1='${xOf(frame, place.eastKm)}' y1='${yOf(frame, place.northKm)}' x2='${xOf(frame, mark.eastKm)}' y2='${yOf(frame, mark.northKm)}' stroke='${mark.color}' stroke-width='0.8' stroke-dasharray='2 2'/>`;
}

function symbol(frame: Frame, place: Mark["published"][number], color: string): string {
  const [x, y] = [xOf(frame, place.eastKm), yOf(frame, place.northKm)];
  const path =
    place.symbol === "plus"
      ? `M${x - 6} ${y}h12M${x} ${y - 6}v12`
      : `M${x - 5} ${y - 5}l10 10M${x - 5} ${y + 5}l10 -10`;
  return `<path d='${path}' stroke='${color}' stroke-width='2' fill='none'/>`;
}

const LABEL_PX = 18;
const INSET_PX = 12;
/** Widest that a character of a label comes out. */
const CHARACTER_PX = 8;

/** Labels in a column at the left edge, or the right one for marks in the right half, each with a line to its mark. */
export function columnLabels(frame: Frame, marks: readonly Mark[], labels: readonly string[]): string[] {
  const sides = [true, false].map((toLeft) =>
    marks
      .map((mark, i) => ({ mark, label: labels[i]!, y: yOf(frame, mark.northKm) }))
      .filter(({ mark }) => mark.eastKm < frame.centreEastKm === toLeft)
      .sort((a, b) => a.y - b.y),
  );
  return sides.flatMap((column, side) => {
    const toLeft = side === 0;
    const middle = column.reduce((sum, { y }) => sum + y, 0) / column.length;
    const first = Math.max(frame.top + 24, middle - ((column.length - 1) * LABEL_PX) / 2);
    return column.flatMap(({ mark, label, y }, i) => {
      const x = toLeft ? frame.left + INSET_PX : frame.left + frame.side - INSET_PX;
      const width = CHARACTER_PX * label.length + 4;
      const labelY = round(first + i * LABEL_PX);
      const from = toLeft ? x + width : x - width;
      return [
        `<line x1='${from}' y1='${labelY - 4}' x2='${xOf(frame, mark.eastKm)}' y2='${y}' stroke='${mark.color}' stroke-width='0.8'/>`,
        `<text x='${x}' y='${labelY}' font-size='12.5' text-anchor='${toLeft ? "start" : "end"}' fill='${mark.color}' font-weight='bold' stroke='white' stroke-width='3' paint-order='stroke'>${label}</text>`,
      ];
    });
  });
}

export function scaleBar(frame: Frame, km: number): string[] {
  const length = round(km * scaleOf(frame));
  const [x, y] = [frame.left + frame.side - length - 20, frame.top + frame.side - 18];
  return [
    `<path d='M${x} ${y - 5}v5h${length}v-5' stroke='#222' stroke-width='1.5' fill='none'/>`,
    `<text x='${x + length / 2}' y='${y - 9}' font-size='12' text-anchor='middle' fill='#222'>${km} km</text>`,
    `<path d='M${frame.left + frame.side - 22} ${frame.top + 52}v-30m-6 10l6 -10l6 10' stroke='#222' stroke-width='1.5' fill='none'/>`,
    `<text x='${frame.left + frame.side - 22}' y='${frame.top + 67}' font-size='12' text-anchor='middle' fill='#222'>N</text>`,
  ];
}
