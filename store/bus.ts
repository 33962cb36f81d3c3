/**
 * The bus announces what was stored: "interval done", "event revised". It carries no truth of its own; a reader that missed messages asks
 * the store. Two kinds, one behaviour: in this process, and NATS JetStream (`natsBus.ts`).
 *
 *     const subscription = await bus.subscribe({ subject: "events.>", fromSequence: 1 }, async (message) => { ... });
 *     await bus.publish("events.SEL1", { key }, { id: `${key}:${version}` });
 *
 * Each subscriber gets its messages one at a time in order of sequence. A handler that resolves acknowledges; one that rejects gets the
 * message again, `maxDeliveries` times in all.
 */

export interface BusMessage {
  /** Grows from 1 over all subjects. */
  readonly sequence: number;
  readonly subject: string;
  readonly data: unknown;
  /** 1 for the first delivery. */
  readonly delivery: number;
}

export interface Subscription {
  /** Resolves when the handler has ended and none will be called again. */
  stop(): Promise<void>;
}

export type BusHandler = (message: BusMessage) => Promise<void>;

export interface Bus {
  /** `data` is JSON. A second message with the same `id` is not stored again: `duplicate` is true and the sequence is the first one's. */
  publish(
    subject: string,
    data: unknown,
    options?: { readonly id?: string },
  ): Promise<{ sequence: number; duplicate: boolean }>;
  /** `subject` may hold `*` for one word and `>` for the rest. From the next message on, or replayed from `fromSequence`. */
  subscribe(
    filter: { readonly subject: string; readonly fromSequence?: number },
    handler: BusHandler,
  ): Promise<Subscription>;
  close(): Promise<void>;
}

export interface BusLimits {
  /** Messages kept for replay. */
  readonly maxMessages: number;
  readonly maxDeliveries: number;
  /** Wait before a message is delivered again. */
  readonly retryDelayMs: number;
}

export const busDefaults: BusLimits = Object.freeze({ maxMessages: 10_000, maxDeliveries: 5, retryDelayMs: 100 });

/** Whether `subject` falls under a filter such as `events.*` or `events.>`. */
export function subjectMatches(filter: string, subject: string): boolean {
  const wanted = filter.split(".");
  const words = subject.split(".");
  for (const [i, word] of wanted.entries()) {
    if (word === ">") return words.length > i;
    if (i >= words.length || (word !== "*" && word !== words[i])) return false;
  }
  return wanted.length === words.length;
}

interface Stored {
  readonly sequence: number;
  readonly subject: string;
  /** JSON text: what a subscriber gets is its own copy, as over the network. */
  readonly text: string;
}

/** A bus within this process; the newest `maxMessages` can be replayed. */
export function createLocalBus(options: Partial<BusLimits> = {}): Bus {
  const { maxMessages, maxDeliveries, retryDelayMs } = { ...busDefaults, ...options };
  const stored: Stored[] = [];
  const ids = new Map<string, number>();
  const wakers = new Set<() => void>();
  const subscriptions = new Set<Subscription>();
  let last = 0;

  async function deliver(message: Stored, handler: BusHandler, stopped: () => boolean): Promise<void> {
    for (let delivery = 1; delivery <= maxDeliveries && !stopped(); delivery++) {
      try {
        await handler({
          sequence: message.sequence,
          subject: message.subject,
          data: JSON.parse(message.text),
          delivery,
        });
        return;
      } catch {
        // The handler's refusal is its answer: the message comes again.
        await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
      }
    }
  }

  return {
    async publish(subject, data, { id } = {}) {
      const known = id === undefined ? undefined : ids.get(id);
      if (known !== undefined) return { sequence: known, duplicate: true };
      const sequence = ++last;
      stored.push({ sequence, subject, text: JSON.stringify(data) });
      if (stored.length > maxMessages) stored.shift();
      if (id !== undefined) {
        ids.set(id, sequence);
        if (ids.size > maxMessages) ids.delete(ids.keys().next().value as string);
      }
      for (const wake of wakers) wake();
      return { sequence, duplicate: false };
    },

    async subscribe({ subject, fromSequence = last + 1 }, handler) {
      let next = fromSequence;
      let stopped = false;
      let wake: () => void = () => undefined;
      const onMessage = () => wake();
      wakers.add(onMessage);
      const loop = (async () => {
        while (!stopped) {
          const message = stored.find(
            (candidate) => candidate.sequence >= next && subjectMatches(subject, candidate.subject),
          );
          if (!message) {
            next = Math.max(next, last + 1);
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
            continue;
          }
          await deliver(message, handler, () => stopped);
          next = message.sequence + 1;
        }
      })();
      const subscription: Subscription = {
        async stop() {
          stopped = true;
          wake();
          wakers.delete(onMessage);
          subscriptions.delete(subscription);
          await loop;
        },
      };
      subscriptions.add(subscription);
      return subscription;
    },

    async close() {
      await Promise.all([...subscriptions].map((subscription) => subscription.stop()));
    },
  };
}
