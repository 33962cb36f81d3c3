/**
 * Particle-steps of one thread, in air on 1 deg that does not fit into a cache. The asked 0.8 us of a particle-step with turbulence is 1.25 million a
 * second; 14 days backward with 10^5 particles in 100 s on two cores is 0.67 million a second of each.
 */
import { globalGrid } from "../grid/latLonGrid.ts";
import { ChunkWorker } from "./chunk.ts";
import type { ParticleCloud } from "./particleCloud.ts";
import { type Physics, standardPhysics, tracer, windOnly } from "./physics.ts";
import { type Leg, legsOf, type Release, type TransportPlan } from "./plan.ts";
import { chunksOf, releaseParticles } from "./release.ts";
import { testWorld } from "./testWorld.ts";

const DAY = 86_400;
const air = [testWorld(0, 1, 1), testWorld(10_800, 1.2, 1)] as const;

function plan(release: Partial<Release>, days: number, physics: Physics): TransportPlan {
  return {
    seed: 1,
    direction: "backward",
    startTime: days > 1 ? 0 : 10_800,
    stepSec: 900,
    outputSec: 10_800,
    outputs: days > 1 ? 8 * days : 1,
    releases: [
      {
        ...{ southDeg: -75, northDeg: 75, westDeg: 0, eastDeg: 360, bottomM: 0, topM: 100 },
        ...{ startTime: days > 1 ? 0 : 10_800, endTime: days > 1 ? 0 : 10_800, particles: 20_000, activityBq: [1] },
        ...release,
      },
    ],
    species: [tracer],
    physics,
    sampling: { grid: globalGrid(1), layerTopsM: [150], spreadAfterSec: 10_800 },
    chunkSize: 5000,
  };
}

function benchmark(name: string, made: TransportPlan, days: number) {
  const worker = new ChunkWorker(made);
  const chunks = chunksOf(made);
  const legs: readonly Leg[] = legsOf(made, days > 1 ? [0] : [0, 10_800]);
  const steps = legs.reduce((sum, leg) => sum + leg.steps, 0);
  const particles = made.releases[0]!.particles;
  return {
    name: `${name}, ${particles.toLocaleString("en")} particles, ${steps} steps of 900 s`,
    unit: "Mparticle-steps",
    amount: (particles * steps) / 1e6,
    run() {
      const cloud: ParticleCloud = releaseParticles(made);
      for (const leg of legs)
        for (const chunk of chunks) worker.advance(cloud, chunk, leg, air[leg.early]!, air[leg.late]!);
    },
  };
}

const turbulent = { ...standardPhysics, convection: null };

export const benchmarks = [
  benchmark("transport by the wind alone, two fields", plan({ bottomM: 2000, topM: 12_000 }, 0, windOnly), 0),
  benchmark(
    "transport above the boundary layer, diffusion, two fields",
    plan({ bottomM: 2000, topM: 12_000 }, 0, turbulent),
    0,
  ),
  benchmark("transport in the boundary layer, turbulence, two fields", plan({}, 0, turbulent), 0),
  benchmark(
    "transport of a day's sample 14 days backward, turbulence",
    plan(
      { southDeg: 36, northDeg: 36, westDeg: 139, eastDeg: 139, topM: 30, startTime: -DAY, particles: 800 },
      14,
      turbulent,
    ),
    14,
  ),
];
