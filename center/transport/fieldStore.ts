/**
 * The folder of source-receptor fields: what `harken transport` writes and other centres send, read anew when it has changed. A table of samples in it
 * (any .csv) says what was measured; a file that cannot be read is named with the reason and takes part in nothing.
 */
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { HarkenError, type SourceReceptorField } from "@harken/core";
import { decodeSourceReceptorField } from "@harken/formats";
import { centerErrors } from "../errors.ts";
import { type ListedSample, parseSamples } from "./sampleTable.ts";

export interface StoredField {
  readonly key: string;
  readonly centre: string;
  /** Without its cells, which the file keeps. */
  readonly head: Omit<SourceReceptorField, "cellLatitudeDeg" | "cellLongitudeDeg" | "step" | "values" | "spread">;
  readonly entries: number;
}

export interface FieldFolder {
  readonly fields: readonly StoredField[];
  readonly samples: readonly ListedSample[];
  readonly refused: readonly { readonly file: string; readonly reason: string }[];
}

export interface FieldStore {
  read(): FieldFolder;
  /** The file's text. Throws NO_FIELD. */
  text(key: string): Uint8Array;
}

const FIELD_NAME = /\.(srs|txt)(\.gz)?$/i;
/** A field of 14 days on cells of 0.25 deg has some 100 MB. */
const LONGEST_FILE = 400_000_000;
const MOST_FILES = 5000;

type Found =
  | { readonly field: StoredField }
  | { readonly samples: readonly ListedSample[] }
  | { readonly reason: string };

export async function openFieldStore(folder: string): Promise<FieldStore> {
  await mkdir(folder, { recursive: true });
  const known = new Map<string, { readonly stamp: string; readonly found: Found }>();

  function bytesOf(file: string): Uint8Array {
    const bytes = readFileSync(join(folder, file));
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes, { maxOutputLength: LONGEST_FILE }) : bytes;
  }

  function look(file: string, size: number): Found {
    if (size > LONGEST_FILE) return { reason: `it has more than ${LONGEST_FILE} bytes` };
    try {
      const bytes = bytesOf(file);
      if (!FIELD_NAME.test(file)) return { samples: parseSamples(new TextDecoder().decode(bytes), file) };
      const { items, problems } = decodeSourceReceptorField(bytes);
      const error = problems.find(({ severity }) => severity === "error");
      if (error || !items[0])
        return {
          reason: `${error?.line === undefined ? "" : `line ${error.line}: `}${error?.message ?? "it is empty"}`,
        };
      return { field: storedField(file, items[0]) };
    } catch (cause) {
      // A table with a fault, a file that is being written, a damaged archive: looked at again when it has changed.
      if (cause instanceof HarkenError || (cause instanceof Error && "code" in cause)) return { reason: cause.message };
      throw cause;
    }
  }

  return {
    read() {
      const entries: Dirent[] = readdirSync(folder, { withFileTypes: true });
      const files = entries
        .filter((entry) => entry.isFile() && (FIELD_NAME.test(entry.name) || /\.csv$/i.test(entry.name)))
        .map(({ name }) => name)
        .sort();
      const refused = files.slice(MOST_FILES).map((file) => ({ file, reason: `more than ${MOST_FILES} files` }));
      const kept = files.slice(0, MOST_FILES);
      for (const file of known.keys()) if (!kept.includes(file)) known.delete(file);
      const [fields, samples]: [StoredField[], ListedSample[]] = [[], []];
      for (const file of kept) {
        const { size, mtimeMs } = statSync(join(folder, file));
        const stamp = `${size} ${mtimeMs}`;
        if (known.get(file)?.stamp !== stamp) known.set(file, { stamp, found: look(file, size) });
        const { found } = known.get(file)!;
        if ("reason" in found) refused.push({ file, reason: found.reason });
        else if ("samples" in found) samples.push(...found.samples);
        else fields.push(found.field);
      }
      return { fields: fields.sort((a, b) => b.head.sampleStop - a.head.sampleStop), samples, refused };
    },

    text(key) {
      for (const [file, { found }] of known) if ("field" in found && found.field.key === key) return bytesOf(file);
      throw centerErrors.make("NO_FIELD", { key });
    },
  };
}

/** Files are named STATION.YYYYMMDDHH.CENTRE.txt.gz; of another name the whole stands for the centre. */
function storedField(file: string, field: SourceReceptorField): StoredField {
  const { cellLatitudeDeg: _lat, cellLongitudeDeg: _lon, step: _step, values, spread: _spread, ...head } = field;
  const key = file.replace(FIELD_NAME, "");
  return { key, centre: /^[^.]+\.\d{8,14}\.([^.]+)$/.exec(key)?.[1] ?? key, head, entries: values.length };
}
