/**
 * A folder whose files are taken in: each is read when it has stopped growing, handed on, and moved to `done` when it is safe, or to `refused` with
 * the reason beside it.
 */
import { type Dirent, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

export interface FolderParts {
  readonly folder: string;
  /** Takes a file; resolves when its data are safe. A text that it resolves with is the reason of a refusal. */
  readonly take: (name: string, bytes: Uint8Array) => Promise<string | null>;
  readonly onProblem: (code: string, detail: string) => void;
  readonly pollMs?: number;
}

export interface FolderWatch {
  stop(): Promise<void>;
}

const POLL_MS = 1_000;
/** Larger files are refused: they are read whole. */
const LONGEST_FILE = 200_000_000;

export function watchFolder({ folder, take, onProblem, pollMs = POLL_MS }: FolderParts): FolderWatch {
  const sizes = new Map<string, number>();
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let cancel: () => void = () => undefined;

  async function look(): Promise<void> {
    const entries: Dirent[] = await readdir(folder, { withFileTypes: true });
    const names = entries.filter((entry) => entry.isFile() && !entry.name.startsWith(".")).map(({ name }) => name);
    for (const name of sizes.keys()) if (!names.includes(name)) sizes.delete(name);
    for (const name of names.sort()) {
      if (isStopping) return;
      const { size } = await stat(join(folder, name));
      if (sizes.get(name) === size) await takeFile(name, size);
      else sizes.set(name, size);
    }
  }

  async function takeFile(name: string, size: number): Promise<void> {
    const path = join(folder, name);
    const reason =
      size > LONGEST_FILE ? `it has more than ${LONGEST_FILE} bytes` : await take(name, await readFile(path));
    const to = join(folder, reason === null ? "done" : "refused");
    await mkdir(to, { recursive: true });
    const target = freeName(to, basename(name));
    await rename(path, target);
    sizes.delete(name);
    if (reason === null) return;
    onProblem("file.refused", `${name}: ${reason}`);
    await writeFile(`${target}.reason.txt`, `${reason}\n`);
  }

  const loop = (async () => {
    await mkdir(folder, { recursive: true });
    while (!isStopping) {
      try {
        await look();
      } catch (cause) {
        // The disk or the folder: looked at again.
        onProblem("folder.unreadable", `${folder}: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
      if (isStopping) return;
      await new Promise<void>((resolve) => {
        timer = setTimeout(resolve, pollMs);
        cancel = resolve;
      });
    }
  })();
  return {
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      cancel();
      await loop;
    },
  };
}

/** A name that is not taken yet: a second file of one name does not replace the first. */
function freeName(folder: string, name: string): string {
  for (let n = 0; ; n++) {
    const path = join(folder, n === 0 ? name : `${name}.${n}`);
    if (!existsSync(path)) return path;
  }
}
