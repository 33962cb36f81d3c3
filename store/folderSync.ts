/** The name of a new file or folder is on the disk only when the folder that holds it was synced. */
import { open } from "node:fs/promises";
import { dirname } from "node:path";

/** A folder and those above it, `upTo` included. */
export function foldersBetween(from: string, upTo: string): string[] {
  const folders: string[] = [];
  for (let folder = from; ; folder = dirname(folder)) {
    folders.push(folder);
    if (folder === upTo || folder === dirname(folder)) return folders;
  }
}

export async function syncFolders(folders: Iterable<string>): Promise<void> {
  await Promise.all(
    [...folders].map(async (folder) => {
      const handle = await open(folder, "r");
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
    }),
  );
}
