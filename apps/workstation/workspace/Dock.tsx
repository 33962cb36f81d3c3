/** The page's panels, docked: dragged by their tabs, resized at their edges. */
import { useSignalEffect } from "@preact/signals";
import { render } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { handleKey } from "../keys.ts";
import { retitle, startDock } from "./dock.ts";
import { panelIds } from "./layouts.ts";
import { panels, titleOf } from "./panels.tsx";

export function Dock() {
  const root = useRef<HTMLElement>(null);
  useLayoutEffect(
    () =>
      startDock(root.current!, {
        titleOf,
        draw: (id, element) => render(panels[id].draw(), element),
        erase: (element) => render(null, element),
        onKey: handleKey,
      }),
    [],
  );
  useSignalEffect(() => {
    for (const id of panelIds) retitle(id, titleOf(id));
  });
  return <main ref={root} />;
}
