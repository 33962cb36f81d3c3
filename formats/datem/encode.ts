/** Measured or computed samples written as the DATEM archive has them, so that its own programs can compare them. Lost samples are written as -1. */
import { dateParts, type TracerSample } from "@harken/core";

export function encodeTracerSamples(samples: readonly TracerSample[], title: string): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const rows = samples.map(({ station, latitudeDeg, longitudeDeg, sampleStart, sampleStop, concentration }) => {
    const { year, month, day, hour, minute } = dateParts(sampleStart, 0);
    const minutes = Math.round((sampleStop - sampleStart) / 60);
    return [
      String(year).padStart(4, "0"),
      two(month),
      two(day),
      `${two(hour)}${two(minute)}`,
      `${two(Math.floor(minutes / 60))}${two(minutes % 60)}`,
      latitudeDeg.toFixed(2).padStart(6),
      longitudeDeg.toFixed(2).padStart(7),
      concentration === null ? "-1.0" : numberText(concentration).padStart(9),
      station.padStart(7),
    ].join(" ");
  });
  return `${[title, `year mn dy  shr  dur    lat     lon      conc     stn`, ...rows].join("\n")}\n`;
}

const numberText = (value: number) => (value === 0 || value >= 0.1 ? value.toFixed(1) : value.toExponential(2));
