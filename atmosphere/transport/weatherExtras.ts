/**
 * What a weather model says besides the wind, on the grid of its wind field, [row][column] unless stated. All of it may be absent: the boundary layer
 * is then diagnosed from the profiles, and nothing convects or rains.
 */
export interface WeatherExtras {
  readonly temperature2mK?: Float32Array;
  readonly eastWind10m?: Float32Array;
  readonly northWind10m?: Float32Array;
  /** Momentum flux, N/m^2, and sensible heat flux, W/m^2, upward positive; used only together. */
  readonly stress?: Float32Array;
  readonly heatFlux?: Float32Array;
  /** Top of the boundary layer, above ground or as a pressure. */
  readonly mixingHeightM?: Float32Array;
  readonly mixingPressureHPa?: Float32Array;
  readonly tropopausePressureHPa?: Float32Array;
  /** [row][column][level of the wind], kg/kg: what the mass-flux convection lives on. */
  readonly specificHumidity?: Float32Array;
  /** Convective available potential energy, J/kg, and the pressure of its equilibrium level; used only together. */
  readonly capeJPerKg?: Float32Array;
  readonly equilibriumPressureHPa?: Float32Array;
  /** mm/h, of all kinds. */
  readonly precipitationMmPerH?: Float32Array;
  readonly cloudBasePressureHPa?: Float32Array;
  readonly cloudTopPressureHPa?: Float32Array;
}
