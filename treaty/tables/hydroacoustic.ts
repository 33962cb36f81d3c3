/**
 * The 11 hydroacoustic stations (HA01 to HA11): six by hydrophones, five by seismometers on islands (T phases).
 *
 * Sources: numbers, names and host States are those of Annex 1 to the Protocol of the Treaty (from memory, see recalledColumns);
 * operational codes and positions are those of the station tables published with the GMS software, of the ISC's station list, and of public source code.
 */
import type { FacilityRow } from "../facility.ts";

export const hydroacousticRows: readonly FacilityRow[] = [
  ["HA01", "H01W", "Cape Leeuwin, WA", "Australia", -34.8929, 114.1539, 0, "hydrophone", "operational"],
  ["HA02", "H02", "Queen Charlotte Islands, B.C.", "Canada", 53.2519, -132.5419, 0.989, "t-phase", "operational"],
  ["HA03", "H03", "Juan Fernandez Islands", "Chile", -33.45802, -78.93414, -1.538, "hydrophone", "operational"],
  ["HA04", "H04", "Crozet Islands", "France", -46.18933, 51.58465, 0, "hydrophone", "operational"],
  ["HA05", "H05", "Guadeloupe", "France", 16.31639, -61.056, 0.268, "t-phase", "operational"],
  [
    "HA06",
    "H06",
    "Clarion Island (operational: Socorro)",
    "Mexico",
    18.8616,
    -110.9861,
    0.016,
    "t-phase",
    "operational",
  ],
  ["HA07", "H07", "Flores", "Portugal", 39.69115, -31.11958, 0.479, "t-phase", "operational"],
  [
    "HA08",
    "H08",
    "BIOT/Chagos Archipelago (Diego Garcia)",
    "United Kingdom",
    -6.3421,
    71.0143,
    0,
    "hydrophone",
    "operational",
  ],
  ["HA09", "H09", "Tristan da Cunha", "United Kingdom", -37.06811, -12.31523, 0, "t-phase", "operational"],
  ["HA10", "H10", "Ascension", "United States of America", -7.84567, -14.48023, 0, "hydrophone", "operational"],
  ["HA11", "H11", "Wake Island", "United States of America", 19.71356, 166.89109, 0, "hydrophone", "operational"],
];
