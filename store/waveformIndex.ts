/** The index of the waveform archive: which stretch of which channel stands where. A piece is indexed only after its bytes are on the disk. */
import { type ChannelId, channelKey } from "@harken/core";
import { sql } from "kysely";
import type { Reader, Writer } from "./database.ts";
import type { Stamp } from "./mapping.ts";
import { allotIds, executeEach, insertRows } from "./rows.ts";
import type { Row } from "./tables.ts";

/** One contiguous stretch of samples in one file. */
export interface ArchivedPiece {
  readonly channel: ChannelId;
  /** Times of the first and the last sample, epoch s. */
  readonly startTime: number;
  readonly endTime: number;
  readonly sampleCount: number;
  readonly sampleRateHz: number;
  /** CSS3.0 datatype of the samples as they were given: s4 integers, t4 and t8 floats. In the file they stand in miniSEED records (`sd`). */
  readonly datatype: "s4" | "t4" | "t8";
  readonly folder: string;
  readonly file: string;
  readonly offset: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** Adds pieces; one whose channel and start are indexed already is passed over. Returns how many were new. */
export async function putPieces(
  writer: Writer,
  pieces: readonly ArchivedPiece[],
  { runId, now }: Stamp,
): Promise<number> {
  const fresh: ArchivedPiece[] = [];
  const seen = new Set<string>();
  for (const piece of pieces) {
    const { network, station, location, channel } = piece.channel;
    const name = `${channelKey(piece.channel)} ${piece.startTime}`;
    const known = await writer
      .selectFrom("base_wfdisc")
      .select("wfid")
      .where("net", "=", network)
      .where("sta", "=", station)
      .where("loc", "=", location)
      .where("chan", "=", channel)
      .where("time", "=", piece.startTime)
      .executeTakeFirst();
    if (!known && !seen.has(name)) fresh.push(piece);
    seen.add(name);
  }
  await addPieces(writer, fresh, { runId, now });
  return fresh.length;
}

/** Adds pieces that are known to be new. */
export async function addPieces(
  writer: Writer,
  pieces: readonly ArchivedPiece[],
  { runId, now }: Stamp,
): Promise<void> {
  if (pieces.length === 0) return;
  const first = await allotIds(writer, "wfid", pieces.length);
  await insertRows(
    writer,
    "base_wfdisc",
    pieces.map((piece, i) => ({
      wfid: first + i,
      net: piece.channel.network,
      sta: piece.channel.station,
      loc: piece.channel.location,
      chan: piece.channel.channel,
      time: piece.startTime,
      endtime: piece.endTime,
      nsamp: piece.sampleCount,
      samprate: piece.sampleRateHz,
      datatype: piece.datatype,
      dir: piece.folder,
      dfile: piece.file,
      foff: piece.offset,
      bytes: piece.bytes,
      sha256: piece.sha256,
      runid: runId,
      lddate: now,
    })),
  );
}

/** Replaces the rows of pieces that have grown. */
export async function growPieces(
  writer: Writer,
  pieces: readonly ArchivedPiece[],
  { runId, now }: Stamp,
): Promise<void> {
  await executeEach(
    writer,
    pieces,
    ({ channel, ...piece }) =>
      writer
        .updateTable("base_wfdisc")
        .set({
          endtime: piece.endTime,
          nsamp: piece.sampleCount,
          bytes: piece.bytes,
          sha256: piece.sha256,
          runid: runId,
          lddate: now,
        })
        .where("net", "=", channel.network)
        .where("sta", "=", channel.station)
        .where("loc", "=", channel.location)
        .where("chan", "=", channel.channel)
        .where("time", "=", piece.startTime),
    ({ channel, ...piece }) => [
      ...[piece.endTime, piece.sampleCount, piece.bytes, piece.sha256, runId, now],
      ...[channel.network, channel.station, channel.location, channel.channel, piece.startTime],
    ],
  );
}

/** Half an interval behind the last sample of a channel, up to where a sample stands for the time; null for none. */
export async function lastCoveredTime(reader: Reader, channel: ChannelId | undefined): Promise<number | null> {
  if (!channel) return null;
  const { covered } = await reader
    .selectFrom("base_wfdisc")
    .select((eb) => eb.fn.max(sql<number>`"endtime" + 0.5 / "samprate"`).as("covered"))
    .where("net", "=", channel.network)
    .where("sta", "=", channel.station)
    .where("loc", "=", channel.location)
    .where("chan", "=", channel.channel)
    .executeTakeFirstOrThrow();
  return covered as number | null;
}

/** Pieces of a channel that have a sample in [from, to], in order of time. */
export async function findPieces(
  reader: Reader,
  channel: ChannelId,
  from: number,
  to: number,
): Promise<ArchivedPiece[]> {
  const rows = await reader
    .selectFrom("base_wfdisc")
    .selectAll()
    .where("net", "=", channel.network)
    .where("sta", "=", channel.station)
    .where("loc", "=", channel.location)
    .where("chan", "=", channel.channel)
    .where("time", "<=", to)
    .where("endtime", ">=", from)
    .orderBy("time")
    .execute();
  return rows.map(pieceFromRow);
}

/** Rows of the index that are read at once. */
const PAGE = 1_000;

/** As `findPieces`, page by page, each with when it was archived: for windows of any length. */
export async function* eachPiece(
  reader: Reader,
  { network, station, location, channel }: ChannelId,
  from: number,
  to: number,
): AsyncGenerator<{ readonly piece: ArchivedPiece; readonly archivedAt: number }> {
  for (let after = -Number.MAX_VALUE, isMore = true; isMore; ) {
    const rows = await reader
      .selectFrom("base_wfdisc")
      .selectAll()
      .where("net", "=", network)
      .where("sta", "=", station)
      .where("loc", "=", location)
      .where("chan", "=", channel)
      .where("time", ">", after)
      .where("time", "<=", to)
      .where("endtime", ">=", from)
      .orderBy("time")
      .limit(PAGE)
      .execute();
    for (const row of rows) yield { piece: pieceFromRow(row), archivedAt: row.lddate };
    isMore = rows.length === PAGE;
    after = rows.at(-1)?.time ?? after;
  }
}

/** All that the archive holds of a channel at one sample rate. */
export interface ChannelExtent {
  readonly channel: ChannelId;
  readonly sampleRateHz: number;
  /** Times of the first and the last sample, epoch s. */
  readonly startTime: number;
  readonly endTime: number;
}

/** In order of the codes. */
export async function channelExtents(reader: Reader): Promise<ChannelExtent[]> {
  const rows = await reader
    .selectFrom("base_wfdisc")
    .select(({ fn }) => [
      ...(["net", "sta", "loc", "chan", "samprate"] as const),
      fn.min("time").as("from"),
      fn.max("endtime").as("to"),
    ])
    .groupBy(["net", "sta", "loc", "chan", "samprate"])
    .orderBy("net")
    .orderBy("sta")
    .orderBy("loc")
    .orderBy("chan")
    .execute();
  return rows.map((row) => ({
    channel: { network: row.net, station: row.sta, location: row.loc, channel: row.chan },
    sampleRateHz: row.samprate,
    startTime: row.from,
    endTime: row.to,
  }));
}

function pieceFromRow(row: Row<"base_wfdisc">): ArchivedPiece {
  return {
    channel: { network: row.net, station: row.sta, location: row.loc, channel: row.chan },
    startTime: row.time,
    endTime: row.endtime,
    sampleCount: row.nsamp,
    sampleRateHz: row.samprate,
    datatype: row.datatype as ArchivedPiece["datatype"],
    folder: row.dir,
    file: row.dfile,
    offset: row.foff,
    bytes: row.bytes,
    sha256: row.sha256,
  };
}

export interface IndexSummary {
  readonly segments: number;
  readonly samples: number;
  readonly from: number | null;
  readonly to: number | null;
}

export async function summariseIndex(reader: Reader): Promise<IndexSummary> {
  const row = await reader
    .selectFrom("base_wfdisc")
    .select(({ fn }) => [
      fn.countAll().as("segments"),
      fn.sum("nsamp").as("samples"),
      fn.min("time").as("from"),
      fn.max("endtime").as("to"),
    ])
    .executeTakeFirstOrThrow();
  return { segments: Number(row.segments), samples: Number(row.samples ?? 0), from: row.from, to: row.to };
}

/** Time of the last sample of each channel, by `NET.STA.LOC.CHAN`. */
export async function lastSampleTimes(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader
    .selectFrom("base_wfdisc")
    .select(({ fn }) => ["net", "sta", "loc", "chan", fn.max("endtime").as("endtime")])
    .groupBy(["net", "sta", "loc", "chan"])
    .execute();
  return new Map(
    rows.map((row) => [
      channelKey({ network: row.net, station: row.sta, location: row.loc, channel: row.chan }),
      row.endtime,
    ]),
  );
}

/** Bytes of each archive file that the index vouches for, by `folder/file`. */
export async function indexedFileSizes(reader: Reader): Promise<Map<string, number>> {
  const rows = await reader
    .selectFrom("base_wfdisc")
    .select((eb) => ["dir", "dfile", eb.fn.max(eb("foff", "+", eb.ref("bytes"))).as("size")])
    .groupBy(["dir", "dfile"])
    .execute();
  return new Map(rows.map(({ dir, dfile, size }) => [`${dir}/${dfile}`, Number(size)]));
}
