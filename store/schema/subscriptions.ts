/** Subscriptions to products and their deliveries. How a table is written stands in `../tables.ts`. */
export const subscriptionTables = {
  /** What an account is sent, how and how often. `position` tells what it has been sent so far: see `center/delivery/collect.ts`. */
  subscription: {
    columns: {
      subid: "int",
      account: "text",
      name: "text",
      product: "text",
      environment: "text",
      frequency: "text",
      way: "text",
      target: "text",
      endtime: "double?",
      sendsempty: "int",
      state: "text",
      position: "double",
      issued: "int",
      nexttime: "double",
      created: "double",
      lddate: "double",
    },
    key: ["subid"],
    unique: [],
    indexes: [["account"], ["state", "nexttime"]],
  },
  /** One message for one subscription. `number` counts from 1 without a gap; the message is immutable. */
  delivery: {
    columns: {
      deliveryid: "int",
      subid: "int",
      number: "int",
      created: "double",
      state: "text",
      attempts: "int",
      nexttime: "double",
      settled: "double?",
      reason: "text",
      items: "int",
      bytes: "int",
      sha256: "text",
      message: "text",
    },
    key: ["deliveryid"],
    unique: [["subid", "number"]],
    indexes: [["state", "nexttime"]],
  },
} as const;
