/**
 * An analyst's origin: located from the arrivals that the analyst chose, each with the quantities that shall define it. Unlike in an automatic list
 * nothing is left out for its residual, except of arrivals that join just now: what they bring and does not fit does not define until it is told to.
 *
 *     const revised = reviseOrigin({ key, author, choices, joining: [], arrivals, stationOf, start, depth: "free" }, earth);
 *     if (!revised.ok) say(revised.reason);
 */
import type { Arrival, EarthModel, Origin, Station } from "@harken/core";
import { locate } from "../location/locate.ts";
import type { Hypocentre } from "../location/reading.ts";
import { type ReadingChoice, readingsOf } from "../location/readingsOf.ts";
import { defaultLocationSettings, type HeldDepth, type LocationSettings } from "../location/settings.ts";
import { measureMagnitudes } from "../magnitude/measureMagnitudes.ts";
import type { silenceOf } from "../magnitude/silentStations.ts";

export interface RevisionInput {
  readonly key: string;
  readonly author: string;
  /** How each arrival takes part. */
  readonly choices: readonly ReadingChoice[];
  /** Keys of the arrivals that joined just now. */
  readonly joining: readonly string[];
  readonly arrivals: ReadonlyMap<string, Arrival>;
  readonly stationOf: (code: string) => Station | undefined;
  /** Where the event was thought to be; null for a new one. */
  readonly start: Hypocentre | null;
  readonly depth: HeldDepth | "free";
  /** Noise of the stations that did not see it, for maximum-likelihood magnitudes; none when left out. */
  readonly silent?: ReturnType<typeof silenceOf>;
}

export type Revision =
  | { readonly ok: true; readonly origin: Origin }
  /** `reason` is one sentence for the reader without a full stop. */
  | { readonly ok: false; readonly reason: string };

export function reviseOrigin(
  { key, author, choices, joining, arrivals, stationOf, start, depth, silent }: RevisionInput,
  earth: EarthModel,
  settings: LocationSettings = defaultLocationSettings,
): Revision {
  const { readings, unknownStations } = readingsOf(choices, arrivals, stationOf);
  if (unknownStations.length > 0)
    return { ok: false, reason: `the place of ${unknownStations.join(", ")} is not known` };
  const ruled: LocationSettings = { ...settings, depth };
  const obedient: LocationSettings = { ...ruled, residuals: { ...settings.residuals, largeSigma: null } };
  const fitting = new Map(
    joining.length > 0 ? flagsOf(locate(readings, start, earth, ruled)).filter(([own]) => joining.includes(own)) : [],
  );
  const located = locate(
    readings.map((reading) => ({ ...reading, ...fitting.get(reading.arrivalKey) })),
    start,
    earth,
    obedient,
  );
  if (!located.ok) return located;
  const { associations, depthKm, remarks } = located.origin;
  const noise = silent?.(located.origin) ?? [];
  const { magnitudes, remarks: missing } = measureMagnitudes({ associations, arrivals, depthKm, noise });
  return { ok: true, origin: { ...located.origin, key, author, magnitudes, remarks: [...remarks, ...missing] } };
}

/** Which quantities fit; an arrival whose onset does not is another wave's, whatever its direction. */
function flagsOf(located: ReturnType<typeof locate>) {
  if (!located.ok) return [];
  return located.origin.associations.map(
    ({ arrivalKey, timeDefining, azimuthDefining, slownessDefining }) =>
      [
        arrivalKey,
        {
          timeDefining,
          azimuthDefining: timeDefining && azimuthDefining,
          slownessDefining: timeDefining && slownessDefining,
        },
      ] as const,
  );
}
