/** What measurements tell of their detectors and stations over time: the values of control charts. */
import type { Reader } from "./database.ts";
import type { SampleQuality, StoredSample } from "./samples.ts";

export interface StoredQuality extends SampleQuality {
  readonly sampleKey: string;
  readonly detector: string;
  readonly dataType: StoredSample["dataType"];
  /** When counting began. */
  readonly time: number;
}

/** Of a station, by time. Preliminary spectra are parts of full ones and left out. */
export async function loadSampleQuality(reader: Reader, station: string): Promise<StoredQuality[]> {
  const rows = await reader
    .selectFrom("rnquality")
    .innerJoin("rnsample", "rnsample.rnid", "rnquality.rnid")
    .select(["rnsample.samplekey", "rnsample.detector", "rnsample.datatype", "rnsample.acqstart"])
    .select(["rnquality.name", "rnquality.unit", "rnquality.value", "rnquality.error"])
    .where("rnsample.sta", "=", station)
    .where("rnsample.acqstart", "is not", null)
    .where((where) => where.or([where("rnsample.qualifier", "is", null), where("rnsample.qualifier", "!=", "PREL")]))
    .orderBy("rnsample.acqstart")
    .orderBy("rnsample.rnid")
    .execute();
  return rows.map(({ samplekey, detector, datatype, acqstart, name, unit, value, error }) => ({
    ...{ sampleKey: samplekey, detector, dataType: datatype as StoredSample["dataType"], time: acqstart! },
    ...{ name, unit, value, error },
  }));
}

/** Stations that have any, by name. */
export async function loadQualityStations(reader: Reader): Promise<string[]> {
  const rows = await reader
    .selectFrom("rnsample")
    .select("sta")
    .distinct()
    .where("rnid", "in", (inner) => inner.selectFrom("rnquality").select("rnid"))
    .orderBy("sta")
    .execute();
  return rows.map(({ sta }) => sta);
}
