/** Everything the page can be told to do, by name: the table of keys, panels, layouts, lists and filters. */
import { keyBindings } from "../keys.ts";
import { filter, filters, listName, listNames, reviewing, showList } from "../state.ts";
import {
  forgetLayout,
  layoutNames,
  presentPanels,
  showLayout,
  showPanel,
  toggleAlone,
  togglePanel,
  toggleWindow,
} from "./dock.ts";
import { ownLayouts, panelIds } from "./layouts.ts";
import type { Command } from "./palette.ts";
import { panels } from "./panels.tsx";

/** `name` is asked for in the palette's own field. */
export function allCommands(askLayoutName: () => void): Command[] {
  const keyed = keyBindings
    .filter(({ keys, review }) => keys.length > 0 && (!review || reviewing.value))
    .map(({ action, shown, run }): Command => ({ name: action, shown, run }));
  const ofPanels = panelIds.flatMap((id): Command[] => {
    const { title, words } = panels[id];
    const present = presentPanels.value.has(id);
    return [
      { name: `Show ${title}: ${words}`, run: () => showPanel(id) },
      ...(present ? [{ name: `Hide ${title}`, run: () => togglePanel(id) }] : []),
      { name: `${title} in a window of its own, or back`, run: () => void toggleWindow(id) },
      ...(present ? [{ name: `${title} alone, or all panels again`, run: () => toggleAlone(id) }] : []),
    ];
  });
  const layouts = [...new Set([...layoutNames.value, ...Object.keys(ownLayouts)])].map(
    (name): Command => ({ name: `Layout ${name}`, run: () => showLayout(name) }),
  );
  return [
    ...keyed,
    ...ofPanels,
    ...layouts,
    { name: "Save this layout under a name", run: askLayoutName },
    ...layoutNames.value.map((name): Command => ({ name: `Forget layout ${name}`, run: () => forgetLayout(name) })),
    ...listNames
      .filter((name) => name !== listName.value)
      .map((name): Command => ({ name: `List ${name}`, run: () => void showList(name) })),
    ...filters.map((name): Command => ({ name: `Filter ${name}`, run: () => void (filter.value = name) })),
  ];
}
