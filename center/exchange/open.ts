/** The message service of a centre, its subscriptions and what carries them, as long as the centre runs. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { DeliveryWay } from "@harken/store";
import type { Logger } from "pino";
import { type Carrier, fileCarrier, mailCarrier, pushCarrier } from "../delivery/carriers.ts";
import { createDeliverer, deliveryRule } from "../delivery/deliver.ts";
import { createSubscriptionDesk, type SubscriptionDesk } from "../delivery/desk.ts";
import { openMailbox } from "../mail/mailbox.ts";
import { openPost } from "../mail/post.ts";
import { createMessageService, type MessageService } from "../messages/service.ts";
import type { MessageSources } from "../messages/sources.ts";
import { repeat } from "./repeat.ts";
import type { ExchangeSettings } from "./settings.ts";

export interface Exchange {
  readonly messages: MessageService;
  readonly subscriptions: SubscriptionDesk;
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
  const subscriptions = createSubscriptionDesk(sources, settings);
  const messages = createMessageService(sources, subscriptions.answer);
  const carriers: { -readonly [W in DeliveryWay]?: Carrier } = { push: pushCarrier };
  if (settings.dropFolder !== undefined) carriers.file = fileCarrier(settings.dropFolder);
  const stops: (() => Promise<void> | void)[] = [];
  if (settings.mail) {
    const { mailbox: folder, smtp, from } = settings.mail;
    for (const name of ["new", "cur", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
    const post = openPost(smtp, from);
    stops.push(() => post.close());
    carriers["e-mail"] = mailCarrier(post, settings.name);
    const mailbox = openMailbox({ sources, service: messages, post, folder, logger });
    stops.push(
      repeat(
        () => mailbox.work(),
        LOOK_MS,
        (err) => logger.error({ code: "mail.failed", err }),
      ),
    );
  }
  const deliverer = createDeliverer({ sources, carriers, rule: deliveryRule, logger });
  const deliver = async () => {
    await deliverer.issue();
    await deliverer.send();
  };
  stops.push(repeat(deliver, LOOK_MS, (err) => logger.error({ code: "delivery.broken", err })));
  return {
    ...{ messages, subscriptions },
    async stop() {
      for (const stop of stops.toReversed()) await stop();
    },
  };
}
