/**
 * Where the reference data of the tests live: `../shared/data` beside the checkout, or the folder named by `HARKEN_REFERENCE_DATA`.
 * Tests that need a file of it skip with a printed reason where it is absent; a folder that is named but missing is a failure.
 *
 *     import { referenceTest } from "@harken/testing";
 *     referenceTest("decodes the stored vector", ["formats/cd11/cc.w"], async (_t, [path]) => { ... });
 */
import { existsSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { fileURLToPath } from "node:url";

const named = process.env["HARKEN_REFERENCE_DATA"];
const root = named ?? fileURLToPath(new URL("../../shared/data/", import.meta.url));
if (named !== undefined && !existsSync(named)) {
  throw new Error(`HARKEN_REFERENCE_DATA names ${named}, which does not exist. Unset it or correct it.`);
}

/** Absolute path of a file or folder of the reference data, or null when it is absent. */
export function referencePath(relative: string): string | null {
  const path = `${root.replace(/\/$/, "")}/${relative}`;
  return existsSync(path) ? path : null;
}

/** A test that runs only where every named file or folder exists; the paths are handed over in the same order. */
export function referenceTest(
  name: string,
  relativePaths: readonly string[],
  body: (t: TestContext, paths: readonly string[]) => void | Promise<void>,
): void {
  const missing = relativePaths.find((relative) => referencePath(relative) === null);
  const skip = missing === undefined ? false : `reference data absent: ${missing}`;
  test(name, { skip }, (t) =>
    body(
      t,
      relativePaths.map((relative) => referencePath(relative)!),
    ),
  );
}

/** Sizes: `full` runs what the issues name, otherwise a smaller number of the same cases. */
export function testScale(full: number, small: number): number {
  return process.env["HARKEN_TEST_SCALE"] === "full" ? full : small;
}
