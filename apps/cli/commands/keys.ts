/** `harken keys`: makes the pair of keys that a station signs with and a centre verifies by. */
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { cliErrors } from "../errors.ts";
import { numberOption } from "../options.ts";

interface Options {
  readonly out: string;
  readonly algorithm: "ed25519" | "ecdsa" | "dsa";
}

export function keysCommand(): Command {
  return new Command("keys")
    .description("Make a key pair for a station: the private key stays with it, the public one goes to the centre.")
    .argument("<owner>", "station (or centre) whose key it is")
    .argument("<number>", "the number that frames name the key by", numberOption("<number>", 1, 2 ** 31 - 1))
    .option("--out <folder>", "where to write OWNER-NUMBER.pem and OWNER-NUMBER.pub.pem", ".")
    .addOption(
      new Option("--algorithm <name>", "dsa is for old receivers only: 1024 bits with SHA-1")
        .choices(["ed25519", "ecdsa", "dsa"])
        .default("ed25519"),
    )
    .action((owner: string, keyId: number, { out, algorithm }: Options) => {
      const { publicKey, privateKey } =
        algorithm === "dsa"
          ? generateKeyPairSync("dsa", { modulusLength: 1024, divisorLength: 160 })
          : algorithm === "ecdsa"
            ? generateKeyPairSync("ec", { namedCurve: "P-256" })
            : generateKeyPairSync("ed25519");
      mkdirSync(out, { recursive: true });
      const [secret, open] = [join(out, `${owner}-${keyId}.pem`), join(out, `${owner}-${keyId}.pub.pem`)] as const;
      for (const path of [secret, open])
        if (existsSync(path)) throw cliErrors.make("NOT_WRITABLE", { path, reason: "it is there already" });
      writeFileSync(secret, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
      writeFileSync(open, publicKey.export({ type: "spki", format: "pem" }));
      process.stdout.write(`${secret}  private: stays at the station\n${open}  public: for the centre\n`);
    });
}
