/** Tables of samples and emitters from files. */
import type { Emitter } from "@harken/atmosphere";
import { type ListedSample, parseInventory, parseSamples } from "@harken/center";
import { cliErrors } from "./errors.ts";
import { loadBytes } from "./input.ts";

/** Throws NOT_FOUND or BAD_TABLE. */
export const readSamples = (path: string): ListedSample[] => parseSamples(textOf(path), path);

/** Throws NOT_FOUND or BAD_TABLE. */
export const readInventory = (path: string): Emitter[] => parseInventory(textOf(path), path);

function textOf(path: string): string {
  const bytes = loadBytes(path);
  if (!(bytes instanceof Uint8Array)) throw cliErrors.make("NOT_FOUND", { path });
  return new TextDecoder().decode(bytes);
}
