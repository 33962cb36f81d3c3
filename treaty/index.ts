export {
  facilitiesOfState,
  facilityOfStation,
  facilityOfTreatyCode,
  imsFacilities,
  stationsOfRole,
} from "./facilities.ts";
export {
  type Facility,
  type FacilityKind,
  type FacilityRole,
  type PositionSource,
  recalledColumns,
} from "./facility.ts";
