/** Runs of transport for one sample or release, as plans: what the command and the page ask for becomes particles, steps and grids. */
import {
  globalGrid,
  type Release,
  type SamplePlace,
  type Species,
  standardPhysics,
  type TransportPlan,
  tracer,
} from "@harken/atmosphere";

export interface RunShape {
  readonly days: number;
  readonly particles: number;
  /** Time step, s. */
  readonly step: number;
  readonly outputHours: number;
  /** Size of the cells, deg. */
  readonly grid: number;
  /** Depth of the layer on the ground that fields are of, m. */
  readonly layer: number;
  readonly heights: readonly [bottomM: number, topM: number];
  /** Side of the box that is sampled or filled, deg. */
  readonly box: number;
  /** Forward: what is released, and how much of each, Bq. */
  readonly species: readonly Species[];
  readonly amount: number;
  readonly seed: number;
  readonly convection: boolean;
}

/** The run that the WMO's centres make for a sample, with more particles: 14 days, cells of 1 deg, steps of 3 h. */
export const standardRun: RunShape = Object.freeze<RunShape>({
  ...{ days: 14, particles: 100_000, step: 900, outputHours: 3, grid: 1, layer: 150, heights: [0, 30], box: 0 },
  ...{ species: [tracer], amount: 1e15, seed: 1, convection: true },
});

/** Particles that a thread takes at a time. */
const CHUNK_SIZE = 4000;
/** From this age on a particle is spread over a cell's size, as FLEXPART does. */
const SPREAD_AFTER_SEC = 10_800;

export function backwardPlan(sample: SamplePlace, options: RunShape): TransportPlan {
  return {
    ...common(options),
    direction: "backward",
    startTime: sample.sampleStop,
    releases: [{ ...releaseBox(sample, options), activityBq: [1] }],
    species: [tracer],
  };
}

export function forwardPlan(release: SamplePlace, options: RunShape): TransportPlan {
  return {
    ...common(options),
    direction: "forward",
    startTime: release.sampleStart,
    releases: [{ ...releaseBox(release, options), activityBq: options.species.map(() => options.amount) }],
    species: options.species,
  };
}

function common({ seed, step, outputHours, days, grid, layer, convection }: RunShape) {
  return {
    seed,
    stepSec: step,
    outputSec: 3600 * outputHours,
    outputs: Math.ceil((24 * days) / outputHours - 1e-9),
    physics: convection ? standardPhysics : { ...standardPhysics, convection: null },
    sampling: { grid: globalGrid(grid), layerTopsM: [layer], spreadAfterSec: SPREAD_AFTER_SEC },
    chunkSize: CHUNK_SIZE,
  };
}

function releaseBox(place: SamplePlace, { box, heights, particles }: RunShape): Omit<Release, "activityBq"> {
  const half = box / 2;
  return {
    southDeg: Math.max(-90, place.latitudeDeg - half),
    northDeg: Math.min(90, place.latitudeDeg + half),
    westDeg: place.longitudeDeg - half,
    eastDeg: place.longitudeDeg + half,
    bottomM: heights[0],
    topM: heights[1],
    startTime: place.sampleStart,
    endTime: place.sampleStop,
    particles,
  };
}
