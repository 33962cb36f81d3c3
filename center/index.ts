export { centerErrors } from "./errors.ts";
export { type CenterOptions, CenterSettings } from "./options.ts";
export * from "./plan.ts";
export { type CenterRecipe, centerRecipe } from "./recipe.ts";
export { type Center, startCenter } from "./start.ts";
