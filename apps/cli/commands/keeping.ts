/** `harken backup`, `restore`, `scrub` and `ledger`: a centre's data kept, and found sound or not. All work while the centre runs. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { isoTime } from "@harken/core";
import { Command, Option } from "commander";
import { cliErrors } from "../errors.ts";
import { numberOption, printJson } from "../options.ts";
import { formatTable } from "../table.ts";

interface Place {
  readonly data: string;
  readonly database?: string;
}

/** Exit status for data that are not as they were written. */
const DAMAGED = 1;
const MOST_SHOWN = 50;

const at = (command: Command) =>
  command
    .option("--data <folder>", "the centre's folder", ".harken")
    .addOption(new Option("--database <url>", "PostgreSQL instead of the embedded database").env("DATABASE_URL"));

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const clock = () => Date.now() / 1000;

function placeOf({ data, database }: Place) {
  const file = join(resolve(data), "harken.db");
  if (database === undefined && !existsSync(file)) throw cliErrors.make("NOT_FOUND", { path: file });
  return { file, url: database };
}

export function backupCommand(): Command {
  return at(new Command("backup").description("Copy a centre's database and folder, while it runs, into a new folder."))
    .requiredOption("--to <folder>", "the backup's folder; new or empty")
    .action(async (options: Place & { to: string }) => {
      placeOf(options);
      const { backUp } = await import("@harken/center");
      const { database, files } = await backUp({
        ...{ dataDir: resolve(options.data), databaseUrl: options.database, backup: resolve(options.to), clock },
        progress: say,
      });
      const rows = database.tables.reduce((sum, table) => sum + table.rows, 0);
      say(
        `${rows} rows and ${files.length} files are in ${options.to}. Ledger: ${database.ledger.seq}:${database.ledger.hash}`,
      );
    });
}

export function restoreCommand(): Command {
  return at(
    new Command("restore").description("Make a centre's folder and database of a backup, and verify its ledger."),
  )
    .requiredOption("--from <folder>", "the backup's folder")
    .action(async (options: Place & { from: string }) => {
      const { restore } = await import("@harken/center");
      const { files, rows, ledger } = await restore({
        ...{ dataDir: resolve(options.data), databaseUrl: options.database, backup: resolve(options.from), clock },
        progress: say,
      });
      say(`${rows} rows and ${files} files are restored to ${options.data}.`);
      tellLedger(ledger);
    });
}

export function scrubCommand(): Command {
  return at(
    new Command("scrub").description("Read the whole waveform archive and name what is no longer as it was written."),
  )
    .option("--json", "print as JSON")
    .action(async (options: Place & { json?: boolean }) => {
      const where = placeOf(options);
      const { scrub } = await import("@harken/center");
      const { pieces, bytes, damage } = await scrub(where, resolve(options.data), () => undefined);
      if (damage.length > 0) process.exitCode = DAMAGED;
      if (options.json) return printJson({ pieces, bytes, damage });
      say(`${pieces} pieces, ${(bytes / 1e6).toFixed(1)} MB read; ${damage.length} damaged.`);
      if (damage.length === 0) return;
      say(
        formatTable(damage, [
          { title: "file", value: ({ file }) => file },
          { title: "bytes", value: ({ offset, bytes: length }) => `${offset} to ${offset + length}` },
          { title: "channel", value: ({ channel }) => channel },
          { title: "from", value: ({ startTime }) => isoTime(startTime, 1) },
          { title: "to", value: ({ endTime }) => isoTime(endTime, 1) },
          { title: "problem", value: ({ problem }) => problem },
        ]),
      );
    });
}

export function ledgerCommand(): Command {
  return new Command("ledger")
    .description("The audit ledger: what was done, by whom, in a chain of hashes.")
    .addCommand(
      at(new Command("verify").description("Find what was changed, taken out or put in."))
        .option("--head <seq:hash>", "a line that was noted earlier (ledger head, backup) and must stand there still")
        .action(async (options: Place & { head?: string }) => {
          const where = placeOf(options);
          const { checkLedger } = await import("@harken/center");
          tellLedger(await checkLedger(where, options.head === undefined ? [] : [headOf(options.head)]));
        }),
    )
    .addCommand(
      at(new Command("head").description("Number and hash of the last line, to be noted elsewhere.")).action(
        async (options: Place) => {
          const where = placeOf(options);
          const { readLedger } = await import("@harken/center");
          const [last] = await readLedger(where, 1);
          say(last ? `${last.seq}:${last.hash}` : "The ledger is empty.");
        },
      ),
    )
    .addCommand(
      at(new Command("list").description("The last lines, newest first."))
        .option("--last <n>", "how many", numberOption("--last", 1, 100_000), 50)
        .option("--json", "print as JSON")
        .action(async (options: Place & { last: number; json?: boolean }) => {
          const where = placeOf(options);
          const { readLedger } = await import("@harken/center");
          const lines = await readLedger(where, options.last);
          if (options.json) return printJson(lines);
          say(
            formatTable(lines, [
              { title: "line", value: ({ seq }) => String(seq) },
              { title: "time", value: ({ time }) => isoTime(time, 0) },
              { title: "who", value: ({ actor }) => actor },
              { title: "what", value: ({ action }) => action },
              { title: "row", value: ({ subject }) => subject },
            ]),
          );
        }),
    );
}

function headOf(text: string): { seq: number; hash: string } {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text);
  if (!match)
    throw cliErrors.make("BAD_OPTION", {
      option: "--head",
      value: text,
      advice: 'Give what "harken ledger head" printed.',
    });
  return { seq: Number(match[1]), hash: match[2]! };
}

function tellLedger({
  lines,
  rows,
  head,
  faults,
}: {
  lines: number;
  rows: number;
  head: { seq: number; hash: string };
  faults: readonly string[];
}): void {
  for (const fault of faults.slice(0, MOST_SHOWN)) say(fault);
  if (faults.length > MOST_SHOWN) say(`and ${faults.length - MOST_SHOWN} more`);
  say(
    faults.length === 0
      ? `The ledger is sound: ${lines} lines vouch for ${rows} rows. Its head is ${head.seq}:${head.hash}`
      : `The ledger is not sound: ${faults.length} faults.`,
  );
  if (faults.length > 0) process.exitCode = DAMAGED;
}
