/** An expert's own analysis of a sample, with settings of their own: where its updated report says that it is from. */

import { createHash } from "node:crypto";
import type { ReanalysisRequest } from "@harken/api";
import type { PulseHeightData, SampleEdit } from "@harken/core";
import type { ExpertSettings } from "./analyseSample.ts";

export const expertSettings = ({ coincidences, limits, decisionQuantile }: ReanalysisRequest): ExpertSettings => ({
  ...{ coincidences, limits, decisionQuantile },
});

/** Lines of the report: settings, the messages with their content, and the edits that count. */
export function provenanceOf(
  settings: ExpertSettings,
  message: string,
  backgrounds: readonly (PulseHeightData | null)[],
  edits: readonly SampleEdit[],
  software: string,
): string[] {
  const { coincidences, limits, decisionQuantile } = settings;
  const used = backgrounds.flatMap((one) => (one ? [`${one.kind} ${one.measurementId}`] : []));
  return [
    `settings: coincidences ${coincidences}, limits ${limits}, decision quantile ${decisionQuantile}`,
    `input: the station's message with SHA-256 ${createHash("sha256").update(message, "latin1").digest("hex")}`,
    `backgrounds: ${used.join(", ") || "none"}`,
    `edits that count: ${edits.length === 0 ? "none" : edits.map(({ kind }) => kind).join(", ")}`,
    `analysed anew by ${software}`,
  ];
}
