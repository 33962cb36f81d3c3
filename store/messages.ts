/** The log of messages that were answered or refused, and the addresses of accounts. */
import type { Reader, Writer } from "./database.ts";
import { recordInLedger } from "./ledger.ts";
import { allotIds, insertRows } from "./rows.ts";

export interface AnsweredMessage {
  readonly id: number;
  /** Epoch s. */
  readonly received: number;
  readonly way: "https" | "e-mail";
  /** Name of the account; an address where nobody has it; "" where the centre asks nobody. */
  readonly sender: string;
  /** The sender's own id of it. */
  readonly messageId: string;
  /** SHA-256 of its bytes, hexadecimal. */
  readonly contentHash: string;
  readonly outcome: "answered" | "refused";
  /** What it asked for: kinds of request, with blanks between. */
  readonly asked: string;
  /** Why it was refused; "" when it was not. */
  readonly reason: string;
  /** Size of the answer. */
  readonly bytes: number;
}

/** Returns the number of the message, which the answer carries in its id. */
export async function allotMessageId(writer: Writer): Promise<number> {
  return allotIds(writer, "messageid", 1);
}

export async function logMessage(writer: Writer, message: AnsweredMessage): Promise<void> {
  await insertRows(writer, "messagelog", [
    {
      messageid: message.id,
      received: message.received,
      way: message.way,
      sender: message.sender,
      msgid: message.messageId,
      contenthash: message.contentHash,
      outcome: message.outcome,
      asked: message.asked,
      reason: message.reason,
      bytes: message.bytes,
    },
  ]);
  const action = `${message.outcome} by ${message.way}: ${message.asked}`;
  await recordInLedger(writer, [
    { time: message.received, actor: message.sender, action, table: "messagelog", id: message.id },
  ]);
}

export interface MessageQuery {
  readonly sender?: string;
  readonly contentHash?: string;
  /** Only those received at this time or later. */
  readonly since?: number;
  readonly limit?: number;
}

/** Newest first. */
export async function loadMessages(reader: Reader, query: MessageQuery): Promise<AnsweredMessage[]> {
  let select = reader.selectFrom("messagelog").selectAll();
  if (query.sender !== undefined) select = select.where("sender", "=", query.sender);
  if (query.contentHash !== undefined) select = select.where("contenthash", "=", query.contentHash);
  if (query.since !== undefined) select = select.where("received", ">=", query.since);
  if (query.limit !== undefined) select = select.limit(query.limit);
  const rows = await select.orderBy("messageid", "desc").execute();
  return rows.map((row) => ({
    id: row.messageid,
    received: row.received,
    way: row.way as AnsweredMessage["way"],
    sender: row.sender,
    messageId: row.msgid,
    contentHash: row.contenthash,
    outcome: row.outcome as AnsweredMessage["outcome"],
    asked: row.asked,
    reason: row.reason,
    bytes: row.bytes,
  }));
}

/** How many messages of a sender came at this time or later. */
export async function countMessages(reader: Reader, sender: string, since: number): Promise<number> {
  const row = await reader
    .selectFrom("messagelog")
    .select(({ fn }) => fn.countAll().as("count"))
    .where("sender", "=", sender)
    .where("received", ">=", since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

export interface MailAddress {
  /** In lower case. */
  readonly address: string;
  readonly account: string;
}

/** In order of the address. */
export async function loadMailAddresses(
  reader: Reader,
  query: { readonly address?: string; readonly account?: string } = {},
): Promise<MailAddress[]> {
  let select = reader.selectFrom("mailaddress").select(["address", "account"]);
  if (query.address !== undefined) select = select.where("address", "=", query.address.toLowerCase());
  if (query.account !== undefined) select = select.where("account", "=", query.account);
  return select.orderBy("address").execute();
}

/** Gives the address to the account, whosever it was. */
export async function putMailAddress(writer: Writer, { address, account }: MailAddress, now: number): Promise<void> {
  await writer
    .insertInto("mailaddress")
    .values({ address: address.toLowerCase(), account, lddate: now })
    .onConflict((conflict) => conflict.column("address").doUpdateSet({ account, lddate: now }))
    .execute();
}

/** False where no account had it. */
export async function dropMailAddress(writer: Writer, address: string): Promise<boolean> {
  const { numDeletedRows } = await writer
    .deleteFrom("mailaddress")
    .where("address", "=", address.toLowerCase())
    .executeTakeFirst();
  return numDeletedRows > 0n;
}
