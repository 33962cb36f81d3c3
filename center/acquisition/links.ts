/** The register of links: a row for each connection, from when to when, with what ended it and how much came. */
import { closeLink, openLink, type Store } from "@harken/store";
import type { LinkChange } from "./listener.ts";

export interface LinkRegister {
  note(change: LinkChange): void;
  /** Resolves when all that was noted is written. */
  settle(): Promise<void>;
}

export function createLinkRegister(
  store: Store,
  clock: () => number,
  onFailure: (cause: unknown) => void,
): LinkRegister {
  const open = new Map<string, number>();
  let tail: Promise<void> = Promise.resolve();
  const write = async ({ station, peer, isUp, reason, bytes }: LinkChange, time: number) => {
    const key = `${station} ${peer}`;
    if (isUp) {
      open.set(key, await store.transaction((writer) => openLink(writer, { source: station, peer, startTime: time })));
      return;
    }
    const linkId = open.get(key);
    open.delete(key);
    if (linkId !== undefined) await closeLink(store.db, linkId, { endTime: time, reason, bytes });
  };
  return {
    note(change) {
      const time = clock();
      tail = tail.then(() => write(change, time)).catch(onFailure);
    },
    settle: () => tail,
  };
}
