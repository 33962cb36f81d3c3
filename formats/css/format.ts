/**
 * CSS3.0 flat files as a file format, one table a file. The name's ending tells the table (`x.site`), the rows must have its columns; a
 * first line that names the columns tells it too. What one table cannot say alone is in `cssTables`, for `joinCss`.
 */
import type { Limits } from "@harken/core";
import type { FormatDescriptor, PartialContents } from "../contents.ts";
import { bulletinFromCss } from "./bulletin.ts";
import { decodeCssTable, headedTable, isCssTable } from "./decodeTable.ts";
import { type CssTableName, type CssTables, cssTableNames } from "./schema.ts";
import { sitesFromCss } from "./stations.ts";
import { referencesFromCss } from "./wfdisc.ts";

const SNIFFED_BYTES = 16_384;

export const css: FormatDescriptor = {
  name: "css3.0",
  title: "CSS3.0 tables: site, sitechan, arrival, assoc, origin, wfdisc and others",
  sniff: (bytes, name) => {
    const head = bytes.subarray(0, SNIFFED_BYTES);
    const table = tableNamed(name);
    if (table && isCssTable(table, wholeLines(head, bytes.length))) return 0.9;
    return headedTable(head) ? 0.8 : 0;
  },
  read: (bytes, name, limits) => {
    const table = headedTable(bytes) ?? tableNamed(name);
    return table ? readTable(table, bytes, limits) : { problems: [] };
  },
};

/** `x.site`, or `site` itself. */
function tableNamed(name: string): CssTableName | null {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return cssTableNames.find((table) => table === ending) ?? null;
}

/** Without the line that the end of the head cuts. */
function wholeLines(head: Uint8Array, length: number): Uint8Array {
  const last = head.lastIndexOf(10);
  return head.length === length || last < 0 ? head : head.subarray(0, last + 1);
}

function readTable(name: CssTableName, bytes: Uint8Array, limits: Limits): PartialContents {
  const { items, problems } = decodeCssTable(name, bytes, limits);
  const cssTables = { [name]: items } as CssTables;
  const contents = { cssTables, problems };
  if (name === "site") return { ...contents, sites: sitesFromCss(cssTables) };
  if (name === "wfdisc") {
    const { references, problems: more } = referencesFromCss(cssTables.wfdisc ?? []);
    return { ...contents, references, problems: [...problems, ...more] };
  }
  if (name !== "arrival" && name !== "origin") return contents;
  const { bulletin, problems: more } = bulletinFromCss(cssTables);
  return { ...contents, bulletin, problems: [...problems, ...more] };
}
