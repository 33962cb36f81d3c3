/** Runs of transport as the page knows them: the list with its weather, and the calls that start, stop and resume one. */
import type { RunList, RunRecord, RunRequest } from "@harken/api";
import { signal } from "@preact/signals";
import { explain } from "../explain.ts";
import { chooseOnly, client, loadList, showPlume } from "./state.ts";

export const runs = signal<RunList | null>(null);
export const runTrouble = signal<string | null>(null);

async function ask(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await call();
    runTrouble.value = null;
  } catch (cause) {
    runTrouble.value = explain(cause);
  }
  await loadRuns();
  return runTrouble.value === null;
}

export const startRun = (request: RunRequest) => ask(() => client.startRun(request));
export const stopRun = (key: string) => ask(() => client.stopRun(key));
export const resumeRun = (key: string) => ask(() => client.resumeRun(key));

/** The result of a run on the map. */
export async function showRun({ key, request }: RunRecord): Promise<void> {
  if (request.direction === "forward") return showPlume(key);
  await loadList();
  chooseOnly(key);
}

/** The run whose result is shown as soon as it is there. */
export const awaited = signal<string | null>(null);

async function loadRuns(): Promise<void> {
  try {
    runs.value = await client.runs();
  } catch {
    // The list of fields says that the centre does not answer.
    return;
  }
  const now = runs.value.runs.find(({ key }) => key === awaited.value);
  if (now?.state !== "finished") return;
  awaited.value = null;
  await showRun(now);
}

const POLL_MS = 1000;

export function followRuns(): void {
  void loadRuns();
  setInterval(() => void loadRuns(), POLL_MS);
}
