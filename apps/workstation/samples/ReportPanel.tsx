/** What is said of the selected sample: level with its reason, nuclides, flags, screening, products. */
import type { SampleReportRecord } from "@harken/api";
import { fieldName } from "@harken/atmosphere";
import { formatMinute, formatNumber, nothing } from "../format.ts";
import { LevelMark } from "./SampleTable.tsx";
import { viewAbout, wholeView } from "./spectrumPicture.ts";
import { client, detail, nuclide, picture, report, troubles, view } from "./state.ts";

export function ReportPanel() {
  const sample = detail.value;
  if (!sample) return <p class="empty">{troubles.value["sample"] ?? "Choose a sample."}</p>;
  const said = report.value;
  const { key, station, detector, sampleId } = sample.summary;
  return (
    <>
      <h2>
        {station} <span class="faint">{detector}</span>
      </h2>
      <p class="faint">
        {sampleId || key}, collected {formatMinute(sample.summary.collectionStart)} to{" "}
        {formatMinute(sample.summary.collectionStop)}
      </p>
      {said === null ? (
        <p class="empty">This measurement has no report: it is a background, or it cannot be analysed.</p>
      ) : (
        <>
          <p>
            <LevelMark level={said.level} /> {said.levelReason || "No level: a category is for samples alone."}
          </p>
          <Nuclides report={said} />
          <Flags flags={said.flags} />
          <Screening screening={said.screening} />
          {said.remarks.length > 0 && (
            <>
              <h3>Remarks</h3>
              <ul class="remarks">
                {said.remarks.map((remark) => (
                  <li key={remark}>{remark}</li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      {sample.summary.collectionStop !== null && sample.summary.dataType === "SAMPLEPHD" && (
        <p>
          <a href={`transport.html#${fieldName(station, sample.summary.collectionStop)}`}>Where this air came from</a>
        </p>
      )}
      <h3>Messages</h3>
      <p>
        <a href={client.sampleUrl(key, "PHD")}>PHD</a>{" "}
        {(["ARR", "RRR", "URR", "SSREB"] as const)
          .filter((product) => sample.reports.some((one) => one.product === product))
          .map((product) => (
            <a key={product} href={client.sampleUrl(key, product)}>
              {product}{" "}
            </a>
          ))}
      </p>
    </>
  );
}

/** Three digits that mean something. */
export function three(value: number | null): string {
  if (value === null) return nothing;
  return Math.abs(value) >= 1000 ? formatNumber(value, 0) : String(Number(value.toPrecision(3)));
}

function Nuclides({ report: { nuclides, sample } }: { report: SampleReportRecord }) {
  const unit = sample.system === "P" ? "µBq/m³" : "mBq/m³";
  const sorted = nuclides.toSorted((a, b) => Number(b.identified) - Number(a.identified));
  return (
    <>
      <h3>
        Nuclides <small>{unit}; choose one to see its lines and its history</small>
      </h3>
      <table class="nuclides">
        <thead>
          <tr>
            <th>Nuclide</th>
            <th class="number">Conc.</th>
            <th class="number">±</th>
            <th class="number">LC</th>
            <th class="number">MDC</th>
            <th>Level</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((one) => (
            <tr
              key={one.name}
              data-nuclide={one.name}
              class={one.identified ? "found" : "faint"}
              aria-selected={one.name === nuclide.value}
              onClick={() => choose(one.name)}
            >
              <td>{one.name}</td>
              <td class="number">{one.identified ? three(one.concentration) : nothing}</td>
              <td class="number">{one.identified ? three(one.concentrationError) : nothing}</td>
              <td class="number">{three(one.criticalLevel ?? null)}</td>
              <td class="number">{three(one.mdc)}</td>
              <td>
                <LevelMark level={one.level} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** A second choice of the same nuclide shows its strongest line. */
function choose(name: string): void {
  const again = nuclide.value === name;
  nuclide.value = name;
  const now = picture.value;
  if (!again || !now) return;
  const own = now.lines.filter((line) => line.nuclide === name);
  const strongest = own.toSorted((a, b) => b.expectedCounts - a.expectedCounts)[0];
  if (strongest) view.value = viewAbout(strongest.energyKeV, wholeView(now));
}

function Flags({ flags }: { flags: SampleReportRecord["flags"] }) {
  const failed = flags.filter(({ pass }) => pass === false);
  return (
    <details>
      <summary>
        Flags: {flags.filter(({ pass }) => pass === true).length} pass, {failed.length} fail
        {failed.length > 0 && `: ${failed.map(({ name }) => name).join(", ")}`}
      </summary>
      <table>
        <tbody>
          {flags.map(({ name, pass, value, unit, test }) => (
            <tr key={name}>
              <td>{name}</td>
              <td class={pass === false ? "large" : ""}>{pass === null ? "unknown" : pass ? "pass" : "FAIL"}</td>
              <td class="number">{value === null ? nothing : `${three(value)} ${unit}`}</td>
              <td class="faint">{test}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Screening({ screening }: { screening: SampleReportRecord["screening"] }) {
  if (screening.length === 0) return null;
  return (
    <details>
      <summary>
        Screening: {screening.filter(({ outcome }) => outcome !== null).length} of {screening.length} decide
      </summary>
      <table>
        <tbody>
          {screening.map(({ test, outcome }) => (
            <tr key={test}>
              <td>{test}</td>
              <td>{outcome ?? nothing}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
