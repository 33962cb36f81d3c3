/** Reads the whole waveform archive again and tells what is no longer as it was written. */
import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import type { Reader } from "./database.ts";

export interface ArchiveDamage {
  /** Path in the archive, and the bytes of the piece in it. */
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
  readonly channel: string;
  /** Times of its first and last sample, epoch s. */
  readonly startTime: number;
  readonly endTime: number;
  readonly problem: "the file is missing" | "the file is too short" | "the bytes are not those that were written";
}

export interface ScrubProgress {
  readonly pieces: number;
  readonly bytes: number;
  readonly damage: readonly ArchiveDamage[];
}

const PAGE = 500;

/** After each page of the index: what was read since the one before. A piece that another process lets grow meanwhile is looked at as its new row has it. */
export async function* scrubArchive(reader: Reader, root: string): AsyncGenerator<ScrubProgress> {
  for (let after = 0, isMore = true; isMore; ) {
    const rows = await reader
      .selectFrom("base_wfdisc")
      .selectAll()
      .where("wfid", ">", after)
      .orderBy("wfid")
      .limit(PAGE)
      .execute();
    const damage: ArchiveDamage[] = [];
    for (const row of rows) {
      const problem = await problemOf(row, root);
      const again =
        problem && (await reader.selectFrom("base_wfdisc").selectAll().where("wfid", "=", row.wfid).executeTakeFirst());
      const last = again ? await problemOf(again, root) : null;
      if (!again || !last) continue;
      damage.push({
        ...{ file: `${again.dir}/${again.dfile}`, offset: again.foff, bytes: again.bytes, problem: last },
        ...{
          channel: `${again.net}.${again.sta}.${again.loc}.${again.chan}`,
          startTime: again.time,
          endTime: again.endtime,
        },
      });
    }
    yield { pieces: rows.length, bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0), damage };
    after = rows.at(-1)?.wfid ?? after;
    isMore = rows.length === PAGE;
  }
}

interface Piece {
  readonly dir: string;
  readonly dfile: string;
  readonly foff: number;
  readonly bytes: number;
  readonly sha256: string;
}

async function problemOf(
  { dir, dfile, foff, bytes, sha256 }: Piece,
  root: string,
): Promise<ArchiveDamage["problem"] | null> {
  let file: FileHandle;
  try {
    file = await open(join(root, dir, dfile), "r");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return "the file is missing";
    throw cause;
  }
  try {
    const buffer = new Uint8Array(bytes);
    const { bytesRead } = await file.read(buffer, 0, bytes, foff);
    if (bytesRead < bytes) return "the file is too short";
    return createHash("sha256").update(buffer).digest("hex") === sha256
      ? null
      : "the bytes are not those that were written";
  } finally {
    await file.close();
  }
}
