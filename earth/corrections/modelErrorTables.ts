/**
 * Standard deviation of the travel-time prediction of each phase, s, against distance and depth: what the path through the real Earth differs
 * from the spherical model. The figures are the modelling errors distributed with the IDC-lineage ak135 tables of the open GMS release
 * (version 2.2 of 1996), thinned to their corners; the station weights of a real IDC bulletin agree with them. Linear between corners,
 * constant outside.
 */

export interface ModelErrorTable {
  readonly deltasDeg: readonly number[];
  readonly depthsKm: readonly number[];
  /** One row for each depth. */
  readonly errorsSec: readonly (readonly number[])[];
}

export const modelErrorTables: Readonly<Record<string, ModelErrorTable>> = {
  P: {
    deltasDeg: [
      0, 0.2, 0.5, 1, 2, 3, 4, 8, 12, 15, 17, 19, 25, 33, 37, 49, 57, 65, 79, 83, 91, 93, 97, 101, 104, 109, 114, 119,
      121, 129, 137, 139, 142, 145, 180,
    ],
    depthsKm: [0, 200],
    errorsSec: [
      [
        0.1, 0.5, 1, 1.5, 2.1, 2.4, 2.6, 2.7, 2.9, 3.6, 3, 2.1, 1.4, 1.4, 1.3, 1.3, 1.2, 1.1, 1.1, 1.2, 1.3, 1.4, 1.4,
        2, 2.3, 2.6, 1.4, 1.4, 1.3, 1.3, 2.3, 3.3, 3.7, 1.8, 1.8,
      ],
      [
        0.7, 0.7, 0.7, 1, 1.5, 1.7, 1.8, 1.9, 2, 2.5, 2.1, 1.4, 1, 1, 0.9, 0.9, 0.8, 0.8, 0.8, 0.9, 1.1, 1.2, 1.2, 1.9,
        2.2, 2.4, 1.2, 1.2, 1.1, 1.1, 2.2, 3.3, 3.7, 1.5, 1.5,
      ],
    ],
  },
  Pn: {
    deltasDeg: [0, 0.2, 0.5, 1, 2, 3, 4, 8, 12, 15, 17],
    depthsKm: [0],
    errorsSec: [[0.1, 0.5, 1, 1.5, 2.1, 2.4, 2.6, 2.7, 2.9, 3.6, 3]],
  },
  Pg: {
    deltasDeg: [0, 0.2, 0.5, 1, 2, 3, 4, 10, 20],
    depthsKm: [0],
    errorsSec: [[0.1, 0.5, 1, 1.5, 2.1, 2.5, 3, 4.8, 6.8]],
  },
  Pb: {
    deltasDeg: [0, 0.2, 0.5, 1, 2, 4, 6, 8, 10],
    depthsKm: [0],
    errorsSec: [[0.2, 0.5, 1.3, 1.7, 2.4, 3.6, 4.2, 4.9, 5.5]],
  },
  S: {
    deltasDeg: [0, 16, 18, 98, 112, 114, 180],
    depthsKm: [0],
    errorsSec: [[0.1, 5.5, 1.3, 1.3, 5.5, 1.3, 1.3]],
  },
  Sn: {
    deltasDeg: [0, 0.2, 0.5, 1, 2, 3, 4, 8, 12, 15, 17],
    depthsKm: [0],
    errorsSec: [[0.2, 1, 2, 3, 4.2, 4.8, 5.2, 5.4, 5.8, 7.3, 5.9]],
  },
  Sg: {
    deltasDeg: [0, 0.2, 0.5, 1, 2, 4, 6, 8, 10, 30],
    depthsKm: [0],
    errorsSec: [[0.2, 0.5, 1.3, 1.7, 2.4, 3.6, 4.2, 4.9, 5.5, 9.5]],
  },
  Sb: {
    deltasDeg: [0, 0.2, 0.5, 1, 2, 4, 6, 8, 10],
    depthsKm: [0],
    errorsSec: [[0.2, 0.5, 1.3, 1.7, 2.4, 3.6, 4.2, 4.9, 5.5]],
  },
  Lg: {
    deltasDeg: [0, 0.2, 0.5, 1, 2, 4, 6, 8, 10, 30],
    depthsKm: [0],
    errorsSec: [[0.2, 0.5, 1.3, 1.7, 2.4, 3.6, 4.2, 4.9, 5.5, 9.5]],
  },
  Rg: {
    deltasDeg: [0, 1, 2, 5, 20],
    depthsKm: [0],
    errorsSec: [[0.3, 2, 3, 5, 20]],
  },
  PP: {
    deltasDeg: [0, 0.4, 1, 2, 4, 6, 8, 16, 24, 30, 34, 38, 50, 66, 74, 98, 114, 130, 158, 166, 180],
    depthsKm: [0, 200],
    errorsSec: [
      [0.1, 1.1, 1.5, 2.1, 3, 3.4, 3.7, 3.8, 4.1, 5.2, 4.2, 3, 2, 2, 1.9, 1.9, 1.8, 1.5, 1.5, 1.8, 1.9],
      [0.7, 0.9, 1.2, 1.8, 2.6, 2.9, 3.3, 3.3, 3.5, 4.4, 3.6, 2.5, 1.8, 1.8, 1.5, 1.5, 1.4, 1.3, 1.3, 1.4, 1.5],
    ],
  },
  SS: {
    deltasDeg: [0, 44, 48, 180],
    depthsKm: [0],
    errorsSec: [[0.1, 10, 2.1, 2.1]],
  },
  PS: {
    deltasDeg: [0, 36, 40, 180],
    depthsKm: [0],
    errorsSec: [[0.1, 6.5, 1.7, 1.7]],
  },
  SP: {
    deltasDeg: [0, 36, 40, 180],
    depthsKm: [0],
    errorsSec: [[0.1, 6.5, 1.7, 1.7]],
  },
  pP: {
    deltasDeg: [
      0, 0.2, 0.5, 1, 2, 3, 4, 8, 12, 15, 17, 19, 25, 33, 37, 49, 65, 79, 83, 91, 93, 97, 101, 104, 109, 114, 119, 121,
      129, 137, 139, 142, 145, 180,
    ],
    depthsKm: [0, 200],
    errorsSec: [
      [
        0.1, 0.5, 1, 1.5, 2.1, 2.4, 2.6, 2.7, 2.9, 3.6, 3, 2.1, 1.4, 1.4, 1.3, 1.3, 1.1, 1.1, 1.2, 1.3, 1.4, 1.4, 2,
        2.3, 2.6, 1.4, 1.4, 1.3, 1.3, 2.3, 3.3, 3.7, 1.7, 1.7,
      ],
      [
        0.7, 0.9, 1.2, 1.7, 2.3, 2.5, 2.7, 2.8, 3, 3.7, 3.1, 2.2, 1.7, 1.6, 1.5, 1.5, 1.3, 1.3, 1.4, 1.5, 1.7, 1.7, 2.1,
        2.5, 2.6, 1.7, 1.7, 1.5, 1.5, 2.5, 3.4, 3.9, 1.9, 1.9,
      ],
    ],
  },
  sP: {
    deltasDeg: [
      0, 0.2, 0.5, 1, 2, 3, 4, 8, 12, 15, 17, 19, 25, 33, 37, 49, 65, 79, 83, 91, 93, 97, 101, 104, 109, 114, 119, 121,
      129, 137, 139, 142, 145, 180,
    ],
    depthsKm: [0, 200],
    errorsSec: [
      [
        0.1, 0.5, 1, 1.5, 2.1, 2.4, 2.6, 2.7, 2.9, 3.6, 3, 2.1, 1.4, 1.4, 1.3, 1.3, 1.1, 1.1, 1.2, 1.3, 1.4, 1.4, 2,
        2.3, 2.6, 1.4, 1.4, 1.3, 1.3, 2.3, 3.3, 3.7, 1.8, 1.8,
      ],
      [
        1.4, 1.5, 1.7, 2.1, 2.5, 2.8, 3, 3, 3.2, 4, 3.3, 2.6, 2.1, 2.1, 2.1, 2.1, 1.9, 1.9, 2, 2.1, 2.1, 2.1, 2.5, 2.8,
        3.1, 2.1, 2.1, 2.1, 2.1, 2.8, 3.6, 4.1, 2.3, 2.3,
      ],
    ],
  },
  pS: {
    deltasDeg: [0, 16, 18, 98, 112, 114, 180],
    depthsKm: [0],
    errorsSec: [[0.1, 5, 1.2, 1.2, 5, 1.2, 1.2]],
  },
  sS: {
    deltasDeg: [0, 16, 18, 98, 112, 114, 180],
    depthsKm: [0],
    errorsSec: [[0.1, 5.5, 1.7, 1.7, 5.5, 1.7, 1.7]],
  },
  PcP: {
    deltasDeg: [0, 90],
    depthsKm: [0, 200],
    errorsSec: [
      [1.4, 1.4],
      [1.1, 1.1],
    ],
  },
  PcS: { deltasDeg: [0], depthsKm: [0], errorsSec: [[2]] },
  ScP: { deltasDeg: [0], depthsKm: [0], errorsSec: [[2]] },
  ScS: { deltasDeg: [0], depthsKm: [0], errorsSec: [[2]] },
  PKP: {
    deltasDeg: [114, 119, 121, 129, 137, 139, 142, 145, 180],
    depthsKm: [0, 200],
    errorsSec: [
      [1.4, 1.4, 1.3, 1.3, 2.3, 3.3, 3.7, 1.8, 1.8],
      [1.2, 1.2, 1.1, 1.1, 2.2, 3.3, 3.7, 1.5, 1.5],
    ],
  },
  PKPdf: {
    deltasDeg: [114, 119, 121, 129, 137, 139, 142, 145, 180],
    depthsKm: [0, 200],
    errorsSec: [
      [1.4, 1.4, 1.3, 1.3, 2.3, 3.3, 3.7, 1.8, 1.8],
      [1.2, 1.2, 1.1, 1.1, 2.2, 3.3, 3.7, 1.5, 1.5],
    ],
  },
  PKPbc: {
    deltasDeg: [145, 152, 155],
    depthsKm: [0, 200],
    errorsSec: [
      [1.4, 1.2, 1.4],
      [1.1, 0.9, 1.1],
    ],
  },
  PKPab: {
    deltasDeg: [144, 180],
    depthsKm: [0, 200],
    errorsSec: [
      [1.4, 1.4],
      [1.1, 1.1],
    ],
  },
  PKiKP: {
    deltasDeg: [0, 154],
    depthsKm: [0, 200],
    errorsSec: [
      [1.8, 1.8],
      [1.5, 1.5],
    ],
  },
  Pdiff: {
    deltasDeg: [98, 102, 110, 144],
    depthsKm: [0],
    errorsSec: [[1.3, 2.4, 4, 10]],
  },
  Sdiff: {
    deltasDeg: [100, 116, 144],
    depthsKm: [0],
    errorsSec: [[1.2, 5, 17]],
  },
  SKS: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.7]] },
  SKSac: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.7]] },
  SKSdf: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.7]] },
  SKP: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.2]] },
  SKPab: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.5]] },
  SKPbc: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.5]] },
  SKPdf: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.2]] },
  PKKP: { deltasDeg: [0], depthsKm: [0], errorsSec: [[2.7]] },
  PKKPdf: { deltasDeg: [0], depthsKm: [0], errorsSec: [[2.7]] },
  PKKPbc: { deltasDeg: [0], depthsKm: [0], errorsSec: [[3]] },
  PKKPab: { deltasDeg: [0], depthsKm: [0], errorsSec: [[3]] },
  PKPPKP: { deltasDeg: [0], depthsKm: [0], errorsSec: [[2.7]] },
  PKP3: { deltasDeg: [0], depthsKm: [0], errorsSec: [[3.5]] },
  PKP2df: { deltasDeg: [0], depthsKm: [0], errorsSec: [[2.7]] },
  PKP2bc: { deltasDeg: [0], depthsKm: [0], errorsSec: [[3]] },
  PKP2ab: { deltasDeg: [0], depthsKm: [0], errorsSec: [[3]] },
  SKKS: { deltasDeg: [0], depthsKm: [0], errorsSec: [[4]] },
  SKKP: { deltasDeg: [0], depthsKm: [0], errorsSec: [[3.2]] },
  PKS: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.2]] },
  pPKPdf: {
    deltasDeg: [114, 119, 121, 129, 137, 139, 142, 145, 180],
    depthsKm: [0, 200],
    errorsSec: [
      [1.4, 1.4, 1.3, 1.3, 2.3, 3.3, 3.7, 1.8, 1.8],
      [1.7, 1.7, 1.5, 1.5, 2.5, 3.4, 3.9, 1.9, 1.9],
    ],
  },
  pPKPbc: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1]] },
  pPKPab: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1]] },
  sPKPdf: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.2]] },
  pPKiKP: { deltasDeg: [0], depthsKm: [0], errorsSec: [[0.7]] },
  P3KPbc: { deltasDeg: [0], depthsKm: [0], errorsSec: [[3.8]] },
  P3KPdf: { deltasDeg: [0], depthsKm: [0], errorsSec: [[3.5]] },
  PKKSbc: { deltasDeg: [0], depthsKm: [0], errorsSec: [[3.5]] },
  SKiKP: { deltasDeg: [0], depthsKm: [0], errorsSec: [[1.2]] },
  T: { deltasDeg: [0], depthsKm: [0], errorsSec: [[30]] },
  I: { deltasDeg: [0], depthsKm: [0], errorsSec: [[500]] },
  LR: { deltasDeg: [0, 180], depthsKm: [0], errorsSec: [[10, 120]] },
  LQ: { deltasDeg: [0, 180], depthsKm: [0], errorsSec: [[10, 120]] },
};
