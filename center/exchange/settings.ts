/** How a centre exchanges messages with States: its name, its mail, and where deliveries may go. */
import { type Static, Type } from "typebox";

export const MailSettings = Type.Object({
  mailbox: Type.String({
    minLength: 1,
    description: "Maildir that the mail program delivers into: messages are taken from its folder new",
  }),
  smtp: Type.String({ pattern: "^smtps?://", description: "Server that carries what is sent: smtp://host:25" }),
  from: Type.String({ pattern: "^[^@\\s<>]+@[^@\\s<>]+$", description: "The centre's own address" }),
});
export type MailSettings = Readonly<Static<typeof MailSettings>>;

export const ExchangeSettings = Type.Object({
  name: Type.String({
    ...{ pattern: "^[!-~]{1,16}$", default: "HARKEN" },
    description: "The centre's name in its messages",
  }),
  mail: Type.Optional(MailSettings),
  dropFolder: Type.Optional(
    Type.String({ minLength: 1, description: "Folder in which deliveries by file are left; not offered when absent" }),
  ),
  pushHosts: Type.Optional(
    Type.Array(Type.String({ minLength: 1 }), {
      description: "Hosts, with their port where it is not the usual one, to which deliveries may be pushed",
    }),
  ),
});
export type ExchangeSettings = Readonly<Static<typeof ExchangeSettings>>;

/** Longest mail that is sent or read (IDC-3.4.1Rev1, AutoDRM safeguards). */
export const MAIL_LIMIT_BYTES = 1_000_000;
