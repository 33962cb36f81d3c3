/**
 * Sends mail by SMTP. A mail that is sent again carries the same Message-ID, by which a reader's mail program knows it: SMTP cannot tell a sender whose
 * connection broke whether the last one arrived.
 */
import nodemailer from "nodemailer";

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly body: Uint8Array;
  /** Without the domain and its sign; the same for the same mail. */
  readonly id: string;
  /** Message-ID of the mail that this one answers; "" for none. */
  readonly inReplyTo: string;
}

export interface Post {
  /** Rejects with the server's reason. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

const TIMEOUT_MS = 20_000;

export function openPost(smtp: string, from: string, timeoutMs = TIMEOUT_MS): Post {
  const { protocol, hostname, port, username, password } = new URL(smtp);
  const transport = nodemailer.createTransport({
    ...{ host: hostname, port: Number(port) || (protocol === "smtps:" ? 465 : 25), secure: protocol === "smtps:" },
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    // What stands in a message is data: no file and no address in it is opened.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  const domain = from.slice(from.lastIndexOf("@") + 1);
  return {
    async send({ to, subject, body, id, inReplyTo }) {
      const isText = body.every((byte) => byte < 128);
      const text = isText ? { text: Buffer.from(body).toString("latin1") } : {};
      const file = isText
        ? {}
        : {
            attachments: [
              { filename: "message.ims", content: Buffer.from(body), contentType: "application/octet-stream" },
            ],
          };
      await transport.sendMail({
        ...{ from, to, subject, messageId: `<${id}@${domain}>`, ...text, ...file },
        ...(inReplyTo === "" ? {} : { inReplyTo, references: inReplyTo }),
        // Other robots do not answer it.
        headers: { "Auto-Submitted": "auto-replied" },
      });
    },
    close: () => transport.close(),
  };
}
