/** The thread that appends: takes `AppendTask`s from its parent and answers each with what became of it. */
import { parentPort, workerData } from "node:worker_threads";
import { appendFiles, type FilePart } from "./appendFiles.ts";
import { FileSystemSync } from "./fileSystemSync.ts";

export interface AppendTask {
  readonly parts: readonly FilePart[];
  readonly bytes: Uint8Array;
}

const { root } = workerData as { readonly root: string };
const fileSystem = new FileSystemSync(root);
parentPort!.on("message", async ({ bytes, parts }: AppendTask) => {
  parentPort!.postMessage(await appendFiles(root, bytes, parts, () => fileSystem.sync()));
});
