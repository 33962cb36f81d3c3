/**
 * A thread that appends to the files of a folder, so that the loop that serves the sockets never waits for a disk.
 *
 *     const appender = new FileAppender(root);
 *     const { sizes, failure } = await appender.append([{ path: "2026/XX/ARA0/SHZ.D/...", bytes }]);
 *     await appender.close();
 */
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Appended } from "./appendFiles.ts";
import type { AppendTask } from "./appendThread.ts";

export class FileAppender {
  readonly #root: string;
  #thread: Worker | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  /** One call after the other. Rejects when the thread fails. */
  async append(files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): Promise<Appended> {
    if (files.length === 0) return { sizes: [], failure: null };
    // Of its own buffer, which the thread is given.
    const bytes = new Uint8Array(files.reduce((sum, file) => sum + file.bytes.length, 0));
    let at = 0;
    for (const file of files) {
      bytes.set(file.bytes, at);
      at += file.bytes.length;
    }
    const task: AppendTask = { bytes, parts: files.map(({ path, bytes: { length } }) => ({ path, length })) };
    const thread = (this.#thread ??= this.#start());
    thread.ref();
    const listening = new AbortController();
    try {
      const { signal } = listening;
      const answer = Promise.race([
        once(thread, "message", { signal }),
        once(thread, "exit", { signal }).then(() => Promise.reject(new Error("the archive's thread has ended"))),
      ]);
      thread.postMessage(task, [bytes.buffer]);
      const [appended] = await answer;
      return appended as Appended;
    } catch (cause) {
      this.#thread = null;
      throw cause;
    } finally {
      listening.abort();
      thread.unref();
    }
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
    this.#thread = null;
  }

  #start(): Worker {
    return new Worker(new URL("./appendThread.ts", import.meta.url), {
      workerData: { root: this.#root },
      execArgv: ["--disable-warning=ExperimentalWarning"],
    });
  }
}
