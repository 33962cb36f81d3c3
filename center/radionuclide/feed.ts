/** Where radionuclide messages come from: a folder that is watched, and in a simulated centre two made-up stations. */
import type { Logger } from "pino";
import { type FolderWatch, watchFolder } from "../acquisition/folder.ts";
import { demoMessages } from "./demoMessages.ts";
import type { SampleDesk } from "./sampleDesk.ts";

/** Files are moved to `done`, or to `refused` with the reason beside them. */
export function feedFromFolder(desk: SampleDesk, folder: string, logger: Logger): FolderWatch {
  return watchFolder({
    folder,
    onProblem: (code, detail) => logger.warn({ code, detail }),
    take: async (name, bytes) => {
      const { stored, repeated, problems } = await desk.take(bytes);
      for (const problem of problems) logger.warn({ file: name, ...problem, code: `samples.${problem.code}` });
      if (stored.length + repeated > 0) return null;
      return problems[0]?.message ?? "it holds no radionuclide measurement";
    },
  });
}

const DEMO_DAYS = 12;

/** One message after another, other work between them; ends early when told to. */
export async function feedFromSimulation(
  desk: SampleDesk,
  { seed, until, stopping }: { readonly seed: number; readonly until: number; readonly stopping: () => boolean },
): Promise<void> {
  const bytes = new TextEncoder();
  for (const message of demoMessages(seed, until, DEMO_DAYS)) {
    if (stopping()) return;
    await desk.take(bytes.encode(message));
    await new Promise((resolve) => setImmediate(resolve));
  }
}
