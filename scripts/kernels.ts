/**
 * Kernels from AssemblyScript: every `kernels/NAME.as.ts` becomes `NAME.wasm.ts` beside it, the module as base64 text, which is committed.
 * With `--check` nothing is written, and a text that is not what the source gives is a failure.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import asc from "assemblyscript/asc";
import { root } from "./machine.ts";

const OPTIONS = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd", "--use", "abort="];

async function compile(source: string): Promise<string> {
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main([source, ...OPTIONS, "--outFile", "module.wasm"], {
    readFile: (name, base) => {
      try {
        return readFileSync(`${base}/${name}`, "utf8");
      } catch {
        // The compiler tries several places for each import and is told by null that there is nothing.
        return null;
      }
    },
    writeFile: (_name, contents) => {
      binary = contents as Uint8Array;
    },
  });
  if (error || !binary) throw new Error(`${source}: ${stderr.toString() || String(error)}`);
  const base64 = Buffer.from(binary).toString("base64");
  return `// Made by npm run build from ${source.split("/").at(-1)}; not to be edited.\nexport const wasmBase64 =\n  "${base64}";\n`;
}

/** Sources whose modules are not what they give; written unless `check`. */
export async function buildKernels({ check }: { readonly check: boolean }): Promise<string[]> {
  process.chdir(root);
  const changed: string[] = [];
  for (const source of globSync("{signal,formats}/**/kernels/*.as.ts").sort()) {
    const target = source.replace(/\.as\.ts$/, ".wasm.ts");
    const text = await compile(source);
    const before = globSync(target).length > 0 ? readFileSync(target, "utf8") : "";
    if (before === text) continue;
    changed.push(source);
    if (!check) writeFileSync(target, text);
  }
  return changed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const check = process.argv.includes("--check");
  const changed = await buildKernels({ check });
  for (const source of changed)
    process.stdout.write(`${source} ${check ? "does not give its module: npm run build" : "compiled"}\n`);
  process.exitCode = check && changed.length > 0 ? 1 : 0;
}
