/** GSE and IMS messages as a file format: each section goes to the decoder of its subject. */
import { type Problem, ProblemList } from "@harken/core";
import type { FormatDescriptor } from "../contents.ts";
import { decodeImsBulletin } from "./bulletin/decode.ts";
import { lineAt, textOf } from "./lines.ts";
import { decodeImsMessages, type ImsMessage } from "./message.ts";
import { decodeImsStations } from "./stations.ts";
import { decodeImsWaveforms } from "./waveform.ts";

/** Sections that a decoder here reads. */
const READ = new Set(["WAVEFORM", "STATION", "CHANNEL", "RESPONSE", "BULLETIN", "EVENT", "ORIGIN"]);
const SNIFFED_BYTES = 16_384;
const ENVELOPE = /^BEGIN\s+(?:IMS|GSE)\d/i;
const BLOCK = /^(?:WID[12]\s+\d{4}|CAL2\s+\S)/i;
const SECTION = /^DATA_TYPE\s+[A-Z]/i;

export const ims: FormatDescriptor = {
  name: "ims",
  title: "GSE and IMS messages",
  sniff: (bytes) => {
    const head = Math.min(bytes.length, SNIFFED_BYTES);
    for (let at = 0; at < head; ) {
      const { start, end, next } = lineAt(bytes, at, head);
      const text = textOf(bytes, start, Math.min(end, start + 80));
      if (ENVELOPE.test(text) || BLOCK.test(text)) return 0.95;
      if (SECTION.test(text)) return 0.8;
      at = next;
    }
    return 0;
  },
  read: (bytes, _name, limits) => {
    const messages = decodeImsMessages(bytes, limits);
    const waveforms = decodeImsWaveforms(bytes, messages.items, limits);
    const stations = decodeImsStations(bytes, messages.items, limits);
    const { bulletin, problems } = decodeImsBulletin(bytes, messages.items, limits);
    return {
      ...waveforms,
      channels: [...waveforms.channels, ...stations.channels],
      sites: [...waveforms.sites, ...stations.sites],
      bulletin,
      problems: [
        ...messages.problems,
        ...unread(messages.items),
        ...waveforms.problems,
        ...stations.problems,
        ...problems,
      ],
    };
  },
};

/** Sections that no decoder here looks at, told once for each kind. */
function unread(messages: readonly ImsMessage[]): readonly Problem[] {
  const problems = new ProblemList();
  const told = new Set<string>();
  for (const { dataType, line } of messages.flatMap(({ sections }) => sections)) {
    if (dataType === "" || READ.has(dataType) || told.has(dataType)) continue;
    told.add(dataType);
    problems.warning("ims.unread-section", `Sections of DATA_TYPE ${dataType} are not read.`, { line: line - 1 });
  }
  return problems.list();
}
