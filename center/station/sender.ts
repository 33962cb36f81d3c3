/**
 * Keeps a connection to the centre over the best link that works: the first one while it can be reached, the next one when it fails. Frames that a
 * link lost are sent over the other, since only the centre's word removes them from what is to be sent.
 */
import type { Cd11Command, Cd11GapList } from "@harken/formats";
import type { KeyRing } from "../acquisition/keys.ts";
import { canReach, dial } from "./dial.ts";
import type { FrameRing } from "./ring.ts";
import { Session } from "./session.ts";
import type { StationSideSettings } from "./settings.ts";

export interface SenderParts {
  readonly settings: StationSideSettings;
  readonly ring: FrameRing;
  readonly centreKeys: KeyRing;
  readonly onCommand: (command: Cd11Command) => Promise<string>;
  readonly log: (code: string, detail: Record<string, unknown>) => void;
}

/** Waits between rounds over all links, ms. */
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 30_000;

export class Sender {
  readonly #parts: SenderParts;
  #session: Session | null = null;
  #link = 0;
  #received: Cd11GapList | null = null;
  #isStopping = false;
  #cancelWait: () => void = () => undefined;
  readonly #loop: Promise<void>;

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#loop = this.#run();
  }

  /** Index of the link that is used, and whether it is connected. */
  get link(): { readonly index: number; readonly isUp: boolean } {
    return { index: this.#link, isUp: this.#session !== null };
  }

  /** What the centre has by its last word; null before it. */
  get received(): Cd11GapList | null {
    return this.#received;
  }

  /** There is a new frame in the ring. */
  wake(): void {
    this.#session?.pump();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#cancelWait();
    this.#session?.close("the station is stopping", true);
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { settings, log } = this.#parts;
    const { links, name } = settings;
    let failures = 0;
    while (!this.#isStopping) {
      const link = links[this.#link]!;
      try {
        const socket = await dial(link, name);
        if (this.#isStopping) {
          socket.destroy();
          return;
        }
        log("link.up", { link: this.#link, host: link.host, port: link.port });
        const openedAt = performance.now();
        const reason = await this.#use(new Session(socket, this.#sessionParts()));
        log("link.down", { link: this.#link, reason });
        // A connection that lasts is no failure of the link, whatever ended it.
        failures = performance.now() - openedAt > LONGEST_WAIT_MS ? 0 : failures + 1;
      } catch (cause) {
        failures++;
        log("link.failed", { link: this.#link, reason: cause instanceof Error ? cause.message : String(cause) });
      }
      this.#link = (this.#link + 1) % links.length;
      const round = Math.floor(failures / links.length);
      if (!this.#isStopping) await this.#wait(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(round, 10)));
    }
  }

  async #use(session: Session): Promise<string> {
    this.#session = session;
    session.pump();
    const { retryFirstSec, links } = this.#parts.settings;
    const back =
      this.#link === 0
        ? undefined
        : setInterval(() => {
            void canReach(links[0]!).then((isThere) => {
              if (!isThere || this.#session !== session) return;
              session.close("the first link is back", true);
              // The loop goes on to the next link, which is to be the first.
              this.#link = links.length - 1;
            });
          }, retryFirstSec * 1_000);
    try {
      return await session.ended;
    } finally {
      clearInterval(back);
      this.#session = null;
    }
  }

  #sessionParts() {
    const { settings, ring, centreKeys, onCommand, log } = this.#parts;
    const { name: station, destination, resendSec, silenceSec } = settings;
    return {
      ...{ ring, station, destination, centreKeys, resendSec, silenceSec, onCommand, log },
      onAcknack: (received: Cd11GapList) => {
        this.#received = received;
      },
    };
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#cancelWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
