export { fuzzDecoder, mutate } from "./fuzz.ts";
export { referencePath, referenceTest, testScale } from "./referenceData.ts";
export { schemaTest } from "./xmlSchema.ts";
