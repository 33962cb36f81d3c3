/**
 * How well onsets and directions of simulated signals are read: scatter beside what is stated, and the share of errors that 1.645 stated
 * standard deviations hold. The figure of docs/station-processing.md.
 */
import { type Accuracy, type AccuracyRow, accuracyBySnr, type ReadSignal, stationKinds } from "@harken/simulator";
import { plotSvg, type Series } from "./plot.ts";

const quantities = ["onset", "azimuth", "slowness"] as const;
const colors = { onset: "#1f5fa8", azimuth: "#b3402f", slowness: "#3c7a3c" } as const;

export function accuracyFigure(
  signalsOf: Readonly<Record<(typeof stationKinds)[number]["kind"], readonly ReadSignal[]>>,
): string {
  const panels = stationKinds.flatMap(({ kind, name: title }) => {
    const rows = accuracyBySnr(signalsOf[kind]).filter(({ onset }) => onset.count >= 20);
    return [
      {
        title: `Onsets at ${title}: bias, scatter and stated error by SNR`,
        xLabel: "SNR, powers of ten",
        yLabel: "seconds",
        series: (["bias", "scatter", "stated"] as const).map((name, k) =>
          line(rows, "onset", (accuracy) => accuracy[name], ["#888", "#1f5fa8", "#b3402f"][k]!, name),
        ),
      },
      {
        title: `Errors within 1.645 stated deviations at ${title}: 90 % are wanted`,
        xLabel: "SNR, powers of ten",
        yLabel: "per cent",
        series: quantities.map((name) => line(rows, name, ({ covered }) => 100 * covered, colors[name], name)),
        yRange: [50, 100] as const,
      },
    ];
  });
  return plotSvg(panels, 1000, 290);
}

function line(
  rows: readonly AccuracyRow[],
  quantity: (typeof quantities)[number],
  pick: (accuracy: Accuracy) => number,
  color: string,
  label: string,
): Series {
  const known = rows.flatMap((row) => (row[quantity] ? [{ row, accuracy: row[quantity] }] : []));
  return {
    x: known.map(({ row }) =>
      Math.log10(Number.isFinite(row.toSnr) ? Math.sqrt(row.fromSnr * row.toSnr) : 2 * row.fromSnr),
    ),
    y: known.map(({ accuracy }) => pick(accuracy)),
    color,
    label,
  };
}
