export type { FileContents, FormatDescriptor, PartialContents, SiteRecord, WaveformReference } from "./contents.ts";
export { formats, readFile } from "./formats.ts";
export { mergeSegments } from "./segments.ts";
