/** The panel on the right: the selected event, the f-k picture of an array, or how the list compares with the hidden truth. */
import { EventPanel } from "./EventPanel.tsx";
import { SlownessPanel } from "./SlownessPanel.tsx";
import { openSlowness } from "./slowness.ts";
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
        <button
          type="button"
          role="tab"
          title="Azimuth and slowness at an array (v, n)"
          aria-selected={tab.value === "slowness"}
          onClick={openSlowness}
        >
          f-k
        </button>
        <button type="button" role="tab" aria-selected={tab.value === "truth"} onClick={() => (tab.value = "truth")}>
          Truth{counts ? ` ${counts.matched}/${counts.hidden}` : ""}
        </button>
      </div>
      <div class="scroll" role="tabpanel">
        {tab.value === "detail" ? <EventPanel /> : tab.value === "slowness" ? <SlownessPanel /> : <TruthPanel />}
      </div>
    </section>
  );
}
