export type { FileContents, FormatDescriptor, PartialContents, SiteRecord, WaveformReference } from "./contents.ts";
export { formats, readFile } from "./formats.ts";
export { decodeSac, type SacTrace } from "./sac/decode.ts";
export { encodeSac, type SacOptions } from "./sac/encode.ts";
export { decodeSacPoleZero } from "./sacpz/decode.ts";
export { encodeSacPoleZero, poleZeroOf } from "./sacpz/encode.ts";
export { mergeSegments } from "./segments.ts";
export { defaultGroupingRule, type GroupingRule, stationsFromRecords } from "./stations.ts";
