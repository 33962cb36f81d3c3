/** Products of analysed samples as files: an automatic report (ARR) for each, and a bulletin (SSREB) for those at the highest level. */
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SampleReport } from "@harken/core";
import { encodeSampleReport, encodeScreenedEvent } from "@harken/formats";
import { nobleGasReport, particulateReport, type ReportHead, screenedEvent } from "@harken/radionuclide";
import { cliErrors } from "./errors.ts";
import type { Analysed } from "./spectrumAnalysis.ts";
import { version } from "./version.ts";

/** Named by detector, sample and qualifier; returns the paths. What could not be analysed has no report. Throws NOT_WRITABLE. */
export function writeReports(folder: string, analysed: readonly Analysed[], createdTime: number): string[] {
  const written: string[] = [];
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
    written.push(write(folder, `${name}.arr`, encodeSampleReport(report)));
    const event = screenedEvent(report, [], `${name}-SSREB`, createdTime);
    if (event) written.push(write(folder, `${name}.ssreb`, encodeScreenedEvent(event)));
  }
  return written;
}

function reportOf(one: Analysed, head: ReportHead): SampleReport | null {
  if (!one.result.ok || !one.data.acquisition) return null;
  if (one.kind === "particulate")
    return one.result.ok ? particulateReport(one.data, one.result, one.category, head) : null;
  return one.result.ok ? nobleGasReport(one.data, one.result, one, head) : null;
}

function write(folder: string, name: string, text: string): string {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
    // A reader never sees half a file.
    writeFileSync(`${path}.part`, text);
    renameSync(`${path}.part`, path);
  } catch (cause) {
    throw cliErrors.make("NOT_WRITABLE", { path, reason: (cause as Error).message }, cause);
  }
  return path;
}
