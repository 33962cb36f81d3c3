/** Samples are sent to laboratories, their reports come back and are set beside the station's own result; proficiency tests are scored. */
import type { LaboratoryList, LaboratoryOrder, LaboratoryRecord, ProficiencyEntry } from "@harken/api";
import type { LaboratoryReport, SampleReport } from "@harken/core";
import { decodeLaboratoryReports } from "@harken/formats";
import {
  laboratoryHistory,
  scoreProficiency,
  stationActivities,
  stationLaboratoryComparison,
  verdictOf,
} from "@harken/radionuclide";
import {
  answerLaboratoryRequest,
  type LaboratoryRequest,
  loadLaboratoryRequests,
  loadProficiencyResults,
  loadReports,
  loadSamples,
  type ProficiencyResult,
  type ProficiencyResults,
  putLaboratoryRequest,
  putProficiencyResult,
  type Store,
} from "@harken/store";
import { centerErrors } from "../errors.ts";
import { newest } from "./sampleDesk.ts";

export interface LaboratoryDesk {
  list(): Promise<LaboratoryList>;
  /** Throws NO_SAMPLE or LABORATORY_ASKED. */
  order(sampleKey: string, order: LaboratoryOrder): Promise<void>;
  /** Throws LABORATORY_REPORT where the message is none, or nobody asked for it. */
  answer(message: string): Promise<void>;
  /** Throws EXERCISE_KNOWN. */
  score(entry: ProficiencyEntry): Promise<void>;
}

export interface LaboratoryDeskContext {
  readonly store: Store;
  readonly runId: number;
  clock(): number;
}

export function createLaboratoryDesk({ store, runId, clock }: LaboratoryDeskContext): LaboratoryDesk {
  const stamp = () => ({ runId, now: clock() });

  /** With the station's newest result, the reviewed one where there is one, at the laboratory's reference time. */
  async function compare(report: LaboratoryReport, sampleKey: string): Promise<LaboratoryReport> {
    const reports = await loadReports(store.db, [sampleKey]);
    const own = (newest(reports, "RRR") ?? newest(reports, "ARR"))?.report as SampleReport | undefined;
    const station = own ? stationActivities(own, report.referenceTime) : new Map<string, never>();
    const measured = report.results.flatMap(({ nuclide, activityBq, activityErrorBq, mdcBq }) =>
      activityBq === null ? [] : [{ nuclide, value: activityBq, error: activityErrorBq ?? 0, mdc: mdcBq }],
    );
    const compared = new Map(stationLaboratoryComparison(measured, station).map((one) => [one.nuclide, one]));
    return {
      ...report,
      results: report.results.map(
        (one) =>
          compared.get(one.nuclide) ?? {
            ...one,
            stationBq: station.get(one.nuclide)?.value ?? null,
            stationErrorBq: station.get(one.nuclide)?.error ?? null,
            zeta: null,
          },
      ),
    };
  }

  return {
    async list() {
      const results = await loadProficiencyResults(store.db);
      return {
        requests: (await loadLaboratoryRequests(store.db)).map(presentRequest),
        laboratories: [...Map.groupBy(results, ({ laboratory }) => laboratory)]
          .sort(([a], [b]) => a.localeCompare(b))
          .map(([laboratory, own]) => presentLaboratory(laboratory, own)),
      };
    },

    async order(sampleKey, { analyst, laboratory, purpose, comment }) {
      const [sample] = await loadSamples(store.db, { key: sampleKey, limit: 1 });
      if (!sample) throw centerErrors.make("NO_SAMPLE", { what: "message", key: sampleKey });
      const request = { key: `${laboratory}.${sampleKey}`, analyst, laboratory, purpose, comment };
      const isNew = await store.transaction((writer) => putLaboratoryRequest(writer, sample.id, request, stamp()));
      if (!isNew) throw centerErrors.make("LABORATORY_ASKED", { laboratory, key: sampleKey });
    },

    async answer(message) {
      const refused = (reason: string) => centerErrors.make("LABORATORY_REPORT", { reason });
      const { items, problems } = decodeLaboratoryReports(new TextEncoder().encode(message));
      const [report] = items;
      const [problem] = problems;
      if (!report || problem) throw refused(problem?.message ?? "the text holds no report");
      if (items.length > 1) throw refused(`the text holds ${items.length} reports; give them one by one`);
      const request = (await loadLaboratoryRequests(store.db)).find(
        ({ laboratory, station, sampleId, received }) =>
          received === null &&
          laboratory === report.laboratory &&
          station === report.station &&
          sampleId === report.sampleId,
      );
      if (!request)
        throw refused(`nothing is asked of ${report.laboratory} about ${report.station}'s sample ${report.sampleId}`);
      const comparison = await compare(report, request.sampleKey);
      const isFirst = await store.transaction((writer) =>
        answerLaboratoryRequest(writer, request.key, { message, comparison }, stamp()),
      );
      if (!isFirst) throw refused("somebody else has given the answer");
    },

    async score({ analyst, exercise, laboratory, time, reference, reported }) {
      const rows = (results: ProficiencyEntry["reference"]): ProficiencyResults =>
        results.map(({ nuclide, activityBq, errorBq }) => [nuclide, activityBq, errorBq]);
      const result = { analyst, exercise, laboratory, time, reference: rows(reference), reported: rows(reported) };
      const isNew = await store.transaction((writer) => putProficiencyResult(writer, result, stamp()));
      if (!isNew) throw centerErrors.make("EXERCISE_KNOWN", { exercise, laboratory });
    },
  };
}

function presentRequest({ comparison, ...request }: LaboratoryRequest): LaboratoryList["requests"][number] {
  return {
    ...request,
    comparison: comparison && {
      messageId: comparison.messageId,
      measuredTime: comparison.measuredTime,
      referenceTime: comparison.referenceTime,
      comment: comparison.comment,
      results: comparison.results.map((one) => ({ ...one, verdict: one.zeta === null ? null : verdictOf(one.zeta) })),
    },
  };
}

function presentLaboratory(laboratory: string, results: readonly ProficiencyResult[]): LaboratoryRecord {
  const byNuclide = (rows: ProficiencyResults) =>
    new Map(rows.map(([nuclide, value, error]) => [nuclide, { value, error }]));
  const scores = results.map(({ reference, reported }) => scoreProficiency(byNuclide(reference), byNuclide(reported)));
  const { meanCompleteness, meanSatisfactory, meanBias, zetaSpread } = laboratoryHistory(scores);
  return {
    ...{ laboratory, meanCompleteness, meanSatisfactory, meanBias, zetaSpread },
    exercises: results.map(({ exercise, time }, i) => {
      const { nuclides, missed, false: untrue, completeness, satisfactory } = scores[i]!;
      return {
        ...{ exercise, time, completeness, satisfactory },
        ...{ nuclides: [...nuclides], missed: [...missed], false: [...untrue] },
      };
    }),
  };
}
