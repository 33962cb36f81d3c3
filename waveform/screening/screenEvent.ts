/**
 * Event screening: whether an event can still have been an explosion. Each criterion tests the explosion hypothesis by itself and gives a score: how far
 * beyond the edge of what explosions do the event lies, in units of the standard deviations that are asked for. At 1 and above it is screened out. One
 * criterion is enough. Screening never says that an event was an explosion.
 *
 *     const { status, criteria } = screenEvent(origin);
 */
import type { NetworkMagnitude, Origin } from "@harken/core";
import { type ScreeningSettings, screeningSettings } from "./settings.ts";

export type ScreeningStatus = "screened out" | "not screened out" | "insufficient data" | "not considered";

export interface Criterion {
  readonly name: "depth" | "mb:Ms" | "regional P/S" | "hydroacoustic";
  readonly status: ScreeningStatus;
  /** Null where it cannot be computed. */
  readonly score: number | null;
  /** One sentence with the numbers. */
  readonly reason: string;
}

export interface Screening {
  readonly status: ScreeningStatus;
  /** The largest of the criteria's. */
  readonly score: number | null;
  readonly criteria: readonly Criterion[];
}

export function screenEvent(origin: Origin, settings: ScreeningSettings = screeningSettings): Screening {
  const mb = magnitudeOf(origin, "mb");
  const ms = magnitudeOf(origin, "Ms");
  if (mb === null || mb.value < settings.minMagnitude) {
    const reason =
      mb === null
        ? "Without mb it is not known to be large enough."
        : `mb ${mb.value.toFixed(1)} is below ${settings.minMagnitude}.`;
    return {
      status: "not considered",
      score: null,
      criteria: [{ name: "mb:Ms", status: "not considered", score: null, reason }],
    };
  }
  const criteria = [
    depthCriterion(origin, settings),
    mbMsCriterion(mb, ms, settings),
    unmeasured("regional P/S", "The amplitudes of regional P and S in high bands are not measured."),
    unmeasured("hydroacoustic", "The spectra of hydroacoustic signals are not judged."),
  ];
  const scores = criteria.flatMap(({ score }) => score ?? []);
  const statuses = criteria.map(({ status }) => status);
  const status = statuses.includes("screened out")
    ? "screened out"
    : statuses.includes("not screened out")
      ? "not screened out"
      : "insufficient data";
  return { status, score: scores.length > 0 ? Math.max(...scores) : null, criteria };
}

function magnitudeOf({ magnitudes }: Origin, type: string): NetworkMagnitude | null {
  return magnitudes.find((magnitude) => magnitude.type === type) ?? null;
}

function judged(name: Criterion["name"], score: number, reason: string): Criterion {
  return { name, status: score >= 1 ? "screened out" : "not screened out", score, reason };
}

const unmeasured = (name: Criterion["name"], reason: string): Criterion => ({
  ...{ name, status: "insufficient data", score: null, reason },
});

/** Screened out when the whole interval of the depth lies below the deepest explosion. */
function depthCriterion({ depthKm, depthType, error }: Origin, { sigmas, depth }: ScreeningSettings): Criterion {
  if (depthType !== "free" && depthType !== "depth-phase")
    return unmeasured("depth", `The depth of ${depthKm.toFixed(0)} km is held, not measured.`);
  const sigmaKm = error && error.szzKm2 > 0 ? Math.sqrt(error.szzKm2) : null;
  if (sigmaKm === null) return unmeasured("depth", "The depth has no stated error.");
  const limit = depth.deepestExplosionKm;
  const score = (depthKm - limit) / (sigmas * sigmaKm);
  const least = Math.max(0, depthKm - sigmas * sigmaKm);
  return judged(
    "depth",
    score,
    `${depthKm.toFixed(0)} km, at least ${least.toFixed(0)} km at ${sigmas} standard deviations of ${sigmaKm.toFixed(0)} km; explosions reach ${limit} km.`,
  );
}

/** Screened out when Ms is too large for an explosion of that mb. */
function mbMsCriterion(
  mb: NetworkMagnitude,
  ms: NetworkMagnitude | null,
  { sigmas, line }: ScreeningSettings,
): Criterion {
  if (ms === null) return unmeasured("mb:Ms", "Ms is not defined.");
  const explosion = line.slope * mb.value + line.intercept;
  const sigma = Math.hypot(ms.uncertainty, line.slope * mb.uncertainty);
  if (!(sigma > 0)) return unmeasured("mb:Ms", "The magnitudes have no stated error.");
  const score = (ms.value - explosion) / (sigmas * sigma);
  const side = ms.value >= explosion ? "above" : "below";
  return judged(
    "mb:Ms",
    score,
    `Ms ${ms.value.toFixed(2)} is ${Math.abs(ms.value - explosion).toFixed(2)} ${side} ${line.slope === 1 ? "" : `${line.slope} `}mb - ${(-line.intercept).toFixed(2)} = ${explosion.toFixed(2)}, with a standard deviation of ${sigma.toFixed(2)}.`,
  );
}
