/** Room for the frames of all connections between their sockets and the disk: while it is full no socket is read, whatever each of them has sent. */

export class Room {
  readonly #most: number;
  #used = 0;
  readonly #waiting = new Set<() => void>();

  constructor(most: number) {
    this.#most = most;
  }

  get isFull(): boolean {
    return this.#used > this.#most;
  }

  take(bytes: number): void {
    this.#used += bytes;
  }

  give(bytes: number): void {
    this.#used -= bytes;
    if (this.#used > this.#most / 2) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const goOn of waiting) goOn();
  }

  /** Calls `goOn` once, when half of it is free. */
  wait(goOn: () => void): void {
    this.#waiting.add(goOn);
  }
}
