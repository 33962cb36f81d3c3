/** What moves and what changes particles besides the wind, and by how much. */

export interface Physics {
  /** Hanna's turbulence within the boundary layer. */
  readonly boundaryLayer: boolean;
  /** Horizontal diffusivity of the free troposphere and vertical diffusivity of the stratosphere, m^2/s. */
  readonly troposphereDiffusivity: number;
  readonly stratosphereDiffusivity: number;
  /** Winds between grid points: this share of the spread among the points around, remembered for `memorySec`. Off by default. */
  readonly mesoscale: { readonly share: number; readonly memorySec: number } | null;
  readonly convection: Convection | null;
}

/**
 * `massFlux`: Emanuel's scheme, where the weather has humidity. `wholeMixing`: where CAPE (J/kg) reaches the threshold, the air between ground and
 * equilibrium level is mixed whole every `intervalSec`.
 */
export type Convection =
  | { readonly kind: "massFlux" }
  | { readonly kind: "wholeMixing"; readonly thresholdJPerKg: number; readonly intervalSec: number };

/** FLEXPART's values (Pisso et al. 2019, doi:10.5194/gmd-12-4955-2019, section 4). */
export const standardPhysics: Physics = Object.freeze<Physics>({
  boundaryLayer: true,
  troposphereDiffusivity: 50,
  stratosphereDiffusivity: 0.1,
  mesoscale: null,
  convection: { kind: "massFlux" },
});

/** Particles carried by the mean wind alone. */
export const windOnly: Physics = Object.freeze<Physics>({
  boundaryLayer: false,
  troposphereDiffusivity: 0,
  stratosphereDiffusivity: 0,
  mesoscale: null,
  convection: null,
});

/** A substance that particles carry. */
export interface Species {
  readonly name: string;
  /** s; null for one that does not decay. */
  readonly halfLifeSec: number | null;
  /** Species of the same run that decay into this one, by their place in the list, each with the share of its decays. */
  readonly parents?: readonly { readonly species: number; readonly share: number }[];
  /** Deposition velocity at 15 m, m/s. */
  readonly dryVelocity?: number;
  /** Scavenging below clouds, a * (precipitation in mm/h)^b per second, and the share of the cloud's water that holds it, within clouds. */
  readonly scavenging?: { readonly a: number; readonly b: number; readonly inCloud: boolean };
}

/** An inert tracer: what source-receptor fields are made with. */
export const tracer: Species = Object.freeze({ name: "tracer", halfLifeSec: null });
