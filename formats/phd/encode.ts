/** Pulse-height data written as an IMS2.0 message, in the column widths that stations use; `decodePulseHeightData` reads it back the same. */
import { type CalibrationPoint, isoTime, type PulseHeightData, type RegionLimits } from "@harken/core";
import { writeHistogram, writeSpectrum } from "./spectra.ts";

export function encodePulseHeightData(data: PulseHeightData): string {
  const lines = ["BEGIN IMS2.0", "MSG_TYPE DATA", `MSG_ID ${data.messageId}`, `DATA_TYPE ${data.kind}`];
  const block = (name: string, content: readonly string[]) => {
    if (content.length > 0) lines.push(`#${name}`, ...content);
  };
  block("Header 3", [
    `${data.station.padEnd(5)} ${data.detector.padEnd(9)} ${data.system} ${data.geometry.padEnd(17)} ${data.qualifier ?? ""}`.trimEnd(),
    data.sampleId,
    [data.measurementId, data.detectorBackgroundId ?? "0", data.gasBackgroundId ?? "0"].join(" "),
    data.transmitTime === null ? "" : when(data.transmitTime),
  ]);
  block("Comment", data.comment === "" ? [] : data.comment.split("\n"));
  const { collection, acquisition, processing, certificate } = data;
  block(
    "Collection",
    collection ? [`${when(collection.startTime)} ${when(collection.stopTime)} ${collection.airVolumeM3}`] : [],
  );
  block(
    "Acquisition",
    acquisition ? [`${when(acquisition.startTime)} ${acquisition.realSec} ${acquisition.liveSec}`] : [],
  );
  block("Calibration", data.calibrationTime === null ? [] : [when(data.calibrationTime)]);
  block(
    "Processing",
    processing
      ? [
          `${processing.xenonVolumeMl} ${processing.xenonVolumeErrorMl}`,
          `${processing.yieldFraction} ${processing.yieldError}`,
          processing.archiveBottle,
        ]
      : [],
  );
  block("Sample", data.sampleSizeCm ? [data.sampleSizeCm.join(" ")] : []);
  block("g_Energy", data.gammaEnergy.map(point));
  block(
    "b_Energy",
    data.betaEnergy.map(({ energyKeV, decayMode, value, error }) => columns([energyKeV, decayMode, value, error])),
  );
  block("g_Resolution", data.gammaResolution.map(point));
  block("b_Resolution", data.betaResolution.map(point));
  block("g_Efficiency", data.gammaEfficiency.map(point));
  block("TotalEff", data.totalEfficiency.map(point));
  block("ROI_Limits", data.regions.map(region));
  block("ROI_Chan_Limits", data.channelRegions.map(region));
  block(
    "b-gEfficiency",
    data.regionEfficiencies.map((e) => columns([e.nuclide, e.region, e.efficiency, e.error])),
  );
  block(
    "Ratios",
    data.ratios.map((r) => columns([r.name, r.upperRegion, r.lowerRegion, r.ratio, r.error])),
  );
  block("g_Spectrum", data.gammaSpectrum ? writeSpectrum(data.gammaSpectrum) : []);
  block("b_Spectrum", data.betaSpectrum ? writeSpectrum(data.betaSpectrum) : []);
  block("Histogram", data.histogram ? writeHistogram(data.histogram) : []);
  block(
    "Certificate",
    certificate
      ? [
          `${certificate.totalActivityBq} ${when(certificate.assayTime)} ${certificate.unit}`,
          ...certificate.nuclides.map((n) =>
            columns([n.nuclide, n.halfLife, n.activityBq, n.errorBq, n.energyKeV, n.intensity]),
          ),
        ]
      : [],
  );
  lines.push("STOP", "");
  return lines.join("\n");
}

const when = (time: number) => isoTime(time, 1).replaceAll("-", "/").replace("T", " ").replace("Z", "");
const columns = (values: readonly (string | number)[]) =>
  values
    .map((value) => String(value).padEnd(12))
    .join(" ")
    .trimEnd();
const point = ({ energyKeV, value, error }: CalibrationPoint) => columns([energyKeV, value, error]);
const region = (r: RegionLimits) => columns([r.region, r.betaLow, r.betaHigh, r.gammaLow, r.gammaHigh]);
