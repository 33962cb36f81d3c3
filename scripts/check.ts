/** `npm run check`: the static checks alone. */
import { checks } from "./checks.ts";
import { runAll } from "./machine.ts";

const results = await runAll(2, checks);
for (const { name, ok, output, seconds } of results) {
  process.stdout.write(`${ok ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)\n`);
  if (!ok) process.stdout.write(`${output.replace(/^/gm, "    ")}\n`);
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
