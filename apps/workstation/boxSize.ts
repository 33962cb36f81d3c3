/** How much room a canvas has; what uses it is drawn again when that changes. */
import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

const nothing: BoxSize = { width: 0, height: 0 };

/** Inner size of an element, px. */
export function useBoxSize(box: RefObject<HTMLElement | null>, first: BoxSize = nothing): BoxSize {
  return useSize(() => box.current, first);
}

/** Inner size of the element around another one, px: a canvas that is as large as its box must not be what is measured. */
export function useParentSize(inner: RefObject<HTMLElement | null>): BoxSize {
  return useSize(() => inner.current?.parentElement ?? null, nothing);
}

function useSize(elementOf: () => HTMLElement | null, first: BoxSize): BoxSize {
  const [size, setSize] = useState(first);
  useLayoutEffect(() => {
    const element = elementOf()!;
    // The observer of the window in which the element stands: a panel may stand in one of its own.
    const { ResizeObserver: Observer } = element.ownerDocument.defaultView!;
    const observer = new Observer(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return size;
}
