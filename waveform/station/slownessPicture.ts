/**
 * What an array shows of one moment: the f-k picture, its peak with errors, the beam, and how the peak moves with time. For those who look;
 * detection has its own way (`processArray`).
 *
 *     const seen = slownessPicture({ station, segments, time, leadSec: 0.7, windowSec: 4, lowHz: 1, highHz: 3 });
 *     if (seen.ok) seen.picture.peak.backAzimuthDeg;
 *
 * Slownesses point from the array to the source, s/km. The windows follow the wave of the peak across the array, so that wide arrays and short
 * windows go together.
 */
import type { Station, WaveformSegment } from "@harken/core";
import { filterForward, planSlowness, type SlownessPeak } from "@harken/signal";
import { directionOf, planFinder, type SteeredWindow, steeredWindows, wanderOf } from "./arrayDirection.ts";
import { formBeam } from "./beams.ts";
import { bandFilter } from "./detect.ts";
import type { Direction } from "./direction.ts";
import { soundElements } from "./elements.ts";
import type { StationRecipe } from "./recipe.ts";
import { recipeFor } from "./recipes.ts";
import { MIN_ELEMENTS, rankSensors, technologyOf } from "./sensors.ts";
import { StationRecording } from "./windows.ts";

export interface SlownessPictureInput {
  readonly station: Station;
  /** From `pictureReachSec` and a minute before the time to as much after it. */
  readonly segments: readonly WaveformSegment[];
  /** When the wave is at the array's reference point, epoch s; the window begins `leadSec` before and is `windowSec` long, as in the recipe when absent. */
  readonly time: number;
  readonly leadSec?: number | undefined;
  readonly windowSec?: number | undefined;
  readonly lowHz: number;
  readonly highHz: number;
  /** Half the side of the picture, s/km; that of the station's recipe when absent. */
  readonly maxSlownessSecPerKm?: number | undefined;
  /** Where the beam is steered to instead of the peak. */
  readonly steer?: { readonly northSecPerKm: number; readonly eastSecPerKm: number };
}

export interface SlownessPicture {
  /** The window at the reference point, epoch s. */
  readonly windowFrom: number;
  readonly windowTo: number;
  readonly maxSlownessSecPerKm: number;
  /** Points along a side. */
  readonly gridCount: number;
  /** Semblance, rows from south to north, columns from west to east; 0 beyond the largest slowness. */
  readonly semblance: Float64Array;
  readonly peak: SlownessPeak;
  /** The peak with the stated errors of a measurement; empty where the wave is not plane enough to be believed. */
  readonly direction: Direction;
  /** Codes of the elements that have a whole window. */
  readonly elements: readonly string[];
  readonly beam: { readonly startTime: number; readonly sampleRateHz: number; readonly samples: Float64Array };
  /** The peak in windows that slide over the beam's time; null where too few elements have one. */
  readonly track: readonly { readonly time: number; readonly peak: SlownessPeak | null }[];
}

export type SlownessPictureResult =
  | { readonly ok: true; readonly picture: SlownessPicture }
  | { readonly ok: false; readonly reason: string };

/** Beam and track reach this far to either side of the time, s. */
export const pictureReachSec = 30;
const MAX_BEAM_SAMPLES = 6000;
const GRID_COUNT = 61;
/** Sound in the air is slower than any wave in the ground, s/km (0.25 km/s). */
const AIR_SLOWNESS = 4;
/** Windows of the track overlap by three quarters, but are no more than this many. */
const HOPS_PER_WINDOW = 4;
const MAX_TRACK = 160;
/** The windows are moved along with the peak, and the peak is looked for again, so many times. */
const FOLLOWS = 2;

export function slownessPicture(input: SlownessPictureInput): SlownessPictureResult {
  const { station, segments, time, lowHz, highHz } = input;
  const refused = (reason: string) => ({ ok: false, reason }) as const;
  const recipe = recipeOf(input);
  const { fkLeadSec, fkWindowSec } = recipe.array;
  const [sensors] = rankSensors(station, segments);
  if (sensors?.kind !== "array")
    return refused(`${station.code} has no ${MIN_ELEMENTS} elements with data then; f-k needs an array.`);
  const window = [...new StationRecording(segments, [sensors], recipe).windows()].find(
    ({ clock: { startTime, sampleRateHz, length } }) => startTime <= time && time <= startTime + length / sampleRateHz,
  );
  const elements = window ? soundElements(window, station) : [];
  if (!window || elements.length < MIN_ELEMENTS) return refused(`${station.code} has too few sound elements then.`);
  const { startTime, sampleRateHz: rate, length } = window.clock;
  const band = { lowHz, highHz };
  const filter = bandFilter(band, rate, recipe.filterOrder);
  if (!filter) return refused(`The band ends above 0.45 of the rate, ${rate} samples/s.`);
  const find = planFinder(recipe.array);
  const onset = Math.round((time - startTime) * rate);
  let peak = find(elements, rate, band, onset, { northSecPerKm: 0, eastSecPerKm: 0 });
  for (let i = 0; peak && i < FOLLOWS; i++) peak = find(elements, rate, band, onset, peak) ?? peak;
  const used = peak ? steeredWindows(elements, rate, lowHz, onset, peak, recipe.array) : [];
  if (!peak || used.length < MIN_ELEMENTS)
    return refused(
      `${used.length} elements of ${station.code} have whole data in the window; f-k needs ${MIN_ELEMENTS}.`,
    );

  const steer = input.steer ?? peak;
  const reach = Math.round(Math.min(pictureReachSec * rate, MAX_BEAM_SAMPLES / 2));
  const [from, to] = [Math.max(0, onset - reach), Math.min(length, onset + reach)];
  const beam = new Float64Array(length);
  const whole = used.map(({ element }) => element);
  formBeam(
    whole.map(({ trace }) => trace.samples),
    whole,
    rate,
    steer,
    beam,
  );
  const hop = Math.max(1, Math.round((fkWindowSec / HOPS_PER_WINDOW) * rate), Math.ceil((2 * reach) / MAX_TRACK));
  const track = [];
  for (let at = from; at < to; at += hop)
    track.push({ time: startTime + at / rate, peak: find(elements, rate, band, at, peak) });
  return {
    ok: true,
    picture: {
      ...{ windowFrom: time - fkLeadSec, windowTo: time - fkLeadSec + fkWindowSec },
      ...gridOf(used, rate, band, recipe),
      peak,
      direction: directionOf(
        wanderOf(find, elements, rate, { peak, band, elsewhere: [] }, onset, recipe.array),
        recipe.array,
      ),
      elements: whole.map(({ trace }) => trace.channel.station),
      beam: {
        startTime: startTime + from / rate,
        sampleRateHz: rate,
        samples: filterForward(filter, beam).slice(from, to),
      },
      track,
    },
  };
}

/** The station's recipe with the window and the slownesses that were asked for. */
function recipeOf({ station, segments, leadSec, windowSec, maxSlownessSecPerKm }: SlownessPictureInput): StationRecipe {
  const recipe = recipeFor(technologyOf(station, segments), station.technology);
  const usual = recipe.technology === "infrasound" ? AIR_SLOWNESS : recipe.array.fkMaxSlowness;
  const { fkLeadSec, fkWindowSec } = recipe.array;
  const asked = {
    fkLeadSec: leadSec ?? fkLeadSec,
    fkWindowSec: windowSec ?? fkWindowSec,
    fkMaxSlowness: maxSlownessSecPerKm ?? usual,
  };
  return { ...recipe, array: { ...recipe.array, ...asked } };
}

function gridOf(
  used: readonly SteeredWindow[],
  rate: number,
  band: { readonly lowHz: number; readonly highHz: number },
  { array: { fkMaxSlowness } }: StationRecipe,
): Pick<SlownessPicture, "maxSlownessSecPerKm" | "gridCount" | "semblance"> {
  const search = { ...band, maxSlownessSecPerKm: fkMaxSlowness, gridCount: GRID_COUNT };
  const places = used.map(({ element }) => element);
  const plan = planSlowness(places, rate, used[0]!.window.length, search);
  const semblance = plan.grid(
    used.map(({ window }) => window),
    used.map(({ delaySec }) => delaySec),
  );
  return { maxSlownessSecPerKm: fkMaxSlowness, gridCount: GRID_COUNT, semblance };
}
