/** Under whose name edits and reviews are kept, the same on every page: who is signed in, or what was written where the centre asks nobody. */
import { computed, signal } from "@preact/signals";
import { session } from "./session.ts";

const ANALYST_KEY = "harken.analyst";

const written = signal(localStorage.getItem(ANALYST_KEY) ?? "");
export const signedIn = computed(() => session.value?.name != null);
export const analyst = computed(() => session.value?.name ?? written.value);

export function setAnalyst(name: string): void {
  written.value = name;
  localStorage.setItem(ANALYST_KEY, name);
}
