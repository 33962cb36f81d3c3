/** Helpers of the command's tests: runs `harken` as a user does, and makes a folder of recordings with a known event in them. */
import { spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEarthModel } from "@harken/earth";
import { encodeStationXml, writeMiniSeed2 } from "@harken/formats";
import { createWorld, demoWorldConfig, type HiddenEvent, synthesize } from "@harken/simulator";

const program = fileURLToPath(new URL("./harken.js", import.meta.url));

/** Without the servers that this machine's user may have named. */
export const environment: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: undefined, NATS_URL: undefined };

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command to its end. */
export function harken(...args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"], env: environment });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** Runs it in a shell, for pipes. */
export function shell(command: string): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", `set -o pipefail; ${command}`], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...environment, HARKEN: `${process.execPath} ${program}` },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

export interface Recordings {
  readonly truth: HiddenEvent;
  readonly stations: readonly string[];
  /** One miniSEED file for each station, in the folder `data`. */
  readonly files: readonly string[];
  /** StationXML of all stations. */
  readonly metadata: string;
}

/** Eighteen minutes of ten stations with one large event near the beginning. */
export function makeRecordings(folder: string): Recordings {
  const stationCodes = ["MJAR", "USRK", "KSRS", "PETK", "HILR", "ZALV", "ILAR", "FINES", "KBZ", "STKA"];
  const world = createWorld({ ...demoWorldConfig, hours: 0.3, stationCodes }, createEarthModel("ak135"));
  const { startTime, hours } = world.config;
  mkdirSync(join(folder, "data"), { recursive: true });
  const files = world.inventory.stations.map((station) => {
    const path = join(folder, "data", `${station.code}.mseed`);
    writeFileSync(path, writeMiniSeed2(synthesize(world, station, startTime, startTime + hours * 3600)));
    return path;
  });
  const metadata = join(folder, "stations.xml");
  writeFileSync(metadata, encodeStationXml(world.inventory.stations, { createdTime: startTime }));
  return { truth: world.events[0]!, stations: stationCodes, files, metadata };
}
