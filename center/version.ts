/** The version of Harken, as this package's manifest has it. */
import manifest from "./package.json" with { type: "json" };

export const version: string = manifest.version;
