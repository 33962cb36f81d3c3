/**
 * Requests by mail: takes messages out of a Maildir, has them answered, and sends the answers. A mail is moved to `cur` when its answer has been taken by
 * the SMTP server; until then it stays in `new` and comes again.
 *
 * Whose mail it is is told by its From address, which anybody can write. So an answer goes to an address of the account and nowhere else: who writes
 * another's address has the answer sent to the other. An address that nobody has is told so once a day and gets no data.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { decodeImsRequests, writeImsMessage, writeLogSection } from "@harken/formats";
import { allotMessageId, loadAccounts, loadMailAddresses, loadMessages, logMessage } from "@harken/store";
import { type ParsedMail, simpleParser } from "mailparser";
import type { Logger } from "pino";
import { MAIL_LIMIT_BYTES } from "../exchange/settings.ts";
import type { MessageService, Sender } from "../messages/service.ts";
import type { MessageSources } from "../messages/sources.ts";
import { personOf } from "../people/people.ts";
import type { Post } from "./post.ts";

export interface MailboxContext {
  readonly sources: MessageSources;
  readonly service: MessageService;
  readonly post: Post;
  /** The Maildir. */
  readonly folder: string;
  readonly logger: Pick<Logger, "info" | "warn" | "error">;
}

export interface Mailbox {
  /** Works through what lies in `new`; the number of mails that were settled. */
  work(): Promise<number>;
}

/** The same message from the same sender is answered once within this time, s (IDC-3.4.1Rev1, AutoDRM safeguards). */
const SAME_SEC = 600;
const DAY_SEC = 86_400;
const ROBOTS = /^(?:mailer-daemon|postmaster|no-?reply)@/i;

export function openMailbox({ sources, service, post, folder, logger }: MailboxContext): Mailbox {
  const { store, clock } = sources;

  /** Why it is left unanswered; "" when it was answered. */
  async function settle(name: string, path: string): Promise<string> {
    if ((await stat(path)).size > MAIL_LIMIT_BYTES) return "too long";
    const mail = await simpleParser(await readFile(path), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
    });
    const from = mail.from?.value[0]?.address?.toLowerCase() ?? "";
    if (from === "" || ROBOTS.test(from)) return "from a robot";
    const automatic = mail.headers.get("auto-submitted");
    if (typeof automatic === "string" && automatic !== "no") return "automatic";
    const bytes = requestOf(mail);
    const sender = await senderOf(from);
    const hash = createHash("sha256").update(bytes).digest("hex");
    // One whose answer could not be sent stands in the log too: it is known by its mark.
    const mark = join(folder, "tmp", name);
    const isAgain = existsSync(mark);
    const same = isAgain ? [] : await loadMessages(store.db, { contentHash: hash, since: clock() - SAME_SEC });
    if (same.some((message) => message.sender === (sender?.name ?? from))) return "the same again";
    if (!sender && !isAgain) {
      const told = await loadMessages(store.db, { sender: from, since: clock() - DAY_SEC, limit: 1 });
      if (told.length > 0) return "of nobody's address, which was told so";
    }
    await writeFile(mark, "");
    const reply = decodeImsRequests(bytes).items[0]?.reply ?? null;
    const isOwn = sender !== null && (reply?.way !== "E-MAIL" || (await senderOf(reply.address))?.name === sender.name);
    const parts = isOwn
      ? (await service.answer(bytes, sender, { way: "e-mail", mostBytes: MAIL_LIMIT_BYTES })).parts
      : [await refuse(bytes, sender?.name ?? from, hash, sender ? "NOT_OWN" : "NOBODY")];
    const to = isOwn && reply?.way === "E-MAIL" ? reply.address : from;
    for (const [i, body] of parts.entries())
      await post.send({
        ...{
          to,
          body,
          id: `${hash.slice(0, 32)}.${createHash("sha256").update(name).digest("hex").slice(0, 12)}.${i + 1}`,
        },
        ...{ subject: `Answer to ${mail.subject?.replace(/[\r\n]+/g, " ").slice(0, 80) ?? "your message"}` },
        inReplyTo: mail.messageId ?? "",
      });
    return "";
  }

  async function senderOf(address: string): Promise<Sender | null> {
    const [found] = await loadMailAddresses(store.db, { address });
    if (!found) return null;
    const [account] = await loadAccounts(store.db, found.account);
    return account?.state === "active" ? personOf(account) : null;
  }

  async function refuse(bytes: Uint8Array, sender: string, contentHash: string, why: keyof typeof REASONS) {
    const message = decodeImsRequests(bytes).items[0];
    const received = clock();
    const reference = message && /^[!-~]{1,20}$/.test(message.id) ? message.id : "";
    return store.transaction(async (writer) => {
      const id = await allotMessageId(writer);
      const log = writeLogSection("ERROR_LOG", [REASONS[why]], received);
      const answer = writeImsMessage({ id: `A${id}`, source: sources.name, reference }, [log]);
      await logMessage(writer, {
        ...{ id, received, way: "e-mail", sender, messageId: reference, contentHash, outcome: "refused", asked: "" },
        ...{ reason: REASONS[why], bytes: answer.length },
      });
      return answer;
    });
  }

  return {
    async work() {
      let settled = 0;
      for (const name of (await readdir(join(folder, "new"))).sort()) {
        const path = join(folder, "new", name);
        try {
          const left = await settle(name, path);
          if (left !== "") logger.warn({ code: "mail.left", name, reason: left });
          else logger.info({ code: "mail.answered", name });
        } catch (cause) {
          // It stays in `new` and comes again.
          logger.error({ code: "mail.failed", name, err: cause });
          continue;
        }
        await rename(path, join(folder, "cur", `${name}:2,S`));
        await rm(join(folder, "tmp", name), { force: true });
        settled++;
      }
      return settled;
    },
  };
}

const REASONS = {
  NOBODY: "This address is nobody's here. Ask the centre's administrator to enter it for your account.",
  NOT_OWN: "The address of the E-MAIL line is none of your account's; answers go to the account's own addresses only.",
} as const;

/** The message itself: the mail's text, or the first attachment that is one. */
function requestOf({ text = "", attachments }: ParsedMail): Uint8Array {
  if (/^\s*BEGIN\s/im.test(text)) return Buffer.from(text, "utf8");
  return (
    attachments.find(({ content }) => /^\s*BEGIN\s/im.test(content.toString("latin1")))?.content ?? Buffer.from(text)
  );
}
