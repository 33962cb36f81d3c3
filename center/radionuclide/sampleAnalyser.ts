/** Analyses of samples somewhere else than here, each question asked once: answers are remembered by the content of what was asked. */
import { createHash } from "node:crypto";
import type { AnalysedSample, SampleTask } from "./analyseSample.ts";

export type SampleAnalyser = (task: SampleTask) => Promise<AnalysedSample>;

/** An answer holds a spectrum or a histogram, some 100 kB. */
const REMEMBERED = 64;

export function rememberAnalyses(analyse: SampleAnalyser, capacity = REMEMBERED): SampleAnalyser {
  const answers = new Map<string, Promise<AnalysedSample>>();
  return (task) => {
    const key = createHash("sha256").update(JSON.stringify(task, plain)).digest("base64");
    const known = answers.get(key);
    const answer = known ?? analyse(task);
    // The last asked stands last; the first is the next to go.
    answers.delete(key);
    answers.set(key, answer);
    if (answers.size > capacity) answers.delete(answers.keys().next().value!);
    if (!known) answer.catch(() => answers.delete(key));
    return answer;
  };
}

/** Equal content as equal text: in memory one and the same number may be kept in two ways. */
function plain(_key: string, value: unknown): unknown {
  if (ArrayBuffer.isView(value)) return [...(value as Float64Array)];
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
