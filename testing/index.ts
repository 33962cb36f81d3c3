export { referencePath, referenceTest, testScale } from "./referenceData.ts";
