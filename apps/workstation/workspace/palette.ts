/** Finds commands by the words of their names: every word that was written must begin a word of the name, earlier matches first. */
import { signal } from "@preact/signals";

export interface Command {
  readonly name: string;
  /** The key that does the same, as it is written. */
  readonly shown?: string;
  readonly run: () => void;
}

export const paletteOpen = signal(false);

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}.-]+/u)
    .filter((word) => word !== "");

export function findCommands(commands: readonly Command[], written: string): Command[] {
  const asked = wordsOf(written);
  const ranked = commands.flatMap((command) => {
    const own = wordsOf(command.name);
    const places = asked.map((word) => own.findIndex((one) => one.startsWith(word)));
    return places.includes(-1) ? [] : [{ command, rank: places.reduce((sum, place) => sum + place, 0) }];
  });
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ command }) => command);
}
