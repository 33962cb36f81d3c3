/** A small plot in SVG: axes with round ticks, lines, points and labels. For the figures of the documentation. */

export interface Series {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color: string;
  readonly label?: string;
  readonly width?: number;
  /** Where the label stands: the index of the point, default the last. */
  readonly labelAt?: number;
}

export interface Panel {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  /** Vertical lines with a label at the top. */
  readonly marks?: readonly {
    readonly x: number;
    readonly label: string;
    readonly color: string;
    readonly dashed?: boolean;
  }[];
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
}

const FONT = "font-family='DejaVu Sans, Helvetica, Arial, sans-serif'";

/** Round tick values: 1, 2 or 5 times a power of ten, at most `count` of them. */
export function ticks(low: number, high: number, count: number): number[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw)!;
  const result: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high + step * 1e-9; i++)
    result.push(Number((i * step).toPrecision(12)));
  return result;
}

function extent(lists: readonly ArrayLike<number>[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      low = Math.min(low, list[i]!);
      high = Math.max(high, list[i]!);
    }
  }
  return [low, high];
}

const escapeXml = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** Panels one above the other, as one SVG document. */
export function plotSvg(panels: readonly Panel[], width = 900, panelHeight = 420): string {
  const parts: string[] = [];
  panels.forEach((panel, index) => {
    const [left, right, top, bottom] = [70, width - 90, index * panelHeight + 40, (index + 1) * panelHeight - 50];
    const [x0, x1] = panel.xRange ?? extent(panel.series.map(({ x }) => x));
    const [y0, y1] = panel.yRange ?? extent(panel.series.map(({ y }) => y));
    const sx = (x: number) => left + ((x - x0) / (x1 - x0)) * (right - left);
    const sy = (y: number) => bottom - ((y - y0) / (y1 - y0)) * (bottom - top);
    parts.push(
      `<text x='${left}' y='${top - 16}' font-size='15' font-weight='bold' fill='#222'>${escapeXml(panel.title)}</text>`,
    );
    for (const x of ticks(x0, x1, 9)) {
      parts.push(`<line x1='${sx(x)}' x2='${sx(x)}' y1='${top}' y2='${bottom}' stroke='#e4e4e4'/>`);
      parts.push(`<text x='${sx(x)}' y='${bottom + 17}' font-size='11' text-anchor='middle' fill='#444'>${x}</text>`);
    }
    for (const y of ticks(y0, y1, 6)) {
      parts.push(`<line x1='${left}' x2='${right}' y1='${sy(y)}' y2='${sy(y)}' stroke='#e4e4e4'/>`);
      parts.push(`<text x='${left - 7}' y='${sy(y) + 4}' font-size='11' text-anchor='end' fill='#444'>${y}</text>`);
    }
    parts.push(
      `<clipPath id='panel${index}'><rect x='${left}' y='${top}' width='${right - left}' height='${bottom - top}'/></clipPath>`,
    );
    for (const { x, y, color, label, width: stroke = 1.4, labelAt } of panel.series) {
      const points = Array.from({ length: x.length }, (_, i) => `${sx(x[i]!).toFixed(1)},${sy(y[i]!).toFixed(1)}`);
      parts.push(
        `<polyline clip-path='url(#panel${index})' points='${points.join(" ")}' fill='none' stroke='${color}' stroke-width='${stroke}'/>`,
      );
      if (label) {
        const at = labelAt ?? x.length - 1;
        parts.push(
          // Beside the end of a line, below the middle of one.
          `<text x='${sx(x[at]!) + 5}' y='${sy(y[at]!) + (at === x.length - 1 ? 4 : 15)}' font-size='11' fill='${color}'>${escapeXml(label)}</text>`,
        );
      }
    }
    for (const { x, label, color, dashed } of panel.marks ?? []) {
      parts.push(
        `<line x1='${sx(x)}' x2='${sx(x)}' y1='${top}' y2='${bottom}' stroke='${color}' stroke-width='1.5'${dashed ? " stroke-dasharray='5 4'" : ""}/>`,
      );
      parts.push(`<text x='${sx(x) + 4}' y='${top + 13}' font-size='12' fill='${color}'>${escapeXml(label)}</text>`);
    }
    parts.push(
      `<rect x='${left}' y='${top}' width='${right - left}' height='${bottom - top}' fill='none' stroke='#888'/>`,
    );
    parts.push(
      `<text x='${(left + right) / 2}' y='${bottom + 36}' font-size='12' text-anchor='middle' fill='#222'>${escapeXml(panel.xLabel)}</text>`,
    );
    parts.push(
      `<text transform='translate(18 ${(top + bottom) / 2}) rotate(-90)' font-size='12' text-anchor='middle' fill='#222'>${escapeXml(panel.yLabel)}</text>`,
    );
  });
  const height = panels.length * panelHeight;
  return `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${width} ${height}' width='${width}' height='${height}' ${FONT}><rect width='100%' height='100%' fill='white'/>${parts.join("\n")}</svg>\n`;
}
