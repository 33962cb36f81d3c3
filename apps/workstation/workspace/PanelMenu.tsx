/** Which panels are in sight and which layout they stand in: the menu of the top bar. */
import { useRef } from "preact/hooks";
import {
  forgetLayout,
  layoutNames,
  presentPanels,
  saveCurrentLayout,
  showLayout,
  togglePanel,
  toggleWindow,
  windowRefusal,
} from "./dock.ts";
import { ownLayouts, panelIds } from "./layouts.ts";
import { panels } from "./panels.tsx";

export function PanelMenu() {
  const menu = useRef<HTMLDetailsElement>(null);
  const close = () => menu.current?.removeAttribute("open");
  return (
    <details
      ref={menu}
      class="panel-menu"
      onKeyDown={({ key }) => {
        if (key !== "Escape") return;
        close();
        menu.current?.querySelector("summary")?.focus();
      }}
      onFocusOut={({ relatedTarget }) => {
        if (relatedTarget !== null && !menu.current?.contains(relatedTarget as Node)) close();
      }}
    >
      <summary title="Panels and layouts (Ctrl Shift x finds them by name)">Panels</summary>
      <div>
        <h3>Panels</h3>
        {panelIds.map((id) => (
          <p key={id}>
            <label title={panels[id].words}>
              <input type="checkbox" checked={presentPanels.value.has(id)} onChange={() => togglePanel(id)} />{" "}
              {panels[id].title}
            </label>
            <button
              type="button"
              title={`${panels[id].title} in a window of its own`}
              onClick={() => void toggleWindow(id)}
            >
              ↗
            </button>
          </p>
        ))}
        {windowRefusal.value && <p class="trouble">{windowRefusal.value}</p>}
        <h3>Layouts</h3>
        {[...new Set([...layoutNames.value, ...Object.keys(ownLayouts)])].map((name) => (
          <p key={name}>
            <button type="button" class="link" onClick={() => showLayout(name)}>
              {name}
            </button>
            {layoutNames.value.includes(name) && (
              <button type="button" aria-label={`Forget ${name}`} title="Forget it" onClick={() => forgetLayout(name)}>
                ×
              </button>
            )}
          </p>
        ))}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const field = event.currentTarget.elements.namedItem("name") as HTMLInputElement;
            saveCurrentLayout(field.value);
            field.value = "";
          }}
        >
          <input
            name="name"
            aria-label="Name for this layout"
            placeholder="name for this layout"
            maxLength={60}
            size={18}
          />
          <button type="submit">Save</button>
        </form>
      </div>
    </details>
  );
}
