/** Particles put where and when a plan releases them. */
import { RADIANS_PER_DEGREE, wrapLongitude } from "@harken/core";
import { counterRandom } from "../particles/counterRandom.ts";
import { createCloud, type ParticleCloud } from "./particleCloud.ts";
import { chunkCount, particleCount, type TransportPlan } from "./plan.ts";
import type { Allocate } from "./transportField.ts";

/** Particles that lie together: slots `first` to `first + count`. Particle number `index + j * chunks` stands in slot `first + j`. */
export interface Chunk {
  readonly index: number;
  readonly first: number;
  readonly count: number;
  readonly chunks: number;
}

export function chunksOf(plan: TransportPlan): Chunk[] {
  const [count, chunks] = [particleCount(plan), chunkCount(plan)];
  let first = 0;
  return Array.from({ length: chunks }, (_, index) => {
    const here = Math.floor((count - index + chunks - 1) / chunks);
    const chunk = { index, first, count: here, chunks };
    first += here;
    return chunk;
  });
}

/** Step number of the random numbers that place particles; steps of the run count from 0. */
const PLACING = -1;

/** Even over area, height and time: the times are equally spaced, the places random. */
export function releaseParticles(plan: TransportPlan, allocate?: Allocate): ParticleCloud {
  const cloud = createCloud(particleCount(plan), plan.species.length, allocate);
  const random = counterRandom(plan.seed);
  const chunks = chunksOf(plan);
  let number = 0;
  for (const release of plan.releases) {
    const south = Math.sin(release.southDeg * RADIANS_PER_DEGREE);
    const north = Math.sin(release.northDeg * RADIANS_PER_DEGREE);
    for (let k = 0; k < release.particles; k++, number++) {
      const chunk = chunks[number % chunks.length]!;
      const slot = chunk.first + Math.floor(number / chunks.length);
      random.seek(number, PLACING);
      const sine = south + random.uniform() * (north - south);
      cloud.latitudeDeg[slot] =
        release.southDeg === release.northDeg ? release.southDeg : Math.asin(sine) / RADIANS_PER_DEGREE;
      cloud.longitudeDeg[slot] = wrapLongitude(
        release.westDeg + random.uniform() * (release.eastDeg - release.westDeg),
      );
      cloud.heightM[slot] = release.bottomM + random.uniform() * (release.topM - release.bottomM);
      cloud.releaseTime[slot] =
        release.startTime + ((k + 0.5) / release.particles) * (release.endTime - release.startTime);
      release.activityBq.forEach((activity, species) => {
        cloud.activity[slot * cloud.species + species] = activity / release.particles;
      });
    }
  }
  return cloud;
}
