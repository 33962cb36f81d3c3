/**
 * Checks XML against a schema of the reference data with xmllint, where both are there.
 *
 *     schemaTest("the station list is valid", "formats/xsd/fdsn-station.xsd", (complaints) => assert.equal(complaints(xml), ""));
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { referencePath } from "./referenceData.ts";

const XMLLINT = "/usr/bin/xmllint";

/** `body` gets a function that says what is wrong with a document, "" when nothing is. */
export function schemaTest(name: string, schema: string, body: (complaints: (xml: string) => string) => void): void {
  const path = referencePath(schema);
  const skip = !path ? `reference data absent: ${schema}` : existsSync(XMLLINT) ? false : `${XMLLINT} is not installed`;
  test(name, { skip }, () =>
    body((xml) => {
      const { status, stderr } = spawnSync(XMLLINT, ["--noout", "--nonet", "--schema", path!, "-"], {
        input: xml,
        encoding: "utf8",
      });
      return status === 0 ? "" : stderr.slice(0, 2_000) || `xmllint ended with ${status}`;
    }),
  );
}
