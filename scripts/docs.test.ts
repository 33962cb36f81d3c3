/**
 * The documentation's examples are run: every fenced block marked `sh example` in README.md and docs/ is executed line by line, and each
 * command must succeed. Links between the pages and to pictures must lead somewhere.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { root } from "./machine.ts";

const pages = ["README.md", ...globSync("docs/**/*.md", { cwd: root })].sort();

function examples(page: string): string[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/```sh example\n([\s\S]*?)```/g)].flatMap((match) =>
    match[1]!.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("#")),
  );
}

for (const page of pages) {
  for (const command of examples(page)) {
    test(`${page}: ${command}`, () => {
      const folder = mkdtempSync(join(tmpdir(), "harken-docs-"));
      symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
      const { status, stderr, stdout } = spawnSync("sh", ["-c", command], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, PATH: `${root}/node_modules/.bin:${process.env["PATH"]}` },
        timeout: 120_000,
      });
      rmSync(folder, { recursive: true, force: true });
      assert.equal(status, 0, stderr || stdout);
      assert.ok(stdout.trim().length > 0, "prints something");
    });
  }
  test(`${page}: links lead somewhere`, () => {
    const text = readFileSync(join(root, page), "utf8");
    for (const [, target] of text.matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)) {
      assert.ok(existsSync(join(root, dirname(page), target!)), `${page} links to ${target}`);
    }
  });
}

test("there are examples to run", () => {
  assert.ok(pages.flatMap(examples).length >= 5);
});
