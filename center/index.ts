export { centerErrors } from "./errors.ts";
export { type CenterOptions, CenterSettings } from "./options.ts";
export * from "./plan.ts";
export { type CenterRecipe, centerRecipe } from "./recipe.ts";
export { type Center, startCenter } from "./start.ts";
export { concentrationNetcdf, sensitivityNetcdf } from "./transport/netcdf.ts";
export { type TransportRequest, transport, writeWhole } from "./transport/transport.ts";
export { openWeatherFiles, type ReadBytes, type WeatherFiles } from "./transport/weatherFiles.ts";
export { checkPlace, type WeatherRegion } from "./transport/weatherIndex.ts";
