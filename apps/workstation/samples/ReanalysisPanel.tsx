/** An expert's own analysis of the sample: settings, why, and an updated report (URR) that leaves the others as they are. */
import { useState } from "preact/hooks";
import { analyst } from "../analyst.ts";
import { detail, reanalyse } from "./state.ts";

export function ReanalysisPanel() {
  const [refusal, setRefusal] = useState<string | null>(null);
  const sample = detail.value;
  if (!sample?.automatic) return null;
  const isParticulate = sample.summary.system === "P";
  return (
    <details class="reanalysis">
      <summary>Expert re-analysis (URR)</summary>
      <form
        class="review-form"
        aria-label="Expert re-analysis"
        onSubmit={async (event) => {
          event.preventDefault();
          const fields = new FormData(event.currentTarget);
          const of = (name: string) => String(fields.get(name) ?? "").trim();
          if (analyst.value.trim() === "") return setRefusal("Write your name beside the review.");
          setRefusal(
            await reanalyse({
              analyst: analyst.value.trim(),
              reason: of("expert-reason"),
              coincidences: of("coincidences") === "corrected" ? "corrected" : "uncertainty",
              limits: of("limits") === "iso11929" ? "iso11929" : "currie",
              decisionQuantile: Number(of("quantile")),
              withEdits: fields.has("edits"),
            }),
          );
        }}
      >
        {isParticulate && (
          <>
            <label>
              Coincidences{" "}
              <select name="coincidences">
                <option value="uncertainty">an uncertainty</option>
                <option value="corrected">corrected</option>
              </select>
            </label>
            <label>
              Limits{" "}
              <select name="limits">
                <option value="currie">Currie</option>
                <option value="iso11929">ISO 11929</option>
              </select>
            </label>
          </>
        )}
        <label>
          Decision quantile{" "}
          <input name="quantile" type="number" min="1" max="5" step="0.001" defaultValue="1.645" required />
        </label>
        <label>
          <input name="edits" type="checkbox" defaultChecked /> with the edits of the review
        </label>
        <label>
          Why <input name="expert-reason" maxLength={2000} required />
        </label>
        <div class="buttons">
          <button type="submit">Analyse anew</button>
        </div>
        {refusal !== null && (
          <p class="trouble" role="alert">
            {refusal}
          </p>
        )}
      </form>
    </details>
  );
}
