/** The peaks of the selected spectrum; a click shows one. */
import { formatNumber } from "../format.ts";
import { viewAbout, wholeView } from "./spectrumPicture.ts";
import { picture, view } from "./state.ts";

export function PeakTable() {
  const now = picture.value;
  if (!now || now.peaks.length === 0) return null;
  return (
    <table class="peaks">
      <thead>
        <tr>
          <th class="number">keV</th>
          <th class="number">Counts</th>
          <th class="number">±</th>
          <th class="number">FWHM</th>
          <th>Explained by</th>
        </tr>
      </thead>
      <tbody>
        {now.peaks.map((peak) => (
          <tr
            key={peak.energyKeV}
            data-peak={formatNumber(peak.energyKeV, 1)}
            onClick={() => (view.value = viewAbout(peak.energyKeV, wholeView(now)))}
          >
            <td class="number">{formatNumber(peak.energyKeV, 2)}</td>
            <td class="number">{formatNumber(peak.areaCounts, 0)}</td>
            <td class="number">{formatNumber(peak.areaErrorCounts, 0)}</td>
            <td class="number">{formatNumber(peak.fwhmKeV, 2)}</td>
            <td class={peak.explanation === "" ? "large" : ""} title={peak.explanation}>
              {peak.explanation || "nothing"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
