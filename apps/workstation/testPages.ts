/** What the tests of the pages share: the built pages, served under the centre's own policy, and the browser. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../", import.meta.url));

export interface BuiltPages {
  readonly folder: string;
  remove(): void;
}

/** Builds all pages into a folder of their own. */
export function buildPages(): BuiltPages {
  const folder = mkdtempSync(join(tmpdir(), "harken-pages-"));
  const vite = join(root, "node_modules/vite/bin/vite.js");
  execFileSync(process.execPath, [vite, "build", "apps/workstation", "--outDir", folder, "--logLevel", "warn"], {
    cwd: root,
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
};

/** As the centre's own, so that the pages are known to work under it. */
const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'";

/** Answers with a file of the built pages. */
export function sendPage(folder: string, path: string, response: ServerResponse): void {
  const file = path === "/" ? "index.html" : path.slice(1);
  try {
    const bytes = readFileSync(join(folder, file));
    const type = mediaTypes[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-security-policy": policy }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}
