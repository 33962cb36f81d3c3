/** The message service: requests of ten senders answered one after the other, with the log on the disk. */
import { imsTime } from "@harken/core";
import { T0 } from "../http/testRows.ts";
import { createMessageService } from "./service.ts";
import { openTestRig } from "./testRig.ts";

const hour = `TIME ${imsTime(T0)} TO ${imsTime(T0 + 600)}`;
const bodies = [
  ["STATION IMS2.0"],
  [hour, "BULL_TYPE REB", "BULLETIN IMS1.0:SHORT"],
  [hour, "ARRIVAL:AUTOMATIC IMS1.0"],
  [hour, "STA_LIST ST0", "WAVEFORM IMS2.0:CM6"],
  [hour, "STA_STATUS IMS1.0"],
].map((lines) =>
  new TextEncoder().encode(["BEGIN IMS2.0", "MSG_TYPE REQUEST", "MSG_ID 1", ...lines, "STOP", ""].join("\n")),
);
const REQUESTS = 100;

export const benchmarks = async () => {
  const rig = await openTestRig();
  const service = createMessageService(rig.sources);
  return [
    {
      ...{
        name: "answer request messages (stations, bulletin, arrivals, 10 min of a channel, status), SQLite",
        unit: "messages",
      },
      amount: REQUESTS,
      run: async () => {
        // So that nobody asks too often.
        rig.now += 61;
        for (let i = 0; i < REQUESTS; i++)
          await service.answer(
            bodies[i % bodies.length]!,
            { name: `S${i % 10}`, role: "reader" },
            { way: "https", mostBytes: 64e6 },
          );
      },
    },
  ];
};
