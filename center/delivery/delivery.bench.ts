/** Deliveries: a new event for a hundred subscriptions, issued with their ledger lines on the disk, and dropped as synced files. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultEnvironment } from "@harken/formats";
import { putEvents, putSubscription } from "@harken/store";
import { origin, stamp, T0 } from "../http/testRows.ts";
import { openTestRig } from "../messages/testRig.ts";
import { fileCarrier } from "./carriers.ts";
import { presentPosition, storable } from "./collect.ts";
import { createDeliverer, deliveryRule } from "./deliver.ts";

const SUBSCRIPTIONS = 100;

export const benchmarks = async () => {
  const rig = await openTestRig();
  const { store, sources } = rig;
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const carriers = { file: fileCarrier(mkdtempSync(join(tmpdir(), "harken-bench-"))) };
  const deliverer = createDeliverer({ sources, carriers, rule: deliveryRule, logger });
  const position = await presentPosition(store.db, "BULLETIN", rig.now);
  await store.transaction(async (writer) => {
    const environment = storable({ ...defaultEnvironment, bulletin: "SEL1" });
    const rest = { frequency: "IMMEDIATE", way: "file", target: "", endTime: null, sendsEmpty: false } as const;
    for (let i = 0; i < SUBSCRIPTIONS; i++)
      await putSubscription(
        writer,
        { account: "", name: `n${i}`, product: "BULLETIN", environment, ...rest, position, nextTime: 0 },
        rig.now,
      );
  });
  let made = 0;
  return [
    {
      ...{
        name: "issue and drop a new event for 100 subscriptions, SQLite",
        unit: "deliveries",
        amount: SUBSCRIPTIONS,
      },
      run: async () => {
        const n = ++made;
        const event = {
          ...{ key: `bench-${n}`, preferredOriginKey: `b${n}` },
          origins: [{ ...origin, key: `b${n}`, time: T0 + n }],
        };
        await store.transaction((writer) => putEvents(writer, "SEL1", [event], stamp));
        await deliverer.issue();
        if ((await deliverer.send()) !== SUBSCRIPTIONS) throw new Error("not every delivery arrived");
      },
    },
  ];
};
