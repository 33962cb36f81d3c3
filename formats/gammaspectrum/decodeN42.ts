/**
 * ANSI N42.42 in both of its forms: RadInstrumentData (2012) and N42InstrumentData (2006). Each spectrum becomes an item with the calibrations that it
 * names. Counts may be plain or with zeros counted ("0 17" for seventeen zeros).
 *
 *     decodeN42(bytes).items.map(({ data }) => data.gammaSpectrum);
 */
import { type CalibrationPoint, type Decoded, defaultLimits, type Limits, ProblemList, parseTime } from "@harken/core";
import { parseDuration } from "../duration.ts";
import { number } from "../numbers.ts";
import { attribute, child, children, childText, looksLikeXml, readXml, text, type XmlElement } from "../xml/read.ts";
import { countOf, type GammaSpectrumFile, gammaSpectrumFile, MAX_CHANNELS } from "./item.ts";

export const looksLikeN42 = (bytes: Uint8Array): boolean =>
  looksLikeXml(bytes, "RadInstrumentData") || looksLikeXml(bytes, "N42InstrumentData");

export function decodeN42(bytes: Uint8Array, limits: Limits = defaultLimits): Decoded<GammaSpectrumFile> {
  const problems = new ProblemList(limits.maxProblems);
  const root = readXml(bytes, limits, problems);
  if (!root) return { items: [], problems: problems.list(), consumed: 0 };
  const items =
    root.name === "RadInstrumentData"
      ? readCurrent(root.element, limits, problems)
      : root.name === "N42InstrumentData"
        ? readEarlier(root.element, limits, problems)
        : [];
  if (items.length === 0) problems.error("n42.no-spectrum", "The document holds no spectrum that can be read.");
  return { items, problems: problems.list(), consumed: bytes.length };
}

/** The form of 2012. */
function readCurrent(root: XmlElement, limits: Limits, problems: ProblemList): GammaSpectrumFile[] {
  const byId = (name: string) => new Map(children(root, name).map((element) => [attribute(element, "id"), element]));
  const energies = byId("EnergyCalibration");
  const widths = byId("FWHMCalibration");
  const efficiencies = byId("FullEnergyPeakEfficiencyCalibration");
  const totals = byId("TotalEfficiencyCalibration");
  return children(root, "RadMeasurement").flatMap((measurement) =>
    children(measurement, "Spectrum").flatMap((spectrum): GammaSpectrumFile[] => {
      const id = attribute(spectrum, "id");
      const counts = readCounts(child(spectrum, "ChannelData"), "compressionCode", id, limits, problems);
      if (!counts) return [];
      const named = (map: ReadonlyMap<string, XmlElement>, reference: string) =>
        map.get(attribute(spectrum, reference)) ?? null;
      return [
        gammaSpectrumFile({
          title: [childText(measurement, "MeasurementClassCode"), id].filter(Boolean).join(" "),
          detector: attribute(spectrum, "radDetectorInformationReference"),
          counts,
          firstChannel: 0,
          startTime: parseTime(childText(measurement, "StartDateTime").trim()),
          realSec: parseDuration(childText(measurement, "RealTimeDuration")),
          liveSec: parseDuration(childText(spectrum, "LiveTimeDuration")),
          energy: coefficients(
            childText(named(energies, "energyCalibrationReference"), "CoefficientValues"),
            id,
            problems,
          ),
          fwhm: points(named(widths, "FWHMCalibrationReference"), "FWHMValues", "FWHMUncertaintyValues"),
          efficiency: points(
            named(efficiencies, "fullEnergyPeakEfficiencyCalibrationReference"),
            "EfficiencyValues",
            "EfficiencyUncertaintyValues",
          ),
          totalEfficiency: points(
            named(totals, "totalEfficiencyCalibrationReference"),
            "EfficiencyValues",
            "EfficiencyUncertaintyValues",
          ),
        }),
      ];
    }),
  );
}

/** The form of 2006: spectra carry their calibration. */
function readEarlier(root: XmlElement, limits: Limits, problems: ProblemList): GammaSpectrumFile[] {
  return children(root, "Measurement").flatMap((measurement) =>
    children(measurement, "Spectrum").flatMap((spectrum, i): GammaSpectrumFile[] => {
      const id = attribute(spectrum, "ID") || `spectrum ${i + 1}`;
      const counts = readCounts(child(spectrum, "ChannelData"), "Compression", id, limits, problems);
      if (!counts) return [];
      const calibration =
        children(spectrum, "Calibration").find((element) => attribute(element, "Type") === "Energy") ?? null;
      return [
        gammaSpectrumFile({
          title: [childText(spectrum, "SourceType"), id].filter(Boolean).join(" "),
          detector: attribute(spectrum, "Detector"),
          counts,
          firstChannel: 0,
          startTime: parseTime(childText(spectrum, "StartTime").trim()),
          realSec: parseDuration(childText(spectrum, "RealTime")),
          liveSec: parseDuration(childText(spectrum, "LiveTime")),
          energy: coefficients(childText(child(calibration, "Equation"), "Coefficients"), id, problems),
        }),
      ];
    }),
  );
}

const numbersIn = (said: string) =>
  said
    .trim()
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(number);

function coefficients(said: string, id: string, problems: ProblemList): readonly number[] | null {
  const values = numbersIn(said);
  if (values.length >= 2 && values.every((v) => v !== null) && values[1]! > 0) return values as number[];
  problems.warning("n42.energy", `Spectrum ${id.slice(0, 40)} has no energy calibration that rises with channel.`);
  return null;
}

function points(element: XmlElement | null, valueName: string, errorName: string): CalibrationPoint[] {
  if (!element) return [];
  const [energies, values, errors] = ["EnergyValues", valueName, errorName].map((name) =>
    numbersIn(childText(element, name)),
  );
  return energies!.flatMap((energyKeV, i) => {
    const [value, error] = [values![i] ?? null, errors![i] ?? 0];
    return energyKeV === null || value === null ? [] : [{ energyKeV, value, error: error ?? 0 }];
  });
}

function readCounts(
  element: XmlElement | null,
  compression: string,
  id: string,
  { maxSamples }: Limits,
  problems: ProblemList,
): Int32Array | null {
  const complain = (what: string) => {
    problems.error("n42.channel-data", `Spectrum ${id.slice(0, 40)}: ${what}`);
    return null;
  };
  if (!element) return complain("there is no ChannelData.");
  const zerosCounted = /counted-?zeroes/i.test(attribute(element, compression));
  const tokens = text(element)
    .trim()
    .split(/[\s,]+/)
    .filter(Boolean);
  const most = Math.min(MAX_CHANNELS, maxSamples);
  const counts: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const value = countOf(tokens[i]!);
    if (value === null) return complain(`"${tokens[i]!.slice(0, 20)}" is no count.`);
    let repeat = 1;
    if (zerosCounted && value === 0) {
      const run = countOf(tokens[++i] ?? "");
      if (run === null) return complain("a zero has no count of zeros after it.");
      repeat = run;
    }
    if (counts.length + repeat > most) return complain(`there are more than ${most} channels.`);
    for (let k = 0; k < repeat; k++) counts.push(value);
  }
  return counts.length > 0 ? Int32Array.from(counts) : complain("there is no count.");
}
