/** `harken people`: accounts of a centre, their roles, passwords and tokens. Works while the centre runs. */
import { existsSync, readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { roles } from "@harken/api";
import type { PeopleDesk } from "@harken/center";
import { isoTime } from "@harken/core";
import { Command, Option } from "commander";
import { cliErrors } from "../errors.ts";
import { numberOption, printJson } from "../options.ts";
import { formatTable } from "../table.ts";

interface Place {
  readonly data: string;
  readonly database?: string;
}

const DAY_SEC = 86_400;

export function peopleCommand(): Command {
  const roleOption = () => new Option("--role <role>", "what they may do").choices(roles).makeOptionMandatory();
  const passwordOption = () =>
    new Option(
      "--password-file <file>",
      "file whose first line is the password; asked for, or read from the input, without",
    );
  return new Command("people")
    .description("Manage who may use a centre. From the first account on the centre asks everybody to sign in.")
    .addCommand(
      at(new Command("add").description("A new account.").argument("<name>"))
        .addOption(roleOption())
        .addOption(passwordOption())
        .action((name: string, options: Place & { role: string; passwordFile?: string }) =>
          work(options, async (desk) => {
            await desk.add({ name, role: options.role, password: await readPassword(options.passwordFile) }, actor());
            say(`${name} may sign in as ${options.role}.`);
          }),
        ),
    )
    .addCommand(
      at(new Command("list").description("The accounts; with --history what was done to them."))
        .option("--history", "who did what to which account")
        .option("--json", "print as JSON")
        .action(list),
    )
    .addCommand(
      at(new Command("role").description("Another role; the account's sessions end.").argument("<name>"))
        .addOption(roleOption())
        .action((name: string, options: Place & { role: string }) =>
          work(options, (desk) => desk.change(name, { role: options.role }, actor())),
        ),
    )
    .addCommand(
      at(new Command("password").description("A new password; the account's sessions end.").argument("<name>"))
        .addOption(passwordOption())
        .action((name: string, options: Place & { passwordFile?: string }) =>
          work(options, async (desk) =>
            desk.change(name, { password: await readPassword(options.passwordFile) }, actor()),
          ),
        ),
    )
    .addCommand(state("disable", "The account may not sign in any more; its sessions end.", "disabled"))
    .addCommand(state("enable", "The account may sign in again.", "active"))
    .addCommand(
      at(
        new Command("address").description("Addresses from which an account sends mail to the centre and has answers."),
      )
        .argument("[name]", "the account")
        .option("--add <address>", "give the account an address")
        .option("--drop <address>", "take an address away")
        .action((name: string | undefined, options: Place & { add?: string; drop?: string }) =>
          work(options, async (desk) => {
            if (options.drop !== undefined) await desk.dropAddress(options.drop, actor());
            if (options.add !== undefined) {
              if (name === undefined)
                throw cliErrors.make("BAD_OPTION", {
                  ...{ option: "--add", value: options.add, advice: "Name the account whose address it is." },
                });
              await desk.addAddress(name, options.add, actor());
            }
            const held = (await desk.addresses()).filter(({ account }) => name === undefined || account === name);
            for (const { address, account } of held) say(`${address}  ${account}`);
            if (held.length === 0) say("No address is entered.");
          }),
        ),
    )
    .addCommand(
      at(new Command("token").description("A token for a program, printed once.").argument("<name>"))
        .option("--days <n>", "how long it is good", numberOption("--days", 1, 3650), 90)
        .action((name: string, options: Place & { days: number }) =>
          work(options, async (desk) => say(await desk.issueToken(name, options.days * DAY_SEC, actor()))),
        ),
    );
}

const at = (command: Command) =>
  command
    .option("--data <folder>", "the centre's folder", ".harken")
    .addOption(new Option("--database <url>", "PostgreSQL instead of the embedded database").env("DATABASE_URL"));

function state(name: string, description: string, to: "active" | "disabled"): Command {
  return at(new Command(name).description(description).argument("<name>")).action((account: string, options: Place) =>
    work(options, (desk) => desk.change(account, { state: to }, actor())),
  );
}

/** Who manages, for the record: the user of this machine. */
const actor = (): string => `${userInfo().username}@console`;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function work({ data, database }: Place, action: (desk: PeopleDesk) => Promise<void>): Promise<void> {
  const file = join(resolve(data), "harken.db");
  if (database === undefined && !existsSync(file)) throw cliErrors.make("NOT_FOUND", { path: file });
  const { openPeople } = await import("@harken/center");
  const desk = await openPeople({ file, url: database }, () => Date.now() / 1000);
  try {
    await action(desk);
  } finally {
    await desk.close();
  }
}

function list(options: Place & { history?: boolean; json?: boolean }): Promise<void> {
  return work(options, async (desk) => {
    if (options.history) {
      const changes = await desk.history();
      if (options.json) return printJson(changes);
      const columns = [
        { title: "time", value: (row: (typeof changes)[number]) => isoTime(row.time, 0) },
        { title: "by", value: (row: (typeof changes)[number]) => row.actor },
        { title: "account", value: (row: (typeof changes)[number]) => row.account },
        { title: "what", value: (row: (typeof changes)[number]) => row.action },
      ];
      return say(formatTable(changes, columns));
    }
    const accounts = await desk.list();
    if (options.json) return printJson(accounts);
    if (accounts.length === 0) return say("Nobody has an account: the centre asks nobody.");
    say(
      formatTable(accounts, [
        { title: "name", value: ({ name }) => name },
        { title: "role", value: ({ role }) => role },
        { title: "state", value: ({ state, lockedUntil }) => (lockedUntil === null ? state : "locked") },
      ]),
    );
  });
}

/** From the file, from the terminal without showing it, or the first line of the input. */
async function readPassword(file: string | undefined): Promise<string> {
  const firstLine = (text: string) => text.split(/\r?\n/, 1)[0]!;
  if (file !== undefined) {
    try {
      return firstLine(readFileSync(file, "utf8"));
    } catch (cause) {
      throw cliErrors.make("NOT_FOUND", { path: file }, cause);
    }
  }
  if (!process.stdin.isTTY) return firstLine(readFileSync(0, "utf8"));
  // What is typed is echoed into nothing.
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    process.stdout.write("Password: ");
    const password = await lines.question("");
    process.stdout.write("\n");
    return password;
  } finally {
    lines.close();
  }
}
