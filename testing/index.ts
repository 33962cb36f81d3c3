export { fuzzDecoder, mutate } from "./fuzz.ts";
export { referencePath, referenceTest, testScale } from "./referenceData.ts";
export { filesUnder, type Recordings, recordingsUnder } from "./referenceFiles.ts";
export { type PrivateNats, type PrivatePostgres, privateNats, privatePostgres } from "./servers.ts";
export { type TestWeather, testWeather } from "./testWeather.ts";
export { schemaTest } from "./xmlSchema.ts";
