/** How many numbers a transport field keeps for each column: of the boundary layer, and of the weather. */

/** Mixing height m, friction velocity m/s, 1 / Obukhov length 1/m, tropopause m. */
export const LAYER_LANES = 4;
/** CAPE J/kg, its equilibrium level m, precipitation mm/h, cloud base m, cloud top m. */
export const WEATHER_LANES = 5;
