/** The ways that a delivery goes out. Each may be done twice without harm: the reader knows a delivery by its subscription and number. */
import { mkdir, open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Delivery, ProductSubscription } from "@harken/store";
import type { Post } from "../mail/post.ts";

/** Rejects with the reason. */
export type Carrier = (subscription: ProductSubscription, delivery: Delivery, message: string) => Promise<void>;

const PUSH_TIMEOUT_MS = 20_000;

export const mailCarrier =
  (post: Post, name: string): Carrier =>
  (subscription, { number }, message) =>
    post.send({
      ...{ to: subscription.target, body: Buffer.from(message, "utf8"), inReplyTo: "" },
      subject: `${name} ${subscription.product} ${subscription.name}, delivery ${number}`,
      id: `subscription-${subscription.id}.${number}`,
    });

/** POST to the subscriber's address; its answer 2xx says that it has it. Redirections are not followed. */
export const pushCarrier: Carrier = async (subscription, { number, sha256 }, message) => {
  const response = await fetch(subscription.target, {
    ...{ method: "POST", body: message, redirect: "manual", signal: AbortSignal.timeout(PUSH_TIMEOUT_MS) },
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "harken-subscription": String(subscription.id),
      "harken-delivery": String(number),
      "harken-sha256": sha256,
    },
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the receiver answered ${response.status}`);
};

/** A file is whole when it has its name, and on the disk. */
export const fileCarrier =
  (folder: string): Carrier =>
  async (subscription, { number }, message) => {
    const place = join(folder, fileFolder(subscription));
    await mkdir(place, { recursive: true });
    const name = `${String(number).padStart(6, "0")}.ims`;
    const part = join(place, `.${name}.part`);
    const file = await open(part, "w");
    try {
      await file.writeFile(message);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, join(place, name));
  };

/** Letters that are safe in a file's name. */
export const fileFolder = ({ id, name }: Pick<ProductSubscription, "id" | "name">): string =>
  `${id}-${name.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, 40)}`;
