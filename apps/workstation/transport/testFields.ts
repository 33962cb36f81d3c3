/**
 * Made-up fields with a known answer: six samples of three stations by two models. The source's cell has in its step what each sample measured, over
 * the release; another cell has the same air in other proportions.
 */
import { fieldName } from "@harken/atmosphere";
import { isoTime } from "@harken/core";

export const RELEASE_BQ = 2e12;
export const SOURCE = { latitudeDeg: 41.5, longitudeDeg: 129.5 };
const DAY = 86_400;
const FIRST_STOP = 1_365_379_200;
const stations = [
  { station: "AAX01", latitudeDeg: 36.3, longitudeDeg: 139.1 },
  { station: "AAX02", latitudeDeg: 43.7, longitudeDeg: 131.9 },
  { station: "AAX03", latitudeDeg: 52.0, longitudeDeg: 158.7 },
] as const;
/** Sensitivities of the six samples to the source at its time, 1e-15/m^3. */
export const AT_SOURCE = [0, 4, 1, 7, 0, 2] as const;
const ELSEWHERE = [3, 3, 4, 2, 3, 3] as const;

export const centres = ["AAAA", "BBBB"] as const;
export const sourceTime = FIRST_STOP - 2 * DAY;

export interface MadeField {
  readonly key: string;
  readonly station: string;
  readonly centre: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  readonly sampleStart: number;
  readonly sampleStop: number;
  readonly measuredBqPerM3: number;
  readonly text: string;
  readonly entries: number;
}

export const madeFields: readonly MadeField[] = AT_SOURCE.flatMap((atSource, k) =>
  centres.map((centre) => {
    const place = stations[k % 3]!;
    const sampleStop = FIRST_STOP + Math.floor(k / 3) * DAY;
    // Steps of 3 h count back from the end of sampling; the source's step ends a step after its time.
    const back = (sampleStop - sourceTime) / 10_800 - 1;
    const rows: [number, number, number, number][] = [
      [place.latitudeDeg + 0.2, place.longitudeDeg + 0.4, 0, 9],
      [44.5, 140.5, back, ELSEWHERE[k]!],
      [44.5, 140.5, back - 1, 1],
    ];
    if (atSource > 0) rows.push([SOURCE.latitudeDeg, SOURCE.longitudeDeg, back, atSource]);
    // The other model has its air in one cell more.
    if (centre === "BBBB") rows.push([38.5, 150.5, back, 5]);
    const date = (time: number) =>
      `${isoTime(time, 0).slice(0, 10).replaceAll("-", "")} ${isoTime(time, 0).slice(11, 13)}`;
    const middle = (deg: number) => (Math.floor(deg) + 0.5).toFixed(2);
    const head = `${place.latitudeDeg.toFixed(2)} ${place.longitudeDeg.toFixed(2)} ${date(sampleStop - DAY)} ${date(sampleStop)} 1.00000E+15 96 3 3 1.00 1.00 "${place.station}"`;
    const lines = rows.map(
      ([lat, lon, step, value]) => `  ${middle(lat)}  ${middle(lon)}  ${step}  ${value.toExponential(5)}`,
    );
    return {
      ...{
        ...place,
        centre,
        key: `${fieldName(place.station, sampleStop)}.${centre}`,
        sampleStart: sampleStop - DAY,
        sampleStop,
      },
      measuredBqPerM3: (RELEASE_BQ * atSource) / 1e15,
      text: `${[head, ...lines].join("\n")}\n`,
      entries: rows.length,
    };
  }),
);
