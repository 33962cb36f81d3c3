export type { FileContents, FormatDescriptor, PartialContents, SiteRecord, WaveformReference } from "./contents.ts";
export { formats, readFile } from "./formats.ts";
export { decodeSac, type SacTrace } from "./sac/decode.ts";
export { encodeSac, type SacOptions } from "./sac/encode.ts";
export { mergeSegments } from "./segments.ts";
