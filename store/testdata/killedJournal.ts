/** The journal writer that `intake/journalKill.test.ts` kills: many at once append, and each prints its number once it is acknowledged. */
import { fileURLToPath } from "node:url";
import { randomStream } from "@harken/core";
import { openJournal } from "../intake/journal.ts";

/** The payload that a number stands for. */
export function expectedPayload(number: number): Uint8Array {
  const random = randomStream(number, "payload");
  return Uint8Array.from({ length: 1 + random.integer(3_000) }, () => random.integer(256));
}

async function main(folder: string, from: number): Promise<void> {
  const { journal } = await openJournal(folder, { maxFileBytes: 200_000 });
  process.stdout.write("ready\n");
  let number = from;
  const lane = async () => {
    for (;;) {
      const own = number++;
      const payload = expectedPayload(own);
      await journal.append({ receivedAt: own, kind: "test", source: String(own), note: "", payload });
      process.stdout.write(`done ${own}\n`);
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]!, Number(process.argv[3]));
