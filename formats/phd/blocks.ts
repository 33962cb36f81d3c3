/**
 * The body of a radionuclide message cut into blocks, each from its `#Name` line to the next `#`. Lines keep their numbers, so that every
 * complaint can say where.
 */

export interface Line {
  readonly text: string;
  /** From 1 in the file. */
  readonly number: number;
}

export interface Block {
  /** As written after the `#` up to a blank, such as "g_Energy"; the "3" of `#Header 3` is left out. */
  readonly name: string;
  readonly line: number;
  readonly lines: readonly Line[];
}

/** Blocks of a section's text, whose first line has the number `firstLine`. What stands before the first `#` is left out. */
export function cutBlocks(text: string, firstLine: number): Block[] {
  const blocks: Block[] = [];
  let lines: Line[] | null = null;
  text.split("\n").forEach((raw, i) => {
    const line = raw.trimEnd();
    if (line.startsWith("#")) {
      lines = [];
      blocks.push({ name: line.slice(1).trim().split(/\s+/)[0] ?? "", line: firstLine + i, lines });
    } else lines?.push({ text: line, number: firstLine + i });
  });
  return blocks;
}
