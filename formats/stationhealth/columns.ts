/**
 * Names of the values in the blocks of RMSSOH messages, in the order of IDC-3.4.1 as far as programs that read such messages show it; units stand in
 * the names. A block that is not listed has numbered values.
 */
const columns: Readonly<Record<string, readonly string[]>> = Object.freeze({
  airsamplerflow: ["flowM3PerHour", "flowDeviationM3PerHour"],
  airsamplerenv: ["temperatureC", "staticPressureHPa"],
  detenv: [
    ...["roomTemperatureC", "shield", "roomHumidityPercent", "highVoltageV", "crystalTemperatureC"],
    ...["nitrogenFillPercent", "leakageCurrentNA"],
  ],
  powersupply: ["mainPower", "auxiliaryPower", "uninterruptiblePower"],
  tamperenv: ["area", "state"],
  equipstatus: ["equipment", "state"],
});

export const columnsOf = (block: string): readonly string[] => columns[block.toLowerCase()] ?? [];
