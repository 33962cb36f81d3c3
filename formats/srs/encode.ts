/** A source-receptor field written as the CTBTO's file: cells in the order given, numbers in the columns of the centres' files. */
import { dateParts, type SourceReceptorField } from "@harken/core";

export interface SourceReceptorStyle {
  /** Some centres write longitude before latitude. */
  readonly lonFirst: boolean;
}

export function encodeSourceReceptorField(
  field: SourceReceptorField,
  style: SourceReceptorStyle = { lonFirst: false },
): string {
  const pair = (latitude: string, longitude: string) =>
    style.lonFirst ? [longitude, latitude] : [latitude, longitude];
  const lines = [
    [
      ...pair(field.latitudeDeg.toFixed(2), field.longitudeDeg.toFixed(2)),
      when(field.sampleStart),
      when(field.sampleStop),
      exponential(field.releaseBq),
      field.durationHours,
      field.outputHours,
      field.averageHours,
      field.stepLatDeg.toFixed(2),
      field.stepLonDeg.toFixed(2),
      `"${field.station}"`,
    ].join(" "),
  ];
  for (let i = 0; i < field.values.length; i++) {
    const longitude = (field.cellLongitudeDeg[i]! + 360) % 360;
    const [a, b] = pair(field.cellLatitudeDeg[i]!.toFixed(2), longitude.toFixed(2));
    const spread = field.spread ? exponential(field.spread[i]!).padStart(15) : "";
    lines.push(
      `${a!.padStart(9)}${b!.padStart(10)}${String(field.step[i]).padStart(5)}${exponential(field.values[i]!).padStart(14)}${spread}`,
    );
  }
  return `${lines.join("\n")}\n`;
}

function when(time: number): string {
  const { year, month, day, hour } = dateParts(time, 0);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${year}${two(month)}${two(day)} ${two(hour)}`;
}

/** Fortran's 1.23456E-07. */
function exponential(value: number): string {
  const [mantissa, power = "0"] = value.toExponential(5).split("e");
  const n = Number(power);
  return `${mantissa}E${n < 0 ? "-" : "+"}${String(Math.abs(n)).padStart(2, "0")}`;
}
