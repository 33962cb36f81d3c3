/** The version of Harken, as the root's package.json has it. */
import manifest from "../../package.json" with { type: "json" };

export const version: string = manifest.version;
