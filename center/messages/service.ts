/**
 * Answers request messages: bytes in, bytes out, whoever carries them. Every message is answered, with data or with the reason in an ERROR_LOG, and
 * written into the log of messages with who sent it and what it got. A sender gets what the role's rights allow and nothing else.
 *
 *     const service = createMessageService(sources);
 *     const { parts } = await service.answer(bytes, { name: "Ana", role: "reader" }, { way: "https", mostBytes: 64e6 });
 */
import { createHash } from "node:crypto";
import type { Access, Role } from "@harken/api";
import {
  decodeImsRequests,
  type ImsRequest,
  type ImsRequestMessage,
  writeImsMessage,
  writeLogSection,
} from "@harken/formats";
import { allotMessageId, countMessages, logMessage } from "@harken/store";
import { mayCall } from "../people/roles.ts";
import { arrivalSection, bulletinSection, commentSection } from "./eventSections.ts";
import { helpText } from "./help.ts";
import { sampleKinds, sampleSection } from "./sampleSections.ts";
import type { MessageSection, MessageSources, SectionMaker } from "./sources.ts";
import {
  channelSection,
  networkSection,
  outageSection,
  responseSection,
  stationSection,
  statusSection,
} from "./stationSections.ts";
import { waveformSection } from "./waveformSection.ts";

/** Who sent a message; `role` is null while the centre asks nobody who they are. */
export interface Sender {
  readonly name: string;
  readonly role: Role | null;
}

export interface Carrier {
  readonly way: "https" | "e-mail";
  /** Longest message that it carries; longer answers go in parts, split between their sections. */
  readonly mostBytes: number;
}

export interface MessageAnswer {
  readonly parts: readonly Uint8Array<ArrayBuffer>[];
  readonly outcome: "answered" | "refused";
}

export interface MessageService {
  answer(bytes: Uint8Array, sender: Sender, carrier: Carrier): Promise<MessageAnswer>;
}

/** Handles messages of MSG_TYPE SUBSCRIPTION; gives the lines of the LOG that answers them, or why it is refused. */
export type SubscriptionAnswerer = (
  message: ImsRequestMessage,
  sender: Sender,
) => Promise<{ readonly log: readonly string[] } | { readonly refused: readonly string[] }>;

interface Maker {
  /** What the section asks of its reader. */
  readonly access: Access;
  readonly make: SectionMaker;
}

const forReaders = (make: SectionMaker): Maker => ({ access: "reader", make });

/** What can be asked for. */
const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ...["BULLETIN", "EVENT", "ORIGIN"].map((kind) => [kind, forReaders(bulletinSection)] as const),
  ["ARRIVAL", forReaders(arrivalSection)],
  ["COMMENT", forReaders(commentSection)],
  ["WAVEFORM", forReaders(waveformSection)],
  ["STATION", forReaders(stationSection)],
  ["CHANNEL", forReaders(channelSection)],
  ["NETWORK", forReaders(networkSection)],
  ["RESPONSE", forReaders(responseSection)],
  ["OUTAGE", forReaders(outageSection)],
  ...["STA_STATUS", "CHAN_STATUS"].map((kind) => [kind, forReaders(statusSection)] as const),
  // Links and keys are the operators' affair.
  ...["COMM_STATUS", "AUTH_STATUS"].map((kind) => [kind, { access: "operator", make: statusSection }] as const),
  ...sampleKinds.map((kind) => [kind, forReaders(sampleSection)] as const),
]);

const MOST_MESSAGES = 10;
const MOST_REQUESTS = 50;
/** Messages of one sender in a minute. */
export const mostPerMinute = 300;
const MINUTE_SEC = 60;
const MOST_COMPLAINTS = 20;

export function createMessageService(sources: MessageSources, subscribe?: SubscriptionAnswerer): MessageService {
  /** Sections with data, and the reasons why others are not there. */
  async function sectionsFor(message: ImsRequestMessage, { role }: Sender) {
    const sections: MessageSection[] = [];
    const reasons: string[] = [];
    if (message.asksHelp) sections.push(writeLogSection("LOG", helpText(sources.name)));
    if (message.requests.length > MOST_REQUESTS)
      return { sections: [], reasons: [`A message has at most ${MOST_REQUESTS} request lines.`] };
    for (const request of message.requests) {
      const name = `${request.kind}${request.subtype && `:${request.subtype}`} (line ${request.line})`;
      const maker = makers.get(request.kind);
      if (!maker) reasons.push(`${name}: not held here.`);
      else if (role !== null && !mayCall(role, maker.access)) reasons.push(`${name}: not for a ${role}.`);
      else {
        const made = await maker.make(sources, request);
        if ("refused" in made) reasons.push(`${name}: ${made.refused}`);
        else sections.push(...made);
      }
    }
    return { sections, reasons };
  }

  async function answerOne(message: ImsRequestMessage, sender: Sender) {
    const complaints = message.problems
      .filter(({ severity }) => severity === "error")
      .map((problem) => problem.message);
    if (complaints.length > 0) return { sections: [], reasons: complaints.slice(0, MOST_COMPLAINTS) };
    if (message.type === "SUBSCRIPTION") {
      if (!subscribe) return { sections: [], reasons: ["Subscriptions are not offered here."] };
      const done = await subscribe(message, sender);
      return "refused" in done
        ? { sections: [], reasons: done.refused }
        : { sections: [writeLogSection("LOG", done.log)], reasons: [] };
    }
    if (message.reply?.way === "FTP") return { sections: [], reasons: ["Answers are not left on FTP servers."] };
    if (message.requests.length === 0 && !message.asksHelp) return { sections: [], reasons: ["Nothing is asked for."] };
    return sectionsFor(message, sender);
  }

  return {
    async answer(bytes, sender, { way, mostBytes }) {
      const received = sources.clock();
      const recent = await countMessages(sources.store.db, sender.name, received - MINUTE_SEC);
      const messages = decodeImsRequests(bytes).items.slice(0, MOST_MESSAGES);
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let outcome: MessageAnswer["outcome"] = "answered";
      for (const message of messages.length > 0 ? messages : [noMessage]) {
        const tooOften = recent >= mostPerMinute;
        const { sections, reasons } = tooOften
          ? { sections: [], reasons: [`More than ${mostPerMinute} messages in a minute; send it again later.`] }
          : await answerOne(message, sender);
        const log = reasons.length > 0 ? [writeLogSection("ERROR_LOG", [...reasons, ...echo(message)], received)] : [];
        const id = await sources.store.transaction(allotMessageId);
        const envelope = {
          ...{ id: `A${id}`, source: sources.name },
          ...{ reference: fits(message.id, 20), referenceSource: fits(message.source, 16) },
        };
        const written = inParts(envelope, [...sections, ...log], mostBytes);
        parts.push(...written);
        if (sections.length === 0) outcome = "refused";
        await sources.store.transaction((writer) =>
          logMessage(writer, {
            ...{ id, received, way, sender: sender.name, messageId: message.id.slice(0, 40) },
            contentHash: createHash("sha256").update(bytes).digest("hex"),
            outcome: sections.length === 0 ? "refused" : "answered",
            asked: askedOf(message),
            reason: reasons.join(" ").slice(0, 500),
            bytes: written.reduce((sum, part) => sum + part.length, 0),
          }),
        );
      }
      return { parts, outcome };
    },
  };
}

const noMessage: ImsRequestMessage = {
  ...{ type: "", id: "", source: "", format: "", reply: null, asksHelp: false, requests: [] },
  problems: [
    { code: "ims.no-message", severity: "error", message: "No message begins here; HELP tells how they look." },
  ],
};

const fits = (text: string, width: number) => (text.length <= width && /^[!-~]*$/.test(text) ? text : "");

/** So that the sender sees what was understood. */
const echo = ({ requests }: ImsRequestMessage): string[] =>
  requests
    .slice(0, MOST_COMPLAINTS)
    .map(({ kind, subtype, line }: ImsRequest) => `line ${line}: ${kind} ${subtype}`.trim());

const askedOf = ({ requests, asksHelp, type }: ImsRequestMessage): string =>
  [...(asksHelp ? ["HELP"] : []), ...new Set(requests.map(({ kind }) => kind))].join(" ").slice(0, 200) || type;

type Envelope = Parameters<typeof writeImsMessage>[0];
/** Room for the envelope round the sections. */
const ENVELOPE_BYTES = 400;

/** As many messages as are needed; a section that is too long for one alone is told so in its place. */
function inParts(
  envelope: Envelope,
  sections: readonly MessageSection[],
  mostBytes: number,
): Uint8Array<ArrayBuffer>[] {
  const room = mostBytes - ENVELOPE_BYTES;
  const groups: MessageSection[][] = [[]];
  let filled = 0;
  for (const section of sections) {
    const size = sizeOf(section);
    const fitting: MessageSection =
      size <= room
        ? section
        : writeLogSection("ERROR_LOG", [
            `A section of ${size} bytes is longer than the ${mostBytes} that are sent at once.`,
          ]);
    if (filled > 0 && filled + sizeOf(fitting) > room) {
      groups.push([]);
      filled = 0;
    }
    groups.at(-1)!.push(fitting);
    filled += sizeOf(fitting);
  }
  if (groups.length === 1) return [writeImsMessage(envelope, groups[0]!)];
  return groups.map((group, i) =>
    writeImsMessage({ ...envelope, id: `${envelope.id}-${i + 1}`, part: { number: i + 1, of: groups.length } }, group),
  );
}

const sizeOf = (section: MessageSection): number =>
  section instanceof Uint8Array ? section.length : section.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
