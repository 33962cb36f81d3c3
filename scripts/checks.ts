/** The static checks: types in three worlds (pure, Node, browser), lint and format, package boundaries, kernels. Each counts as one test. */
import { run } from "./machine.ts";

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly output: string;
  readonly seconds: number;
}

/** Code that breaks the rules on purpose. */
const PLANTED = "scripts/planted/";
/** Fewest modules the boundary check must have seen; fewer means that it looked in the wrong place. */
const MINIMUM_MODULES = 100;

async function command(name: string, bin: string, args: readonly string[]): Promise<CheckResult> {
  const { status, output, seconds } = await run(`node_modules/.bin/${bin}`, args, { NO_COLOR: "1" });
  return { name, ok: status === 0, output, seconds };
}

const cruise = (target: readonly string[]) =>
  run("node_modules/.bin/depcruise", ["--config", ".dependency-cruiser.js", "--output-type", "json", ...target]);

const ourFolders =
  "core signal earth formats waveform radionuclide atmosphere treaty simulator api store center testing apps scripts".split(
    " ",
  );

async function boundaries(): Promise<CheckResult> {
  const name = "package boundaries";
  const { output, seconds } = await cruise(ourFolders);
  let summary: { violations: { rule: { name: string }; from: string; to: string }[]; totalCruised: number };
  try {
    summary = JSON.parse(output).summary;
  } catch (cause) {
    return {
      name,
      ok: false,
      output: `dependency-cruiser printed no JSON (${String(cause)}):\n${output.slice(0, 2000)}`,
      seconds,
    };
  }
  const lines = summary.violations
    .filter((v) => !v.from.startsWith(PLANTED))
    .map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`);
  if (summary.totalCruised < MINIMUM_MODULES)
    lines.push(`only ${summary.totalCruised} modules seen, expected ${MINIMUM_MODULES}`);
  return { name, ok: lines.length === 0, output: lines.join("\n"), seconds };
}

/** The check of the check: a module that breaks the rules on purpose must be found. */
async function plantedViolation(): Promise<CheckResult> {
  const name = "package boundaries: a planted violation is found";
  const { output, seconds } = await cruise([`${PLANTED}core`]);
  const found = new Set<string>(
    (JSON.parse(output).summary.violations as { rule: { name: string } }[]).map((v) => v.rule.name),
  );
  const expected = ["core-imports-nothing", "pure-imports-no-node"];
  const missed = expected.filter((rule) => !found.has(rule));
  return {
    name,
    ok: missed.length === 0,
    output: missed.map((rule) => `${rule} was not reported`).join("\n"),
    seconds,
  };
}

/** The committed modules are what the compiler makes of their sources. */
async function kernels(): Promise<CheckResult> {
  const { status, output, seconds } = await run(process.execPath, ["scripts/kernels.ts", "--check"]);
  return { name: "kernels are what their sources give", ok: status === 0, output, seconds };
}

export const checks: readonly (() => Promise<CheckResult>)[] = [
  () => command("types: node", "tsc", ["-p", "tsconfig.node.json"]),
  () => command("types: pure (no DOM, no Node)", "tsc", ["-p", "tsconfig.pure.json"]),
  () => command("types: browser", "tsc", ["-p", "tsconfig.browser.json"]),
  () => command("lint and format", "biome", ["ci", "."]),
  boundaries,
  plantedViolation,
  kernels,
];
