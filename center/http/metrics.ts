/** Counters for Prometheus (text exposition format 0.0.4), read from the centre's status when asked. */
import type { Status } from "@harken/api";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

export interface Metrics {
  readonly contentType: string;
  observeRequest(route: string, status: number, seconds: number): void;
  countEvent(change: string): void;
  text(): Promise<string>;
}

export function createMetrics(status: () => Promise<Status>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: "harken_http_request_seconds",
    help: "Time to answer a request",
    labelNames: ["route", "status"],
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const events = new Counter({
    name: "harken_event_changes_total",
    help: "Changes of events",
    labelNames: ["change"],
    registers,
  });
  const held = new Gauge({ name: "harken_held", help: "What the centre holds", labelNames: ["what"], registers });
  const work = new Gauge({ name: "harken_work", help: "Steps of work", labelNames: ["what"], registers });
  const processedTo = new Gauge({
    name: "harken_processed_to_seconds",
    help: "Data time up to which events are known",
    registers,
  });
  return {
    contentType: registry.contentType,
    observeRequest: (route, code, seconds) => requests.labels(route, String(code)).observe(seconds),
    countEvent: (change) => events.labels(change).inc(),
    async text() {
      const now = await status();
      for (const [what, count] of Object.entries(now.counts)) held.labels(what).set(count);
      work.labels("done").set(now.progress.done);
      work.labels("total").set(now.progress.total);
      if (now.processedTo !== null) processedTo.set(now.processedTo);
      return registry.metrics();
    },
  };
}
