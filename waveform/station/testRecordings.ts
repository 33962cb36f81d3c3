/** Recordings as stations with their segments, for tests: bytes of files in, whatever their formats. */
import { mergeSegments, readFile, stationsFromRecords } from "@harken/formats";
import { groupByStation, type StationData } from "../grouping.ts";

export function stationsOf(
  files: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): readonly StationData[] {
  const contents = files.map(({ bytes, name }) => readFile(bytes, name));
  const { segments } = mergeSegments(contents.flatMap((c) => c.segments));
  const stations = stationsFromRecords(
    contents.flatMap((c) => c.channels),
    contents.flatMap((c) => c.sites),
  );
  return groupByStation(segments, stations).stations;
}
