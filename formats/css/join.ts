/** Tables of several files together, as a set of CSS3.0 files is made to be read. */
import { type Bulletin, type Channel, type Problem, ProblemList } from "@harken/core";
import type { SiteRecord } from "../contents.ts";
import { bulletinFromCss } from "./bulletin.ts";
import { type CssTableName, type CssTables, cssTableNames } from "./schema.ts";
import { channelsFromCss, sitesFromCss } from "./stations.ts";

/** Rows of the same table one after another. */
export function mergeCssTables(parts: readonly CssTables[]): CssTables {
  const merged: Partial<Record<CssTableName, unknown[]>> = {};
  for (const part of parts)
    for (const name of cssTableNames) {
      const rows = part[name];
      if (rows) merged[name] = [...(merged[name] ?? []), ...rows];
    }
  return merged as CssTables;
}

/**
 * What a set of tables says together.
 *
 *     const set = joinCss(files.flatMap(({ contents }) => contents.cssTables ?? []));
 */
export function joinCss(
  parts: readonly CssTables[],
  list = "",
): {
  readonly bulletin: Bulletin;
  readonly channels: readonly Channel[];
  readonly sites: readonly SiteRecord[];
  readonly problems: readonly Problem[];
} {
  const tables = mergeCssTables(parts);
  const problems = new ProblemList();
  const { bulletin, problems: inBulletin } = bulletinFromCss(tables, list);
  const { channels, problems: inChannels } = channelsFromCss(tables);
  for (const problem of [...inBulletin, ...inChannels]) problems.add(problem);
  return { bulletin, channels, sites: sitesFromCss(tables), problems: problems.list() };
}
