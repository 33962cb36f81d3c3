/** The answers of the routes about control charts, laboratories and statistics of samples. */
import type {
  ControlChartsQuery,
  LaboratoryAnswer,
  LaboratoryOrder,
  ProficiencyEntry,
  SampleStatisticsQuery,
} from "@harken/api";
import { presentControlCharts } from "../radionuclide/controlCharts.ts";
import { presentStatistics } from "../radionuclide/sampleStatistics.ts";
import type { HandlerContext } from "./handlers.ts";
import type { RouteHandlers } from "./server.ts";

type Names =
  | "controlCharts"
  | "sampleStatistics"
  | "laboratories"
  | "orderLaboratory"
  | "answerLaboratory"
  | "scoreLaboratory";

export function sampleQualityHandlers({
  store,
  laboratories,
}: Pick<HandlerContext, "store" | "laboratories">): Pick<RouteHandlers, Names> {
  return {
    controlCharts: async (request) => presentControlCharts(store.db, (request.query as ControlChartsQuery).station),
    sampleStatistics: async (request) => presentStatistics(store.db, request.query as SampleStatisticsQuery),
    laboratories: async () => laboratories.list(),
    orderLaboratory: async (request) => {
      await laboratories.order((request.params as { key: string }).key, request.body as LaboratoryOrder);
      return laboratories.list();
    },
    answerLaboratory: async (request) => {
      await laboratories.answer((request.body as LaboratoryAnswer).message);
      return laboratories.list();
    },
    scoreLaboratory: async (request) => {
      await laboratories.score(request.body as ProficiencyEntry);
      return laboratories.list();
    },
  };
}
