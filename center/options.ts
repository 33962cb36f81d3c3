/** What a centre is started with, checked before anything is touched. */
import type { Station } from "@harken/core";
import type { WorldConfig } from "@harken/simulator";
import type { Written } from "@harken/store";
import { type Static, Type } from "typebox";
import { Errors } from "typebox/value";
import type { LiveRule } from "./acquisition/livePipeline.ts";
import type { AcquisitionSettings } from "./acquisition/settings.ts";
import { centerErrors } from "./errors.ts";
import { ExchangeSettings } from "./exchange/settings.ts";
import type { CenterRecipe } from "./recipe.ts";
import type { Responder } from "./timetable/responder.ts";
import type { LateDelivery } from "./timetable/steps.ts";

export const CenterSettings = Type.Object({
  dataDir: Type.String({ minLength: 1, description: "Folder that holds everything" }),
  port: Type.Integer({ minimum: 0, maximum: 65_535, description: "Port of the pages and the API; 0 takes a free one" }),
  host: Type.String({ minLength: 1, description: "Address to listen at" }),
  earthModel: Type.Union([Type.Literal("ak135"), Type.Literal("iasp91")], { description: "Travel-time model" }),
  workers: Type.Integer({ minimum: 1, maximum: 256, description: "Worker threads" }),
  speed: Type.Optional(
    Type.Number({
      exclusiveMinimum: 0,
      description:
        "How many times faster than the wall's the clock of the simulated data runs; as fast as the machine can when absent",
    }),
  ),
  pages: Type.Optional(Type.String({ description: "Folder of the built browser pages" })),
  samplesFolder: Type.Optional(
    Type.String({ minLength: 1, description: "Folder that is watched for messages of radionuclide stations" }),
  ),
  fieldsFolder: Type.Optional(
    Type.String({
      minLength: 1,
      description: "Folder of source-receptor fields (SRS), those of other centres as well",
    }),
  ),
  weatherFolder: Type.Optional(
    Type.String({
      minLength: 1,
      description: "Folder of weather (GRIB, netCDF) for runs that are asked for from the pages",
    }),
  ),
  databaseUrl: Type.Optional(
    Type.String({ pattern: "^postgres(ql)?://", description: "PostgreSQL instead of the embedded database" }),
  ),
  exchange: Type.Optional(ExchangeSettings),
  natsServers: Type.Optional(Type.String({ description: "NATS servers instead of the bus in this process" })),
});

/** What past data are brought to, before the processing begins. */
export interface FillDesk {
  /** Takes a waveform file; resolves when it is safe, with the reason where it holds no waveform. */
  take(name: string, payload: Uint8Array): Promise<string | null>;
  /** Time of the last sample of each channel that the archive has data of, by its key, epoch s. */
  readonly newest: ReadonlyMap<string, number>;
  /** Aborted when the centre stops. */
  readonly signal: AbortSignal;
}

/** Data that come from outside, and the stations that they are of. */
export interface CenterAcquisition {
  readonly settings: AcquisitionSettings;
  /** Paths in the settings are relative to it. */
  readonly settingsFolder: string;
  readonly stations: readonly Station[];
  readonly rule?: LiveRule;
  /** Brings past data; live data come meanwhile. */
  readonly fill?: (desk: FillDesk) => Promise<void>;
  /** Told of each SeedLink server's connection: its name, and what happened. */
  readonly onSource?: (server: string, code: string, detail: Readonly<Record<string, unknown>>) => void;
  /** Told after each batch that is in the archive. */
  readonly onArchived?: (written: readonly Written[]) => void;
}

export interface CenterOptions extends Readonly<Static<typeof CenterSettings>> {
  /** The simulated world that fills the centre; null to serve what the folder holds. */
  readonly simulate: WorldConfig | null;
  /** Data from outside instead of a simulated world. */
  readonly acquire?: CenterAcquisition;
  /** Data of simulated links that come late. */
  readonly deliveries?: readonly LateDelivery[];
  /** Who answers requests for segments; the simulated stations themselves when left out. */
  readonly responder?: Responder;
  /** One short line for a person, when something has happened. */
  readonly log: (line: string) => void;
  /** How far the work has got in one line, many times a second. */
  readonly progress?: (line: string) => void;
  readonly recipe?: CenterRecipe;
}

/** Throws BAD_OPTION for the first option that does not fit. */
export function checkOptions(options: CenterOptions): void {
  const [error] = Errors(CenterSettings, options);
  if (!error) return;
  const option = error.instancePath.slice(1) || "the options";
  const value = JSON.stringify((options as unknown as Record<string, unknown>)[option]) ?? "missing";
  throw centerErrors.make("BAD_OPTION", { option, value, reason: error.message });
}
