/**
 * The bus over NATS JetStream, for a centre of several machines: one stream on file storage, one ephemeral consumer for each subscriber
 * (explicit acknowledgement, one message in flight so that order holds through redelivery). Message ids are NATS's own `Nats-Msg-Id`.
 */
import {
  AckPolicy,
  type ConsumerConfig,
  DeliverPolicy,
  DiscardPolicy,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from "@nats-io/jetstream";
import { connect, nanos } from "@nats-io/transport-node";
import { type Bus, type BusLimits, busDefaults, type Subscription } from "./bus.ts";

export interface NatsBusOptions extends Partial<BusLimits> {
  /** `nats://host:4222`, or several separated by commas. */
  readonly servers: string;
  /** Name of the stream; its subjects are prefixed with it, so that several centres can share a server. */
  readonly stream?: string;
}

const DEFAULT_STREAM = "HARKEN";
/** A handler that takes longer than this is taken for dead. */
const ACK_WAIT_MS = 30_000;
/** Window in which a repeated message id is known. */
const DUPLICATE_WINDOW_MS = 120_000;

/** Connects and makes the stream where it is missing. Rejects when the server cannot be reached or has JetStream switched off. */
export async function connectNatsBus(options: NatsBusOptions): Promise<Bus> {
  const { maxMessages, maxDeliveries, retryDelayMs } = { ...busDefaults, ...options };
  const stream = options.stream ?? DEFAULT_STREAM;
  const connection = await connect({ servers: options.servers.split(","), name: "harken" });
  const manager = await jetstreamManager(connection);
  const client = jetstream(connection);
  const prefix = `${stream}.`;
  await manager.streams.add({
    name: stream,
    subjects: [`${prefix}>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.Old,
    max_msgs: maxMessages,
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  });
  const subscriptions = new Set<Subscription>();

  return {
    async publish(subject, data, { id } = {}) {
      const ack = await client.publish(
        `${prefix}${subject}`,
        JSON.stringify(data),
        id === undefined ? {} : { msgID: id },
      );
      return { sequence: ack.seq, duplicate: ack.duplicate };
    },

    async subscribe({ subject, fromSequence }, handler) {
      const config: Partial<ConsumerConfig> = {
        ack_policy: AckPolicy.Explicit,
        ack_wait: nanos(ACK_WAIT_MS),
        max_deliver: maxDeliveries,
        max_ack_pending: 1,
        filter_subject: `${prefix}${subject}`,
        ...(fromSequence === undefined
          ? { deliver_policy: DeliverPolicy.New }
          : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: fromSequence }),
      };
      const { name } = await manager.consumers.add(stream, config);
      const consumer = await client.consumers.get(stream, name);
      const messages = await consumer.consume({ max_messages: 1 });
      const loop = (async () => {
        for await (const message of messages) {
          try {
            await handler({
              sequence: message.seq,
              subject: message.subject.slice(prefix.length),
              data: message.json(),
              delivery: message.info.deliveryCount,
            });
            message.ack();
          } catch {
            // The handler's refusal is its answer: the message comes again.
            message.nak(retryDelayMs);
          }
        }
      })();
      const subscription: Subscription = {
        async stop() {
          await messages.close();
          await loop;
          subscriptions.delete(subscription);
          if (!connection.isClosed()) await manager.consumers.delete(stream, name);
        },
      };
      subscriptions.add(subscription);
      return subscription;
    },

    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
      await connection.drain();
    },
  };
}
