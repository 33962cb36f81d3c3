/** A radionuclide station's control charts: each quantity of each detector and kind of message over time, with its limits and what breaks a rule. */
import type { ControlChartRecord, ControlCharts } from "@harken/api";
import { controlChart, controlRules } from "@harken/radionuclide";
import { loadQualityStations, loadSampleQuality, type Reader, type StoredQuality } from "@harken/store";

export async function presentControlCharts(reader: Reader, wanted: string | undefined): Promise<ControlCharts> {
  const stations = await loadQualityStations(reader);
  const station = wanted ?? stations[0] ?? null;
  const values = station === null ? [] : await loadSampleQuality(reader, station);
  const groups = Map.groupBy(values, ({ detector, dataType, name }) => `${detector}\n${dataType}\n${name}`);
  return { stations, station, rules: [...controlRules], charts: [...groups.values()].map(chartOf) };
}

function chartOf(values: readonly StoredQuality[]): ControlChartRecord {
  const { detector, dataType, name, unit } = values[0]!;
  const { limits, alarms } = controlChart(values.map(({ value }) => value));
  return {
    ...{ detector, dataType, name, unit },
    limits: limits && { centre: limits.centre, low: limits.low, high: limits.high },
    points: values.map(({ sampleKey, time, value, error }, i) => ({
      sampleKey,
      time,
      value,
      error,
      alarms: [...alarms[i]!],
    })),
  };
}
