/**
 * What is new for a subscription since its position. The position of events is the largest origin number that was looked at, of arrivals the largest
 * arrival number, of radionuclide products the time of the newest row, of status reports the end of the last period: numbers are given in the order of
 * commits, so nothing is passed over and nothing comes twice.
 */
import { preferredOrigin } from "@harken/core";
import { arrivalLine, type ImsEnvironment, type ImsRequest, isAskedFor, writeArrivalSection } from "@harken/formats";
import {
  aridsOf,
  cssNumbersOf,
  loadArrivals,
  loadEvents,
  newestArid,
  newestOrid,
  newestSampleTime,
  type ProductSubscription,
  type Reader,
} from "@harken/store";
import { fitsEvent } from "../messages/eventFilter.ts";
import { eventSection, messageLists } from "../messages/eventSections.ts";
import { sampleKinds, sampleSection } from "../messages/sampleSections.ts";
import type { MessageSection, MessageSources } from "../messages/sources.ts";
import { outageSection, statusSection } from "../messages/stationSections.ts";

export interface Collected {
  readonly sections: readonly MessageSection[];
  readonly items: number;
  readonly position: number;
}

const EVENT_KINDS: readonly string[] = ["BULLETIN", "EVENT", "ORIGIN"];
const REPORT_KINDS: readonly string[] = ["STA_STATUS", "CHAN_STATUS", "OUTAGE"];

/** Kinds that can be subscribed to. */
export const subscribedKinds: readonly string[] = [...EVENT_KINDS, "ARRIVAL", ...REPORT_KINDS, ...sampleKinds];

export const environmentOf = ({ environment }: Pick<ProductSubscription, "environment">): ImsEnvironment =>
  revive(environment) as ImsEnvironment;

/** JSON has no infinities: they stand as texts. */
export const storable = (environment: ImsEnvironment): unknown =>
  JSON.parse(
    JSON.stringify(environment, (_, value: unknown) => (value === Infinity ? "+" : value === -Infinity ? "-" : value)),
  );

function revive(value: unknown, key = ""): unknown {
  if (key === "from" || key === "to") return value === "+" ? Infinity : value === "-" ? -Infinity : value;
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, revive(inner, name)]));
}

const kindOf = (product: string): string => product.split(":")[0]!;

/** Where a subscription begins that is sent nothing of what is there already. */
export async function presentPosition(reader: Reader, product: string, now: number): Promise<number> {
  const kind = kindOf(product);
  if (EVENT_KINDS.includes(kind)) return newestOrid(reader);
  if (kind === "ARRIVAL") return newestArid(reader);
  return REPORT_KINDS.includes(kind) ? now : newestSampleTime(reader);
}

export async function collect(sources: MessageSources, subscription: ProductSubscription): Promise<Collected> {
  const { product, position } = subscription;
  const environment = environmentOf(subscription);
  const kind = kindOf(product);
  const reader = sources.store.db;
  if (EVENT_KINDS.includes(kind)) return collectEvents(sources, kind as EventKind, environment, position);
  if (kind === "ARRIVAL") return collectArrivals(sources, environment, position);
  const request = { kind, environment, subtype: "", format: "IMS1.0", subformat: "", line: 0 } satisfies ImsRequest;
  if (REPORT_KINDS.includes(kind)) {
    const to = sources.clock();
    const period = { ...request, environment: { ...environment, time: { from: position, to } } };
    const made = await (kind === "OUTAGE" ? outageSection : statusSection)(sources, period);
    return { sections: "refused" in made ? [] : made, items: "refused" in made ? 0 : 1, position: to };
  }
  const newest = await newestSampleTime(reader);
  if (newest <= position) return { sections: [], items: 0, position };
  const made = await sampleSection(
    sources,
    { ...request, environment: { ...environment, time: every } },
    { after: position, upTo: newest },
  );
  return "refused" in made
    ? { sections: [], items: 0, position: newest }
    : { sections: made, items: made.length, position: newest };
}

const every = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

type EventKind = "BULLETIN" | "EVENT" | "ORIGIN";

async function collectEvents(
  sources: MessageSources,
  kind: EventKind,
  environment: ImsEnvironment,
  position: number,
): Promise<Collected> {
  const reader = sources.store.db;
  const newest = await newestOrid(reader);
  if (newest <= position || !messageLists.includes(environment.bulletin))
    return { sections: [], items: 0, position: newest };
  const after = await loadEvents(reader, { list: environment.bulletin, afterOrid: position });
  const numbers = await cssNumbersOf(reader, after);
  const time = environment.time ?? every;
  const events = after.filter(({ event }) => {
    const origin = preferredOrigin(event);
    // What was committed since `newest` was read belongs to the next delivery.
    return (
      (numbers.origins.get(origin.key) ?? 0) <= newest &&
      origin.time >= time.from &&
      origin.time < time.to &&
      fitsEvent(event, environment, sources.stations())
    );
  });
  const sections =
    events.length > 0 ? [await eventSection(reader, kind, environment.bulletin, { events, numbers })] : [];
  return { sections, items: events.length, position: newest };
}

async function collectArrivals(
  sources: MessageSources,
  environment: ImsEnvironment,
  position: number,
): Promise<Collected> {
  const reader = sources.store.db;
  const newest = await newestArid(reader);
  if (newest <= position) return { sections: [], items: 0, position };
  const loaded = await loadArrivals(reader, { afterArid: position, upToArid: newest, notAsideIn: sources.list });
  const arrivals = loaded.filter(({ station }) => isAskedFor(station, environment.lists.stations));
  const ids = await aridsOf(
    reader,
    arrivals.map(({ key }) => key),
  );
  const lines = arrivals.map((arrival) => arrivalLine(arrival, { id: String(ids.get(arrival.key)) }));
  return {
    sections: lines.length > 0 ? [writeArrivalSection("AUTOMATIC", lines)] : [],
    ...{ items: lines.length, position: newest },
  };
}
