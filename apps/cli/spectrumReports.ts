/** Products of analysed samples as files: an automatic report (ARR) for each, and a bulletin (SSREB) for those at the highest level. */
import { join } from "node:path";
import type { SampleReport } from "@harken/core";
import { encodeSampleReport, encodeScreenedEvent } from "@harken/formats";
import { nobleGasReport, particulateReport, type ReportHead, screenedEvent } from "@harken/radionuclide";
import type { Analysed } from "./spectrumAnalysis.ts";
import { version } from "./version.ts";
import { writeWhole } from "./writeWhole.ts";

/** Named by detector, sample and qualifier; returns the paths. What could not be analysed has no report. Throws NOT_WRITABLE. */
export function writeReports(folder: string, analysed: readonly Analysed[], createdTime: number): string[] {
  const written: string[] = [];
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeWhole(path, text);
    written.push(path);
  };
  const names = new Map<string, number>();
  for (const one of analysed) {
    const { detector, sampleId, qualifier } = one.data;
    const plain = [detector || "detector", sampleId, qualifier]
      .filter(Boolean)
      .join("-")
      .replace(/[^\w.-]/g, "_");
    const before = names.get(plain) ?? 0;
    names.set(plain, before + 1);
    const name = before === 0 ? plain : `${plain}-${before + 1}`;
    const report = reportOf(one, { messageId: name, createdTime, software: `harken ${version}` });
    if (!report) continue;
    write(`${name}.arr`, encodeSampleReport(report));
    const event = screenedEvent(report, [], `${name}-SSREB`, createdTime);
    if (event) write(`${name}.ssreb`, encodeScreenedEvent(event));
  }
  return written;
}

function reportOf(one: Analysed, head: ReportHead): SampleReport | null {
  if (!one.data.acquisition) return null;
  if (one.kind === "particulate")
    return one.result.ok ? particulateReport(one.data, one.result, one.category, head) : null;
  return one.result.ok ? nobleGasReport(one.data, one.result, one, head) : null;
}
