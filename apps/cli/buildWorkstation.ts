/**
 * Builds the browser pages with Vite when they are missing or older than their sources. `npm start` calls it, so a clean clone needs no
 * separate build step.
 */
import { spawn } from "node:child_process";
import { existsSync, globSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const index = `${root}apps/workstation/dist/index.html`;

/** Folder of the built pages. */
export const pagesFolder = `${root}apps/workstation/dist`;

function upToDate(): boolean {
  if (!existsSync(index)) return false;
  const built = statSync(index).mtimeMs;
  const sources = globSync("{core,signal,earth,formats,waveform,treaty,api,apps/workstation}/**/*.{ts,tsx,css,html}", {
    cwd: root,
    exclude: (path) => /node_modules|\/dist|\.test\.ts$/.test(path),
  });
  return sources.every((source) => statSync(`${root}${source}`).mtimeMs <= built);
}

/** Resolves when the pages are there; rejects with Vite's own words when they do not build. */
export async function buildWorkstation(options: { force?: boolean; log?: (line: string) => void } = {}): Promise<void> {
  if (!options.force && upToDate()) return;
  const started = Date.now();
  const output: Buffer[] = [];
  const child = spawn(
    process.execPath,
    [`${root}node_modules/vite/bin/vite.js`, "build", "apps/workstation", "--logLevel", "warn"],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  const status = await new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
  if (status !== 0) throw new Error(`The browser pages did not build:\n${Buffer.concat(output).toString()}`);
  options.log?.(`Built the browser pages in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
}
