/** A failure of a call to the centre in words for the person at the screen. */
import { ApiError } from "@harken/api";

export function explain(cause: unknown): string {
  if (cause instanceof ApiError) return [cause.message, cause.advise].filter(Boolean).join(" ");
  // What fetch throws when nobody answers.
  if (cause instanceof TypeError) return "The centre does not answer. Is it still running?";
  return cause instanceof Error ? cause.message : String(cause);
}
