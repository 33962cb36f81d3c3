/** Against the RFC's own vector, and what must never be let in. */
import assert from "node:assert/strict";
import { argon2Sync } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { hashPassword, isPassword } from "./password.ts";

test("the function beneath is RFC 9106's argon2id: its test vector", () => {
  const fill = (length: number, value: number) => Buffer.alloc(length, value);
  const tag = argon2Sync("argon2id", {
    ...{ message: fill(32, 1), nonce: fill(16, 2), secret: fill(8, 3), associatedData: fill(12, 4) },
    ...{ memory: 32, passes: 3, parallelism: 4, tagLength: 32 },
  });
  assert.equal(Buffer.from(tag).toString("hex"), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
});

test("a password is known again, in any normal form of its letters; another is not; no two secrets are alike", async () => {
  const [one, two] = [await hashPassword("Zürich and the sea"), await hashPassword("Zürich and the sea")];
  assert.notEqual(one, two);
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.ok(await isPassword("Zu\u0308rich and the sea", one));
  assert.ok(!(await isPassword("Zurich and the sea", one)));
  assert.ok(!(await isPassword("", one)));
});

test("a secret of the reference program is understood", async () => {
  // echo -n password | argon2 somesalt -id -t 2 -m 16 -p 1 -l 32 -e, as the reference's own test has it.
  const secret = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
  assert.ok(await isPassword("password", secret));
  assert.ok(!(await isPassword("Password", secret)));
});

test("whatever stands in the place of a secret lets nobody in", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 120 }), async (secret) => {
      assert.equal(await isPassword(secret, secret), false);
    }),
    { numRuns: 200 },
  );
});
