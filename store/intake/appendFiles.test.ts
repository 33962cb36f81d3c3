import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { appendFiles } from "./appendFiles.ts";
import { FileAppender } from "./fileAppender.ts";
import { FileSystemSync } from "./fileSystemSync.ts";

const root = mkdtempSync(join(tmpdir(), "harken-append-"));
after(() => rmSync(root, { recursive: true, force: true }));

const whole = new FileSystemSync(root);
const syncAll = () => whole.sync();
after(() => whole.close());

/** Bytes for `count` files in folders of their own, file i with i + 1 bytes. */
function batchOf(count: number, folder: string) {
  const parts = Array.from({ length: count }, (_, i) => ({ path: `${folder}/${i % 7}/${i}`, length: i + 1 }));
  return { parts, bytes: Buffer.concat(parts.map(({ length }, i) => Buffer.alloc(length, i % 256))) };
}

for (const [name, count] of [
  ["few", 3],
  ["many", 300],
] as const)
  test(`each of ${name} files gets its bytes, behind what it has`, async () => {
    const { parts, bytes } = batchOf(count, name);
    assert.deepEqual(await appendFiles(root, bytes, parts, syncAll), { sizes: parts.map(() => 0), failure: null });
    assert.deepEqual(await appendFiles(root, bytes, parts, syncAll), {
      sizes: parts.map(({ length }) => length),
      failure: null,
    });
    for (const [i, { path, length }] of parts.entries())
      assert.deepEqual([...readFileSync(join(root, path))], new Array(2 * length).fill(i % 256));
  });

test("where the file system cannot be synced as a whole, each file is", async () => {
  const { parts, bytes } = batchOf(300, "each");
  const { sizes, failure } = await appendFiles(root, bytes, parts, async () => false);
  assert.deepEqual([sizes.length, failure], [300, null]);
  assert.equal(statSync(join(root, parts[299]!.path)).size, 300);
});

test("the file system is synced again and again by one shell; where there is none, or no command, that is told", async () => {
  const fileSystem = new FileSystemSync(root);
  const isLinux = process.platform === "linux";
  for (let k = 0; k < 20; k++) assert.equal(await fileSystem.sync(), isLinux);
  fileSystem.close();
  assert.equal(await fileSystem.sync(), isLinux);
  fileSystem.close();
  assert.equal(await new FileSystemSync(join(root, "not there")).sync(), false);
  const { PATH } = process.env;
  process.env["PATH"] = join(root, "nothing");
  try {
    assert.equal(await fileSystem.sync(), false);
  } finally {
    process.env["PATH"] = PATH;
  }
});

test("what cannot be written is told, with the sizes of what was written before", async () => {
  const { parts, bytes } = batchOf(10, "refused");
  mkdirSync(join(root, parts[6]!.path), { recursive: true });
  const { sizes, failure } = await appendFiles(root, bytes, parts, syncAll);
  assert.deepEqual(sizes, [0, 0, 0, 0, 0, 0]);
  assert.match(failure!, /EISDIR/);
});

const mountable = process.getuid?.() === 0 && spawnSync("mount", ["--version"]).status === 0;

test("a full disk leaves no part of a piece behind", {
  skip: mountable ? false : "no disk can be mounted here",
}, async (t) => {
  const disk = join(root, "disk");
  mkdirSync(disk);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
  if (mounted.status !== 0) return t.skip(`no disk can be mounted here: ${mounted.stderr}`);
  try {
    const parts = ["a", "b", "c"].map((path) => ({ path, length: 30_000 }));
    const { sizes, failure } = await appendFiles(disk, new Uint8Array(90_000), parts, syncAll);
    assert.match(failure!, /ENOSPC/);
    assert.equal(sizes.length, 2);
    assert.deepEqual(
      parts.map(({ path }) => statSync(join(disk, path)).size),
      [30_000, 30_000, 0],
    );
  } finally {
    spawnSync("umount", ["-l", disk]);
  }
});

test("the thread does the same, also after it was closed", async () => {
  const appender = new FileAppender(root);
  const files = [{ path: "thread/file", bytes: Uint8Array.of(1, 2, 3) }];
  assert.deepEqual(await appender.append(files), { sizes: [0], failure: null });
  await appender.close();
  assert.deepEqual(await appender.append(files), { sizes: [3], failure: null });
  await appender.close();
  assert.deepEqual([...readFileSync(join(root, "thread/file"))], [1, 2, 3, 1, 2, 3]);
});
