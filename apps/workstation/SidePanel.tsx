/** The panel on the right: the selected event, or how the list compares with the hidden truth. */
import { EventPanel } from "./EventPanel.tsx";
import { tab, truth } from "./state.ts";
import { TruthPanel } from "./TruthPanel.tsx";

export function SidePanel() {
  const counts = truth.value?.available ? truth.value.counts : null;
  return (
    <section class="panel side" aria-label="Details">
      <div class="tabs" role="tablist">
        <button type="button" role="tab" aria-selected={tab.value === "detail"} onClick={() => (tab.value = "detail")}>
          Event
        </button>
        <button type="button" role="tab" aria-selected={tab.value === "truth"} onClick={() => (tab.value = "truth")}>
          Truth{counts ? ` ${counts.matched}/${counts.hidden}` : ""}
        </button>
      </div>
      <div class="scroll" role="tabpanel">
        {tab.value === "detail" ? <EventPanel /> : <TruthPanel />}
      </div>
    </section>
  );
}
