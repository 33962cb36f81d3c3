export {
  cellAreaKm2,
  cellCentre,
  cellIndex,
  globalGrid,
  isGlobalInLongitude,
  type LatLonGrid,
} from "./grid/latLonGrid.ts";
