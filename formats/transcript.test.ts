/** Stored sessions with a real server (ringserver 4.5.3): what each side said, for the tests of SeedLink and DataLink. */
import { readFileSync } from "node:fs";
import { latin1Bytes } from "./latin1.ts";

export interface Turn {
  /** What the client said. The store shows at most 600 bytes of it. */
  readonly sent: Uint8Array;
  /** Bytes that the client said in all, and that it had heard when it spoke again. */
  readonly sentLength: number;
  readonly heardLength: number;
}

export interface Session {
  readonly turns: readonly Turn[];
  /** All that the server said. */
  readonly heard: Uint8Array;
}

/** `name` without ending, in the folder of the sessions. */
export function readSession(folder: string, name: string): Session {
  const lines = readFileSync(`${folder}/${name}.txt`, "latin1").split("\n");
  const turns: Turn[] = [];
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [, sent, sentLength] = /^>> b(.*?)(?:\.\.\.)? \((\d+) bytes\)$/s.exec(lines[i]!)!;
    const [, heardLength] = /\((\d+) bytes\)$/.exec(lines[i + 1]!)!;
    turns.push({ sent: bytesOf(sent!), sentLength: Number(sentLength), heardLength: Number(heardLength) });
  }
  return { turns, heard: new Uint8Array(readFileSync(`${folder}/${name}.recv.bin`)) };
}

/** A bytes literal of Python without its b. */
function bytesOf(literal: string): Uint8Array {
  const simple: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", "\\": "\\", "'": "'", '"': '"' };
  const text = literal
    .slice(1, -1)
    .replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, hex, letter) =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : simple[letter]!,
    );
  return latin1Bytes(text);
}
