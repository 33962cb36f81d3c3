/**
 * Waveforms in GSE1, GSE2.x, IMS1.0 and IMS2.0 messages: WID2, STA2, DAT2 and CHK2 blocks in the sections of DATA_TYPE WAVEFORM, or in a
 * file that is nothing but such blocks.
 *
 *     const { segments, channels, sites, problems } = decodeImsWaveforms(bytes, decodeImsMessages(bytes).items);
 *
 * STA2 names a network; where that is the array's code (CMAR for CM01), it is taken for the reporting station.
 */
import { type Channel, defaultLimits, type Limits, ProblemList, type WaveformSegment } from "@harken/core";
import type { PartialContents, SiteRecord } from "../contents.ts";
import { unpackAuthenticated } from "./aut.ts";
import { imsChecksum } from "./checksum.ts";
import { unpackCm6 } from "./cm6.ts";
import { unpackCm8 } from "./cm8.ts";
import { parseSta2, parseWid1, parseWid2, type StationLine, type WaveformHeader } from "./header.ts";
import { unpackIntegers } from "./integers.ts";
import { type ByteLine, lineAt, textOf } from "./lines.ts";
import type { ImsMessage, ImsSection } from "./message.ts";
import type { Unpacked } from "./unpacked.ts";

/** Lines of a block; a blank follows, so that compressed samples that spell the same four letters are not taken for one. */
const BLOCK_LINE = /^(WID[12]|STA2|EID2|BEA2|OUT2|DLY2|DAT[12]|CHK[12])(?:\s|$)/i;
const WORD_LENGTH = 4;
const BLANK = 32;
const LONGEST_WORD_LINE = 1024;

export function decodeImsWaveforms(
  bytes: Uint8Array,
  messages: readonly ImsMessage[],
  limits: Limits = defaultLimits,
): Required<Pick<PartialContents, "segments" | "channels" | "sites" | "problems">> {
  const reader = new BlockReader(bytes, limits);
  for (const message of messages)
    for (const section of message.sections)
      if (section.dataType === "WAVEFORM" || section.dataType === "") reader.read(section);
  return {
    segments: reader.segments,
    channels: [...reader.channels.values()],
    sites: [...reader.sites.values()],
    problems: reader.problems.list(),
  };
}

interface Block {
  readonly header: WaveformHeader;
  readonly line: number;
  place: StationLine | null;
}

/** Where data end, and how many lines they are. */
interface Span {
  readonly end: number;
  readonly lines: number;
}

class BlockReader {
  readonly segments: WaveformSegment[] = [];
  readonly channels = new Map<string, Channel>();
  readonly sites = new Map<string, SiteRecord>();
  readonly problems: ProblemList;
  readonly #bytes: Uint8Array;
  readonly #limits: Limits;
  #sampleCount = 0;
  /** The block whose lines are being read, until its data have come. */
  #block: Block | null = null;
  /** The samples that wait for their checksum. */
  #unchecked: WaveformSegment | null = null;

  constructor(bytes: Uint8Array, limits: Limits) {
    this.#bytes = bytes;
    this.#limits = limits;
    this.problems = new ProblemList(limits.maxProblems);
  }

  read({ dataType, subformat, start, end, line: firstLine }: ImsSection): void {
    let line = firstLine;
    let blocks = 0;
    for (let at = start; at < end; line++) {
      const found = lineAt(this.#bytes, at, end);
      at = found.next;
      const word = this.#blockWord(found);
      if (word !== "") blocks++;
      if (word === "WID2" || word === "WID1") {
        this.#endBlock();
        const next = lineAt(this.#bytes, at, end);
        const text = this.#text(found);
        const header = word === "WID2" ? parseWid2(text) : parseWid1(text, this.#text(next));
        if (header) this.#block = { header, line, place: null };
        else this.problems.error("ims.bad-header", `This ${word} line cannot be understood: ${shown(text)}`, { line });
      } else if (word === "STA2" && this.#block) this.#block.place = parseSta2(this.#text(found));
      else if (word === "OUT2" || word === "DLY2") this.#block = null;
      else if (word.startsWith("DAT")) {
        const data = this.#readData(at, end, line);
        at = data.end;
        line += data.lines;
      } else if (word.startsWith("CHK")) this.#check(this.#text(found), line);
    }
    this.#endBlock();
    this.#unchecked = null;
    if (blocks > 0 || dataType === "") return;
    const kind = subformat === "" ? "" : ` of subformat ${subformat}`;
    const message = `The waveforms${kind} in this section are not in blocks that begin with WID2, and are not read.`;
    this.problems.warning("ims.no-blocks", message, { line: firstLine - 1 });
  }

  #text = ({ start, end }: ByteLine) => textOf(this.#bytes, start, Math.min(end, start + LONGEST_WORD_LINE));

  #blockWord({ start, end }: ByteLine): string {
    const after = start + WORD_LENGTH;
    // Cheap to see, and true of every line of compressed samples but the shortest.
    if (after > end || (after < end && this.#bytes[after]! > BLANK)) return "";
    const match = BLOCK_LINE.exec(textOf(this.#bytes, start, Math.min(end, start + WORD_LENGTH + 1)));
    return match?.[1]?.toUpperCase() ?? "";
  }

  /** A block that ends without data. */
  #endBlock(): void {
    const block = this.#block;
    this.#block = null;
    if (!block || block.header.sampleCount === 0) return;
    const { line, header } = block;
    this.problems.error("ims.no-data", `The WID line of ${named(header)} has no samples after it.`, { line });
  }

  /** Samples after a DAT line. */
  #readData(start: number, sectionEnd: number, line: number): Span {
    const block = this.#block;
    this.#block = null;
    this.#unchecked = null;
    if (!block) {
      this.problems.error("ims.no-header", "The samples after this line have no WID2 line.", { line });
      return this.#textSpan(start, sectionEnd);
    }
    const { header } = block;
    const where = { line: block.line };
    const isText = header.subformat === "CM6" || header.subformat === "INT";
    const span = isText ? this.#textSpan(start, sectionEnd) : { end: sectionEnd, lines: 0 };
    if (
      header.sampleCount > this.#limits.maxSamples - this.#sampleCount ||
      this.segments.length >= this.#limits.maxItems
    ) {
      const message = `${header.sampleCount} samples of ${named(header)} are beyond the limit and were left out.`;
      this.problems.error("ims.too-many-samples", message, where);
      return span;
    }
    const unpacked = unpack(this.#bytes, start, span.end, header);
    this.#tell(unpacked, header, where);
    if (unpacked.samples.length > 0) this.#keep(block, unpacked);
    return isText ? span : { end: unpacked.end, lines: linesIn(this.#bytes, start, unpacked.end) };
  }

  /** Text data, up to the next line of a block. */
  #textSpan(start: number, limit: number): Span {
    let lines = 0;
    for (let at = start; at < limit; lines++) {
      const line = lineAt(this.#bytes, at, limit);
      if (this.#blockWord(line) !== "") return { end: line.start, lines };
      at = line.next;
    }
    return { end: limit, lines };
  }

  #tell({ samples, found, badAt }: Unpacked, header: WaveformHeader, where: { line: number }): void {
    const { sampleCount } = header;
    if (badAt >= 0)
      this.problems.error(
        "ims.bad-samples",
        `The samples of ${named(header)} hold what is not ${header.subformat} after ${found} samples; those before it were kept.`,
        { ...where, offset: badAt },
      );
    else if (samples.length < sampleCount)
      this.problems.error(
        "ims.samples-missing",
        `${named(header)} has ${samples.length} samples where ${sampleCount} were announced; they were kept.`,
        where,
      );
    else if (found > sampleCount)
      this.problems.error(
        "ims.samples-overrun",
        `${named(header)} has ${found} samples where ${sampleCount} were announced; the announced number was kept.`,
        where,
      );
  }

  #keep({ header, place }: Block, { samples }: Unpacked): void {
    this.#sampleCount += samples.length;
    const { network, station } = membership(header.station, place);
    const channel = { network, station: header.station, location: header.auxiliary, channel: header.channel };
    const segment: WaveformSegment = {
      channel,
      startTime: header.startTime,
      sampleRateHz: header.sampleRateHz,
      samples,
      ...(header.calibNmPerCount === null ? {} : { calibNmPerCount: header.calibNmPerCount }),
      ...(header.calperSec === null ? {} : { calperSec: header.calperSec }),
    };
    this.segments.push(segment);
    this.#unchecked = segment;
    if (!place) return;
    const { latitudeDeg, longitudeDeg, depthKm } = place;
    const position = { latitudeDeg, longitudeDeg, elevationKm: place.elevationKm ?? 0 };
    const site = { network, code: header.station, station, name: "", ...position, northKm: null, eastKm: null };
    this.sites.set(JSON.stringify(site), site);
    const instrument: Channel = {
      id: channel,
      startTime: null,
      endTime: null,
      ...position,
      depthKm,
      hangDeg: header.hangDeg,
      vangDeg: header.vangDeg,
      sampleRateHz: header.sampleRateHz,
      instrument: header.instrument,
      calibNmPerCount: header.calibNmPerCount,
      calperSec: header.calperSec,
      response: null,
    };
    this.channels.set(JSON.stringify(instrument), instrument);
  }

  #check(text: string, line: number): void {
    const segment = this.#unchecked;
    this.#unchecked = null;
    const stated = /^CHK[12]\s+(-?\d+)/i.exec(text)?.[1];
    if (!segment || stated === undefined) return;
    const computed = imsChecksum(segment.samples);
    if (Math.abs(Number(stated)) === computed) return;
    this.problems.error(
      "ims.checksum",
      `The checksum of ${segment.channel.station} ${segment.channel.channel} is ${computed} where ${stated} is stated; the samples were kept but may be wrong.`,
      { line },
    );
  }
}

function linesIn(bytes: Uint8Array, start: number, end: number): number {
  let lines = 0;
  for (let at = start; at < end; lines++) at = lineAt(bytes, at, end).next;
  return lines;
}

function unpack(bytes: Uint8Array, start: number, end: number, { subformat, sampleCount }: WaveformHeader): Unpacked {
  switch (subformat) {
    case "INT":
      return unpackIntegers(bytes, start, end, sampleCount);
    case "CM6":
      return unpackCm6(bytes, start, end, sampleCount);
    case "CM8":
      return unpackCm8(bytes, start, end, sampleCount);
    default:
      return unpackAuthenticated(bytes, start, end, sampleCount, subformat as "AUT" | "AU6" | "AU8");
  }
}

/** An array's code begins with at least two letters of its elements' codes. */
function membership(site: string, place: StationLine | null): { network: string; station: string } {
  const named = place?.network ?? "";
  const isArray = named.slice(0, 2).toUpperCase() === site.slice(0, 2).toUpperCase();
  return isArray && named !== "" ? { network: "", station: named } : { network: named, station: site };
}

const named = ({ station, channel }: WaveformHeader) => `${station} ${channel}`;
const shown = (text: string) => (text.length > 100 ? `${text.slice(0, 100)}…` : text);
