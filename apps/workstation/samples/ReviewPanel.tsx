/** The analyst's word on a sample, in two steps: one proposes the reviewed report, another releases it. */
import { useEffect, useState } from "preact/hooks";
import { analyst, setAnalyst, signedIn } from "../analyst.ts";
import { formatMinute } from "../format.ts";
import { detail, proposeReview, releaseReview, report } from "./state.ts";

export function ReviewPanel() {
  const sample = detail.value;
  const said = report.value;
  const [level, setLevel] = useState("");
  const [reason, setReason] = useState("");
  const [comment, setComment] = useState("");
  const [refusal, setRefusal] = useState<string | null>(null);
  const key = sample?.summary.key;
  // Another sample begins with what its own report says.
  useEffect(() => {
    setLevel(said?.level ?? "");
    setReason(said?.levelReason.slice(0, 500) ?? "");
    setComment("");
    setRefusal(null);
  }, [key, said?.product, said?.version]);
  if (!sample || !said || said.level === null) return null;
  const reviewed = sample.reports.filter(({ product }) => product === "RRR").at(-1) ?? null;
  const levels = sample.summary.system === "P" ? ["1", "2", "3", "4", "5"] : ["A", "B", "C"];
  const ready = analyst.value.trim() !== "" && reason.trim() !== "";
  const propose = async () =>
    setRefusal(
      await proposeReview({
        analyst: analyst.value.trim(),
        level,
        levelReason: reason.trim(),
        comment,
        reviewedVersion: reviewed?.version ?? 0,
        editsSeen: sample.edits.length,
      }),
    );
  return (
    <form class="review-form" onSubmit={(event) => event.preventDefault()}>
      <h3>Review</h3>
      <ol class="record">
        {sample.reports.map(({ product, version, state, level: to, created, analyst: by, releasedBy }) => (
          <li key={`${product}${version}`}>
            {product} {version}, level {to ?? "none"}, {formatMinute(created)}
            {by === null ? ", automatic" : `, by ${by}`}
            {state === "proposed" ? ", proposed" : releasedBy === null ? "" : `, released by ${releasedBy}`}
          </li>
        ))}
      </ol>
      <label>
        Analyst{" "}
        <input
          name="analyst"
          maxLength={40}
          value={analyst.value}
          readOnly={signedIn.value}
          onInput={(e) => setAnalyst(e.currentTarget.value)}
        />
      </label>
      <label>
        Level{" "}
        <select name="level" value={level} onChange={(e) => setLevel(e.currentTarget.value)}>
          {levels.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      <label>
        Because <input name="reason" maxLength={500} value={reason} onInput={(e) => setReason(e.currentTarget.value)} />
      </label>
      <label>
        Comment{" "}
        <textarea
          name="comment"
          rows={2}
          maxLength={2000}
          value={comment}
          onInput={(e) => setComment(e.currentTarget.value)}
        />
      </label>
      <div class="buttons">
        <button type="button" disabled={!ready} onClick={() => void propose()}>
          Propose RRR
        </button>
        <button
          type="button"
          disabled={analyst.value.trim() === "" || reviewed?.state !== "proposed"}
          title="Somebody else than who proposed it releases it"
          onClick={async () => setRefusal(await releaseReview(analyst.value.trim(), reviewed!.version))}
        >
          Release
        </button>
      </div>
      {refusal !== null && (
        <p class="trouble" role="alert">
          {refusal}
        </p>
      )}
    </form>
  );
}
