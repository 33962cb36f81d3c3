/** Calls of the centre's interface whose failures are shown: what went wrong stands in words under the name of what it was for until it works again. */
import { type Signal, signal } from "@preact/signals";
import { explain } from "./explain.ts";

export interface Attempts {
  readonly troubles: Signal<Readonly<Record<string, string>>>;
  /** The answer, or null when there was none. */
  attempt<T>(name: string, call: () => Promise<T>): Promise<T | null>;
}

export function createAttempts(): Attempts {
  const troubles = signal<Readonly<Record<string, string>>>({});
  return {
    troubles,
    async attempt(name, call) {
      try {
        const result = await call();
        if (name in troubles.value) {
          const { [name]: _gone, ...others } = troubles.value;
          troubles.value = others;
        }
        return result;
      } catch (cause) {
        troubles.value = { ...troubles.value, [name]: explain(cause) };
        return null;
      }
    },
  };
}
