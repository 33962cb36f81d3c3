/** What the page of subscriptions and messages knows, as signals, and the calls that fill them. The selected subscription stands in the address after the #. */
import { createClient, type DeliveryRecord, type SubscriptionList, type SubscriptionRequest } from "@harken/api";
import { effect, signal } from "@preact/signals";
import { createAttempts } from "../attempts.ts";
import { fetchHere } from "../session.ts";

export const client = createClient(location.origin, fetchHere);
/** What went wrong, by what it was for; shown until it works again. */
export const { troubles, attempt } = createAttempts();

export const held = signal<SubscriptionList | null>(null);
export const selectedId = signal<number | null>(Number(location.hash.slice(1)) || null);
/** Of the selected subscription, newest first; null until they came. */
export const deliveries = signal<readonly DeliveryRecord[] | null>(null);

export async function loadSubscriptions(): Promise<void> {
  const result = await attempt("subscriptions", () => client.subscriptions());
  if (!result) return;
  held.value = result;
  const first = result.subscriptions.at(-1);
  if (selectedId.value === null && first) select(first.id);
}

export function select(id: number): void {
  if (id !== selectedId.value) deliveries.value = null;
  selectedId.value = id;
  history.replaceState(null, "", `#${id}`);
}

async function loadDeliveries(id: number): Promise<void> {
  const result = await attempt("deliveries", () => client.deliveries(id));
  if (selectedId.value === id) deliveries.value = result?.deliveries ?? null;
}

export async function subscribe(request: SubscriptionRequest): Promise<boolean> {
  const made = await attempt("subscribe", () => client.subscribe(request));
  if (!made) return false;
  await loadSubscriptions();
  select(made.id);
  return true;
}

export async function endSubscription(id: number): Promise<void> {
  await attempt("end", () => client.endSubscription(id));
  await loadSubscriptions();
}

export async function resend(id: number): Promise<void> {
  await attempt("resend", () => client.resendDelivery(id));
  if (selectedId.value !== null) await loadDeliveries(selectedId.value);
}

/** The answer's text; null when there was none. */
export async function ask(text: string): Promise<string | null> {
  const bytes = await attempt("ask", () => client.message(text));
  return bytes && new TextDecoder("latin1").decode(bytes);
}

const POLL_MS = 5000;

export function followDeliveries(): void {
  const load = () => {
    void loadSubscriptions();
    if (selectedId.value !== null) void loadDeliveries(selectedId.value);
  };
  void loadSubscriptions();
  setInterval(load, POLL_MS);
  effect(() => {
    if (selectedId.value !== null) void loadDeliveries(selectedId.value);
  });
}
