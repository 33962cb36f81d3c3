/** The page of radionuclide samples: list, spectrum or histogram, peaks, and what is said of the sample. */
import { Who } from "../Gate.tsx";
import { PageLinks } from "../PageLinks.tsx";
import { EditRecord } from "./EditRecord.tsx";
import { HistogramPanel } from "./HistogramPanel.tsx";
import { PeakTable } from "./PeakTable.tsx";
import { RatioPanel } from "./RatioPanel.tsx";
import { ReanalysisPanel } from "./ReanalysisPanel.tsx";
import { ReportPanel } from "./ReportPanel.tsx";
import { ReviewPanel } from "./ReviewPanel.tsx";
import { SampleTable } from "./SampleTable.tsx";
import { SeriesPanel } from "./SeriesPanel.tsx";
import { SpectrumPanel } from "./SpectrumPanel.tsx";
import { detail, picture, samples, troubles } from "./state.ts";

export function SamplesApp() {
  return (
    <>
      <header class="top-bar">
        <h1>Harken</h1>
        <span>Radionuclide samples</span>
        <span class="counts">{samples.value === null ? "" : `${samples.value.length} measurements`}</span>
        <span class="links">
          {"samples" in troubles.value && <span class="connection lost">{troubles.value["samples"]}</span>}
          <PageLinks here="samples.html" /> <Who />
        </span>
      </header>
      <main class="samples">
        <section class="panel sample-list" aria-label="Samples">
          <div class="scroll">
            <SampleTable />
          </div>
        </section>
        <section class="panel spectrum-panel" aria-label="Spectrum">
          <Picture />
        </section>
        <section class="panel peak-panel" aria-label="Peaks and history">
          <div class="scroll">
            <PeakTable />
          </div>
          <div class="scroll history">
            <SeriesPanel />
            <RatioPanel />
          </div>
        </section>
        <section class="panel side" aria-label="Report">
          <div class="scroll">
            <ReportPanel />
            <EditRecord />
            <ReviewPanel />
            <ReanalysisPanel />
          </div>
        </section>
      </main>
    </>
  );
}

function Picture() {
  const display = detail.value?.display ?? null;
  if (picture.value) return <SpectrumPanel />;
  if (display?.kind === "histogram") return <HistogramPanel display={display} />;
  return (
    <p class="empty">
      {troubles.value["sample"] ?? (detail.value ? "This measurement has no spectrum." : "Choose a sample.")}
    </p>
  );
}
