/** Where the data of a station lie in the archive: every channel's pieces in a stretch of time. */
import type { Station } from "@harken/core";
import { type ArchivedPiece, findPieces, type Reader } from "@harken/store";

export async function stationPieces(
  reader: Reader,
  { channels }: Station,
  from: number,
  to: number,
): Promise<ArchivedPiece[]> {
  const pieces: ArchivedPiece[] = [];
  for (const { id } of channels) pieces.push(...(await findPieces(reader, id, from, to)));
  return pieces;
}
