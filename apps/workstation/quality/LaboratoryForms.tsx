/** What is asked of laboratories and comes from them: a request, a report (RLR), results of a proficiency test. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { analyst, setAnalyst, signedIn } from "../analyst.ts";
import { formatDate } from "../format.ts";
import { readResults } from "./results.ts";
import { change, client, samples } from "./state.ts";

const DAY = 86_400;

/** The fields by name, or a reason in words why it is not taken. */
function Form({
  label,
  action,
  send,
  children,
}: {
  label: string;
  action: string;
  send: (fields: Record<string, string>) => Promise<string | null>;
  children: ComponentChildren;
}) {
  const [refusal, setRefusal] = useState<string | null>(null);
  return (
    <form
      class="review-form"
      aria-label={label}
      onSubmit={async (event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const fields = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
        const reason = analyst.value.trim() === "" ? "Write your name." : await send(fields);
        setRefusal(reason);
        if (reason === null) form.reset();
      }}
    >
      <h4>{label}</h4>
      <label>
        You{" "}
        <input
          name="analyst"
          maxLength={40}
          required
          value={analyst.value}
          readOnly={signedIn.value}
          onInput={(event) => setAnalyst(event.currentTarget.value)}
        />
      </label>
      {children}
      <div class="buttons">
        <button type="submit">{action}</button>
      </div>
      {refusal !== null && (
        <p class="trouble" role="alert">
          {refusal}
        </p>
      )}
    </form>
  );
}

export function OrderForm() {
  const send = (fields: Record<string, string>) => {
    const [laboratory, purpose, comment] = [fields["laboratory"]!, fields["purpose"]!, fields["comment"]!];
    return change(() =>
      client.orderLaboratory(fields["sample"]!, { analyst: analyst.value.trim(), laboratory, purpose, comment }),
    );
  };
  return (
    <Form label="Ask a laboratory" action="Ask" send={send}>
      <label>
        Sample{" "}
        <select name="sample" required>
          {samples.value.map(({ key, station, collectionStart, reviewedLevel, automaticLevel }) => (
            <option key={key} value={key}>
              {station} {collectionStart === null ? "" : formatDate(collectionStart)}, level{" "}
              {reviewedLevel ?? automaticLevel ?? "-"}
            </option>
          ))}
        </select>
      </label>
      <label>
        Laboratory <input name="laboratory" required maxLength={40} placeholder="as ATL03" />
      </label>
      <label>
        Purpose <input name="purpose" required maxLength={200} placeholder="as level 5, or quality assurance" />
      </label>
      <label>
        Comment <input name="comment" maxLength={2000} />
      </label>
    </Form>
  );
}

export function AnswerForm() {
  const send = (fields: Record<string, string>) =>
    change(() => client.answerLaboratory({ analyst: analyst.value.trim(), message: fields["message"]! }));
  return (
    <Form label="Take a laboratory's report" action="Compare" send={send}>
      <label>
        RLR <textarea name="message" rows={4} required maxLength={200_000} placeholder="the whole message" />
      </label>
    </Form>
  );
}

export function ExerciseForm() {
  const send = async (fields: Record<string, string>) => {
    const results = readResults(fields["results"]!);
    if (typeof results === "string") return results;
    const time = Date.parse(fields["date"]!) / 1000;
    const [exercise, laboratory] = [fields["exercise"]!, fields["laboratory"]!];
    return change(() =>
      client.scoreLaboratory({ analyst: analyst.value.trim(), exercise, laboratory, time, ...results }),
    );
  };
  return (
    <Form label="Enter a proficiency test" action="Score" send={send}>
      <label>
        Exercise <input name="exercise" required maxLength={40} placeholder="as PTE 2026" />
      </label>
      <label>
        Laboratory <input name="laboratory" required maxLength={40} placeholder="as ATL03" />
      </label>
      <label>
        Date{" "}
        <input
          name="date"
          type="date"
          required
          defaultValue={formatDate(Date.now() / 1000 - ((Date.now() / 1000) % DAY))}
        />
      </label>
      <label>
        Results{" "}
        <textarea
          name="results"
          rows={5}
          required
          maxLength={20_000}
          placeholder={
            "nuclide, reference Bq and uncertainty, reported Bq and uncertainty:\nCs-137 10.0 0.2 10.4 0.3\nCo-60 - - 1.2 0.1"
          }
        />
      </label>
    </Form>
  );
}
