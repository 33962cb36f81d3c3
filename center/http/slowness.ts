/** The f-k picture of an array: the request checked, the pieces found, the work left to a screen's thread; s/deg outside, s/km inside. */
import type { SlownessPicture, SlownessQuery } from "@harken/api";
import { KM_PER_DEGREE, type Station } from "@harken/core";
import type { Store } from "@harken/store";
import { pictureReachSec, type SlownessPicture as Seen } from "@harken/waveform";
import { centerErrors } from "../errors.ts";
import { stationPieces } from "../stationPieces.ts";
import type { WorkerPool } from "../workerPool.ts";

/** Data read beyond the beam and the longest window: filters settle, and windows lag across the widest arrays. */
const MARGIN_SEC = 60;

export function createSlownessPictures(
  store: Store,
  pool: Pick<WorkerPool, "slowness">,
  stations: () => readonly Station[],
) {
  return async (query: SlownessQuery): Promise<SlownessPicture> => {
    const { time, low: lowHz, high: highHz, lead: leadSec, length: windowSec } = query;
    const { max, north, east } = query;
    const station = stations().find(({ code }) => code === query.station);
    if (!station) throw centerErrors.make("NO_STATION", { station: query.station });
    const refuse = (reason: string) => centerErrors.make("NO_PICTURE", { station: station.code, reason });
    if (!(highHz > lowHz)) throw refuse("The band's frequencies are not in order.");
    const reach = pictureReachSec + (leadSec ?? 0) + (windowSec ?? 0) + MARGIN_SEC;
    const [from, to] = [time - reach, time + reach];
    const result = await pool.slowness({
      ...{ station, time, leadSec, windowSec, lowHz, highHz, from, to },
      pieces: await stationPieces(store.db, station, from, to),
      maxSlownessSecPerKm: max === undefined ? undefined : max / KM_PER_DEGREE,
      ...(north === undefined || east === undefined
        ? {}
        : { steer: { northSecPerKm: north / KM_PER_DEGREE, eastSecPerKm: east / KM_PER_DEGREE } }),
    });
    if (!result.ok) throw refuse(result.reason);
    return {
      ...{ station: station.code, time, lowHz, highHz },
      ...presented(result.picture),
    };
  };
}

/** Numbers in as many digits as a picture shows: the answer goes over slow lines. */
function presented({ peak, direction, beam, track, ...seen }: Seen) {
  return {
    ...{ windowFrom: seen.windowFrom, windowTo: seen.windowTo },
    maxSlownessSecPerDeg: seen.maxSlownessSecPerKm * KM_PER_DEGREE,
    gridCount: seen.gridCount,
    semblance: Array.from(seen.semblance, (value) => Math.round(value * 1000) / 1000),
    peak: {
      ...placeOf(peak),
      azimuthErrorDeg: direction.azimuthErrorDeg,
      slownessErrorSecPerDeg: direction.slownessErrorSecPerDeg,
    },
    elements: [...seen.elements],
    beam: { ...beam, samples: Array.from(beam.samples, (value) => Number(value.toPrecision(4))) },
    track: track.flatMap(({ time, peak: at }) => (at ? [{ time, ...placeOf(at) }] : [])),
  };
}

const digits = (value: number) => Math.round(value * 1000) / 1000;

function placeOf(peak: Seen["peak"]) {
  return {
    northSecPerDeg: digits(peak.northSecPerKm * KM_PER_DEGREE),
    eastSecPerDeg: digits(peak.eastSecPerKm * KM_PER_DEGREE),
    azimuthDeg: digits(peak.backAzimuthDeg),
    slownessSecPerDeg: digits(peak.slownessSecPerKm * KM_PER_DEGREE),
    semblance: digits(peak.semblance),
    fStatistic: digits(Math.min(peak.fStatistic, 1e6)),
  };
}
