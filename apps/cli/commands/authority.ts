/** `harken authority`: certificates for the keys of stations and people, what is revoked and what is about to expire, and messages that are signed. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Authority, Certificate, PublicAuthority, RevocationReason } from "@harken/center";
import { isoTime } from "@harken/core";
import { Argument, Command, Option } from "commander";
import { cliErrors } from "../errors.ts";
import { numberOption, printJson, timeOption } from "../options.ts";

interface FolderOption {
  readonly folder: string;
}

interface KeyOptions extends FolderOption {
  readonly passphraseFile?: string;
}

interface IssueOptions extends KeyOptions {
  readonly key?: string;
  readonly number?: number;
  readonly email?: string;
  readonly days: number;
}

interface SignerOptions {
  readonly certificate: string;
  readonly key: string;
}

const clock = () => Date.now() / 1_000;
const say = (line: string) => void process.stdout.write(`${line}\n`);
const DAYS_OF_AUTHORITY = 3_650;
const DAYS = 730;
const WARN_DAYS = 60;

const reasons: readonly RevocationReason[] = [
  "unspecified",
  "keyCompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "privilegeWithdrawn",
];

export function authorityCommand(): Command {
  const authority = new Command("authority").description(
    "A certificate authority for stations and people: issue, renew, revoke, watch what expires, sign and verify messages.",
  );
  const folder = () => new Option("--folder <folder>", "the authority's folder").default("authority");
  const passphrase = () =>
    new Option("--passphrase-file <file>", "file of the passphrase that the authority's key is encrypted with");
  const days = (most: number) =>
    new Option("--days <n>", "how long it is valid").default(most).argParser(numberOption("--days", 1, 36_500));
  authority
    .command("create")
    .description("Make an authority: its key, its certificate, and an empty list of what is revoked.")
    .argument("<name>", "what it is called in every certificate")
    .addOption(folder())
    .addOption(passphrase())
    .addOption(days(DAYS_OF_AUTHORITY))
    .action(create);
  authority
    .command("issue")
    .description("A certificate for a station's key (with --number) or a person (with --email).")
    .argument("<name>", "station's code, or person's name")
    .option("--number <n>", "number that frames name the station's key by", numberOption("--number", 1, 2 ** 31 - 1))
    .option("--email <address>", "person's e-mail address")
    .option(
      "--key <file>",
      "PEM file of the public key; without it a person's key is made and written beside the certificate",
    )
    .addOption(folder())
    .addOption(passphrase())
    .addOption(days(DAYS))
    .action(issue);
  authority
    .command("renew")
    .description("Another certificate for the same holder and key, from now on.")
    .argument("<serial>", "serial number of the present one; its first letters are enough")
    .addOption(folder())
    .addOption(passphrase())
    .addOption(days(DAYS))
    .action(async (serial: string, options: IssueOptions) =>
      tell(await (await open(options)).renew(serial, { days: options.days }), options.folder),
    );
  authority
    .command("revoke")
    .description(
      "Take a certificate back. What its key signed counts no more; with superseded, cessationOfOperation and affiliationChanged: what it signs from then on.",
    )
    .argument("<serial>", "its serial number; the first letters are enough")
    .addArgument(new Argument("<reason>", "why").choices(reasons))
    .option("--at <time>", "from when on, UTC; default now", timeOption("--at"))
    .addOption(folder())
    .addOption(passphrase())
    .action(revoke);
  authority
    .command("publish")
    .description("Sign the list of what is revoked anew: each is believed for 30 days.")
    .addOption(folder())
    .addOption(passphrase())
    .action(async (options: KeyOptions) => (await open(options)).publish());
  authority
    .command("list")
    .description("Every certificate with its holder, its end, and whether it is revoked.")
    .option("--json", "print as JSON")
    .addOption(folder())
    .action(list);
  authority
    .command("check")
    .description("What is about to expire, for a nightly job: exit status 1 when there is anything.")
    .option("--within <days>", "how far ahead is looked", numberOption("--within", 0, 3_650), WARN_DAYS)
    .addOption(folder())
    .action(check);
  authority
    .command("change-key")
    .description("Print the command, signed by a person of the authority, that has a station change its key.")
    .argument("<station>", "station's code")
    .argument("<old>", "number of its present key", numberOption("<old>", 1, 2 ** 31 - 1))
    .argument("<new>", "number of the key that it is to make", numberOption("<new>", 1, 2 ** 31 - 1))
    .requiredOption("--at <time>", "from which data on the new key signs, UTC", timeOption("--at"))
    .requiredOption("--certificate <file>", "PEM file of the person's certificate")
    .requiredOption("--key <file>", "PEM file of the person's private key")
    .action(changeKey);
  authority
    .command("accept-key")
    .description("Take a station's confirmation: a certificate for the new key, and the end of the old one.")
    .argument("<file>", "the confirmation")
    .addOption(folder())
    .addOption(passphrase())
    .addOption(days(DAYS))
    .action(async (file: string, options: IssueOptions) => {
      const { acceptKeyChange } = await import("@harken/center");
      const { days: valid, folder: where } = options;
      tell(await acceptKeyChange(await open(options), readFile(file), { days: valid, now: clock() }), where);
    });
  authority
    .command("sign")
    .description("Sign a text as an S/MIME message.")
    .argument("<file>", "the text")
    .requiredOption("--certificate <file>", "PEM file of the signer's certificate")
    .requiredOption("--key <file>", "PEM file of the signer's private key")
    .action(sign);
  authority
    .command("verify")
    .description("Print the text of a signed message when one of the authority's holders has signed it.")
    .argument("<file>", "the message")
    .addOption(folder())
    .action(verify);
  return authority;
}

async function create(name: string, options: KeyOptions & { readonly days: number }): Promise<void> {
  const { createAuthority } = await import("@harken/center");
  await createAuthority(resolve(options.folder), name, options.days, { passphrase: passphraseOf(options), clock });
  say(
    `${options.folder} holds the authority ${name}. Keep authority.key.pem there and nowhere else; the rest is for everybody.`,
  );
  if (options.passphraseFile === undefined) say("Its key is not encrypted: --passphrase-file does that.");
}

async function issue(name: string, options: IssueOptions): Promise<void> {
  const { number, email, key, days } = options;
  if ((number === undefined) === (email === undefined))
    throw cliErrors.make("BAD_OPTION", {
      ...{ option: "--number", value: "missing" },
      advice: "Give --number for a station, or --email for a person.",
    });
  if (number !== undefined && key === undefined)
    throw cliErrors.make("BAD_OPTION", {
      ...{
        option: "--key",
        value: "missing",
        advice: "Name the station's public key; `harken keys` makes a pair at the station.",
      },
    });
  const authority = await open(options);
  const made = key === undefined ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : null;
  const holder =
    number === undefined
      ? { kind: "person" as const, name, email: email! }
      : { kind: "station" as const, name, keyId: number };
  const certificate = await authority.issue(holder, made?.publicKey ?? publicKeyOf(key!), { days });
  if (made) {
    const path = `${certificate.serial.slice(0, 8)}.key.pem`;
    writeFileSync(path, made.privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
    say(`${path}  private: for ${name} alone`);
  }
  tell(certificate, options.folder);
}

function tell({ serial, to }: Certificate, folder: string): void {
  say(`${folder}/certificates/${serial}.pem  valid until ${isoTime(to, 0)}`);
}

async function revoke(
  serial: string,
  reason: RevocationReason,
  options: KeyOptions & { readonly at?: number },
): Promise<void> {
  await (await open(options)).revoke(serial, reason, options.at);
  say(`${options.folder}/revocations.crl.pem  is to be copied to whoever verifies`);
}

async function list({ folder, json }: FolderOption & { readonly json?: boolean }): Promise<void> {
  const { holderText, revocationOf } = await import("@harken/center");
  const authority = await openPublic(folder);
  const rows = [authority.certificate, ...authority.certificates].map((one) => ({
    ...{ serial: one.serial, holder: one.holder, from: one.from, to: one.to },
    revoked: revocationOf(authority, one),
  }));
  if (json) return printJson(rows);
  for (const { serial, holder, to, revoked } of rows)
    say(
      `${serial.slice(0, 8)}  until ${isoTime(to, 0)}  ${holderText(holder)}${revoked ? `  revoked ${isoTime(revoked.time, 0)}: ${revoked.reason}` : ""}`,
    );
}

async function check({ folder, within }: FolderOption & { readonly within: number }): Promise<void> {
  const { expiryWarnings } = await import("@harken/center");
  const warnings = expiryWarnings(await openPublic(folder), clock(), within);
  for (const { detail } of warnings) say(detail);
  if (warnings.length > 0) process.exitCode = 1;
  else say(`Nothing expires within ${within} days.`);
}

async function changeKey(
  station: string,
  oldKeyId: number,
  keyId: number,
  options: SignerOptions & { readonly at: number },
): Promise<void> {
  const { keyChangeCommand } = await import("@harken/center");
  const message = { id: `${Math.floor(clock())}`, source: "AUTHORITY" };
  await printSigned(keyChangeCommand(message, { station, oldKeyId, keyId, from: options.at }), options);
}

async function sign(file: string, options: SignerOptions): Promise<void> {
  await printSigned(readFile(file).toString("utf8"), options);
}

async function printSigned(text: string, options: SignerOptions): Promise<void> {
  const { signMessage } = await import("@harken/center");
  const certificate = new Uint8Array(new X509Certificate(readFile(options.certificate)).raw);
  const key = createPrivateKey(readFile(options.key));
  process.stdout.write(signMessage(text, { certificate, key }, clock()));
}

async function verify(file: string, { folder }: FolderOption): Promise<void> {
  const { holderText, readSignedMessage, authorityErrors } = await import("@harken/center");
  const read = readSignedMessage(readFile(file), await openPublic(folder), clock());
  if (!read.ok) throw authorityErrors.make("NOT_BELIEVED", { reason: read.reason });
  process.stderr.write(`Signed by ${holderText(read.signer.holder)}\n`);
  process.stdout.write(read.text);
}

async function open(options: KeyOptions): Promise<Authority> {
  const { openAuthority } = await import("@harken/center");
  return openAuthority(resolve(options.folder), { passphrase: passphraseOf(options), clock });
}

async function openPublic(folder: string): Promise<PublicAuthority> {
  const { readPublicAuthority } = await import("@harken/center");
  return readPublicAuthority(resolve(folder));
}

const passphraseOf = ({ passphraseFile }: KeyOptions): string | null =>
  passphraseFile === undefined ? null : readFile(passphraseFile).toString("utf8").trim();

function publicKeyOf(file: string): KeyObject {
  try {
    return createPublicKey(readFile(file));
  } catch (cause) {
    throw cliErrors.make(
      "BAD_OPTION",
      { option: "--key", value: file, advice: "Give a PEM file of a public key." },
      cause,
    );
  }
}

function readFile(path: string): Buffer {
  if (!existsSync(path)) throw cliErrors.make("NOT_FOUND", { path });
  return readFileSync(path);
}
