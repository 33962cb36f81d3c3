/** The list of samples, newest first. */
import { formatMinute, nothing } from "../format.ts";
import { samples, select, selectedKey, troubles } from "./state.ts";

const systems = { P: "particulate", B: "beta-gamma", G: "gas" } as const;

export function SampleTable() {
  const list = samples.value;
  if (!list) return <p class="empty">{troubles.value["samples"] ?? "Asking for the samples …"}</p>;
  if (list.length === 0)
    return (
      <p class="empty">
        No sample has come in yet. Start the centre with <code>--samples FOLDER</code> and put a station's messages
        there.
      </p>
    );
  return (
    <table>
      <thead>
        <tr>
          <th>Station</th>
          <th>Kind</th>
          <th>Collected</th>
          <th title="Level of the automatic report">Auto</th>
          <th title="Level of the reviewed report">Review</th>
        </tr>
      </thead>
      <tbody>
        {list.map((sample) => (
          <tr
            key={sample.key}
            data-sample-key={sample.key}
            aria-selected={sample.key === selectedKey.value}
            onClick={() => select(sample.key)}
          >
            <td>{sample.station}</td>
            <td title={sample.detector}>{kindOf(sample.dataType, systems[sample.system])}</td>
            <td>{formatMinute(sample.collectionStart ?? sample.acquisitionStart)}</td>
            <td>
              <LevelMark level={sample.automaticLevel} />
            </td>
            <td>
              <LevelMark level={sample.reviewedLevel} />
              {sample.reviewState === "proposed" && <span class="faint"> proposed</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Samples by their system; backgrounds, blanks and calibrations by name. */
function kindOf(dataType: string, system: string): string {
  return dataType === "SAMPLEPHD" ? system : dataType.replace(/PHD$/, "").toLowerCase();
}

export function LevelMark({ level }: { level: string | null }) {
  if (level === null) return <span class="faint">{nothing}</span>;
  return <span class={`level level-${level}`}>{level}</span>;
}
