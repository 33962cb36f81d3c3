/**
 * Syncs a whole file system: syncfs(2), by the command of coreutils, since Node has no call for it. A shell that waits for the next time starts the command, in
 * a millisecond; to start it from a process of some hundred megabytes takes ten.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** Answers each line that it reads. */
const SCRIPT = 'while read -r _; do if sync -f "$0"; then echo done; else echo failed; fi; done';

export class FileSystemSync {
  readonly #root: string;
  #shell: ChildProcess | null = null;

  constructor(root: string) {
    this.#root = root;
  }

  /** One call after the other. False where there is no such command, or it fails. */
  async sync(): Promise<boolean> {
    if (process.platform !== "linux") return false;
    const shell = (this.#shell ??= this.#start());
    const listening = new AbortController();
    const { signal } = listening;
    try {
      // A shell that could not be started has no number.
      if (shell.pid === undefined) throw new Error("there is no shell");
      const answer = Promise.race([
        once(shell.stdout!, "data", { signal }),
        once(shell, "exit", { signal }).then(() => ["failed"]),
      ]);
      shell.stdin!.write("\n");
      const [said] = await answer;
      if (String(said).startsWith("done")) return true;
    } catch {
      // The files are synced one by one then, and say what is wrong.
    } finally {
      listening.abort();
    }
    this.close();
    return false;
  }

  close(): void {
    this.#shell?.kill();
    this.#shell = null;
  }

  #start(): ChildProcess {
    const shell = spawn("sh", ["-c", SCRIPT, this.#root], { stdio: ["pipe", "pipe", "ignore"] });
    shell.on("error", () => undefined);
    shell.stdin?.on("error", () => undefined);
    return shell;
  }
}
