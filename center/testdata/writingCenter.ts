/** A centre at work, for `backup.test.ts`: gives an account one address after the other until it is ended. Prints `ready` after the first. */
import { openStore } from "@harken/store";
import { createPeople } from "../people/people.ts";

const store = await openStore({ file: process.argv[2]! });
const people = createPeople({ store, clock: () => Date.now() / 1000 });
for (let i = 0; ; i++) {
  await people.addAddress("Ana", `a${i}@ndc.example`, "test");
  if (i === 0) process.stdout.write("ready\n");
}
