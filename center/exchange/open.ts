/** The message service of a centre and what carries its messages, as long as the centre runs. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { openMailbox } from "../mail/mailbox.ts";
import { openPost } from "../mail/post.ts";
import { createMessageService, type MessageService } from "../messages/service.ts";
import type { MessageSources } from "../messages/sources.ts";
import { repeat } from "./repeat.ts";
import type { ExchangeSettings } from "./settings.ts";

export interface Exchange {
  readonly messages: MessageService;
  stop(): Promise<void>;
}

export interface ExchangeContext {
  readonly sources: Omit<MessageSources, "name">;
  readonly settings: ExchangeSettings;
  readonly logger: Logger;
}

const LOOK_MS = 2_000;

export function openExchange({ sources: given, settings, logger }: ExchangeContext): Exchange {
  const sources: MessageSources = { ...given, name: settings.name };
  const messages = createMessageService(sources);
  const stops: (() => Promise<void> | void)[] = [];
  if (settings.mail) {
    const { mailbox: folder, smtp, from } = settings.mail;
    for (const name of ["new", "cur", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
    const post = openPost(smtp, from);
    stops.push(() => post.close());
    const mailbox = openMailbox({ sources, service: messages, post, folder, logger });
    stops.push(
      repeat(
        () => mailbox.work(),
        LOOK_MS,
        (err) => logger.error({ code: "mail.failed", err }),
      ),
    );
  }
  return {
    messages,
    async stop() {
      for (const stop of stops.toReversed()) await stop();
    },
  };
}
