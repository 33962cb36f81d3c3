/**
 * Passwords as argon2id (RFC 9106) in the PHC string form: $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH, base64 without padding. Memory and passes are
 * those that OWASP's cheat sheet recommends; a stored secret is judged by the numbers that stand in it.
 */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";

const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const SALT_BYTES = 16;
const HASH_BYTES = 32;
export const LEAST_LENGTH = 10;
export const MOST_LENGTH = 200;

interface Costs {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

function hash(password: string, salt: Uint8Array, { memory, passes, parallelism }: Costs, length: number) {
  return new Promise<Buffer>((resolve, reject) => {
    const asked = { message: Buffer.from(password.normalize("NFC")), nonce: salt, tagLength: length };
    argon2("argon2id", { ...asked, memory, passes, parallelism }, (cause, tag) =>
      cause ? reject(cause) : resolve(Buffer.from(tag)),
    );
  });
}

const unpadded = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const costs = { memory: MEMORY_KIB, passes: PASSES, parallelism: PARALLELISM };
  const tag = await hash(password, salt, costs, HASH_BYTES);
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${PARALLELISM}$${unpadded(salt)}$${unpadded(tag)}`;
}

const FORM = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,88})\$([A-Za-z0-9+/]{22,88})$/;

/** False for a secret that is in no known form too. */
export async function isPassword(password: string, secret: string): Promise<boolean> {
  const match = FORM.exec(secret);
  if (!match || password.length > MOST_LENGTH) return false;
  const [, memory, passes, parallelism, salt, tag] = match as unknown as string[];
  const expected = Buffer.from(tag!, "base64");
  const costs = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return timingSafeEqual(await hash(password, Buffer.from(salt!, "base64"), costs, expected.length), expected);
}
