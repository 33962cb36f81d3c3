/** What the panels of spectra and histograms share: a canvas as large as its box, and the switch of the scale. */
import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { logarithmic } from "./state.ts";

/** Size of a box, px; the panel is drawn again when it changes. */
export function useBoxSize(box: RefObject<HTMLElement | null>): { readonly width: number; readonly height: number } {
  const [size, setSize] = useState({ width: 600, height: 300 });
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() =>
      setSize({ width: box.current?.clientWidth ?? 0, height: box.current?.clientHeight ?? 0 }),
    );
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  return size;
}

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
