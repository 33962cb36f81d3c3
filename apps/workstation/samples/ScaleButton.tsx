/** The switch between a linear and a logarithmic scale. */
import { logarithmic } from "./state.ts";

export function ScaleButton() {
  return (
    <button
      type="button"
      aria-pressed={logarithmic.value}
      title="l"
      onClick={() => (logarithmic.value = !logarithmic.value)}
    >
      log
    </button>
  );
}
