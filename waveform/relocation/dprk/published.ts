/**
 * What others have published about the six announced nuclear tests of the DPRK, to compare with. Nothing here enters a location.
 */

export interface DprkPublished {
  readonly key: string;
  /** Origin time (UTC) and place: Yang, Zhao, Xie, Zhang and Yao 2021, table 1, doi:10.1029/2020JB020745. */
  readonly time: string;
  readonly latitudeDeg: number;
  readonly longitudeDeg: number;
  /** East and north of the second test, km, from wavenumber analysis: Gibbons 2026, doi:10.1093/rasti/rzag023. */
  readonly eastKm: number;
  readonly northKm: number;
  /**
   * mb of the IDC: the Reviewed Event Bulletin as quoted in NORSAR Scientific Report 2-2012, table 6.1.1 (tests 1 to 3), and the pages of
   * ctbto.org on the announcements of September 2016 and September 2017 (tests 5 and 6).
   */
  readonly mb: number | null;
}

export const dprkPublished: readonly DprkPublished[] = [
  {
    key: "DPRK1",
    time: "2006-10-09T01:35:28.000",
    latitudeDeg: 41.2874,
    longitudeDeg: 129.1083,
    eastKm: 2.292,
    northKm: -0.823,
    mb: 4.1,
  },
  {
    key: "DPRK2",
    time: "2009-05-25T00:54:43.141",
    latitudeDeg: 41.2952,
    longitudeDeg: 129.0778,
    eastKm: 0,
    northKm: 0,
    mb: 4.5,
  },
  {
    key: "DPRK3",
    time: "2013-02-12T02:57:51.283",
    latitudeDeg: 41.2931,
    longitudeDeg: 129.0745,
    eastKm: -0.34,
    northKm: -0.243,
    mb: 4.9,
  },
  {
    key: "DPRK4",
    time: "2016-01-06T01:30:00.870",
    latitudeDeg: 41.2994,
    longitudeDeg: 129.0721,
    eastKm: -0.538,
    northKm: 0.278,
    mb: null,
  },
  {
    key: "DPRK5",
    time: "2016-09-09T00:30:01.382",
    latitudeDeg: 41.2973,
    longitudeDeg: 129.0809,
    eastKm: -0.077,
    northKm: 0.317,
    mb: 5.1,
  },
  {
    key: "DPRK6",
    time: "2017-09-03T03:30:01.619",
    latitudeDeg: 41.3013,
    longitudeDeg: 129.0741,
    eastKm: -0.295,
    northKm: 0.441,
    mb: 6.1,
  },
];
