/**
 * The reference load: the 241 waveform stations of the monitoring system as made-up stations of the same kinds and sizes, about 1300 channels,
 * 600 of them at 40 samples/s and the rest slower.
 */
import type { Station } from "@harken/core";
import { type TestStationOptions, testStation } from "../station/testStation.ts";

interface Kind {
  readonly name: string;
  readonly count: number;
  readonly options: TestStationOptions;
}

/** Elements on rings whose radii grow by a factor, as regional arrays have them. */
function rings(counts: readonly number[], firstKm: number, factor: number): (readonly [number, number])[] {
  return counts.flatMap((count, ring) =>
    Array.from({ length: count }, (_, k) => {
      const radius = ring === 0 ? 0 : firstKm * factor ** (ring - 1);
      const angle = (2 * Math.PI * k) / count + ring;
      return [radius * Math.cos(angle), radius * Math.sin(angle)] as const;
    }),
  );
}

const BROADBAND = ["BHZ", "BHN", "BHE"];

/** Stations by kind: 456 + 144 channels at 40 Hz, 294 + 360 + 36 + 15 at 20 Hz. */
export const kinds: readonly Kind[] = [
  {
    name: "seismic array, 25 elements",
    count: 8,
    options: { places: rings([1, 3, 5, 7, 9], 0.15, 2.15), channels: ["SHZ"], rate: 40 },
  },
  {
    name: "seismic array, 16 elements",
    count: 16,
    options: { places: rings([1, 3, 5, 7], 0.5, 2.3), channels: ["SHZ"], rate: 40 },
  },
  { name: "three components, primary", count: 48, options: { channels: BROADBAND, rate: 40 } },
  { name: "three components, auxiliary", count: 98, options: { channels: BROADBAND, rate: 20 } },
  {
    name: "infrasound array, 6 elements",
    count: 60,
    options: { technology: "infrasound", places: rings([1, 5], 0.7, 1), channels: ["BDF"], rate: 20 },
  },
  {
    name: "hydrophones, two triplets",
    count: 6,
    options: {
      technology: "hydroacoustic",
      places: [...rings([0, 3], 1, 1), ...rings([0, 3], 60, 1)],
      channels: ["EDH"],
      rate: 20,
    },
  },
  { name: "T-phase station", count: 5, options: { technology: "hydroacoustic", channels: BROADBAND, rate: 20 } },
];

export interface LoadStation {
  readonly kind: string;
  readonly station: Station;
}

/** Every station of the load, the dearest first. */
export function referenceNetwork(): LoadStation[] {
  let number = 0;
  return kinds.flatMap(({ name, count, options }) =>
    Array.from({ length: count }, () => {
      const code = `L${String(number++).padStart(3, "0")}`;
      return { kind: name, station: { ...testStation(options), code } };
    }),
  );
}
