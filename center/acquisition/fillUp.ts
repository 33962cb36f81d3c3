/** Past data of outside sources, before the processing begins. */
import { lastSampleTimes, type Store } from "@harken/store";
import type { CenterAcquisition } from "../options.ts";
import type { StatusKeeper } from "../status.ts";
import type { Acquisition } from "./acquisition.ts";

const ARCHIVED_POLL_MS = 100;

/** Past data first: intervals are worked on from the first that has any, and hear them all. */
export async function fillUp(
  store: Store,
  acquisition: Acquisition,
  keeper: StatusKeeper,
  fill: CenterAcquisition["fill"],
  signal: AbortSignal,
): Promise<void> {
  if (!fill) return;
  keeper.state = "processing";
  keeper.message = "Fetching past data";
  await fill({ take: acquisition.takeFile, newest: await lastSampleTimes(store.db), signal });
  const { kept } = acquisition.progress();
  while (acquisition.progress().archived < kept && !signal.aborted)
    await new Promise((resolve) => setTimeout(resolve, ARCHIVED_POLL_MS));
}
