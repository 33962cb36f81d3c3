/** The page of transport: the fields of samples, what they say together on a map through time, and what stands at one cell. */
import { Who } from "../Gate.tsx";
import { PageLinks } from "../PageLinks.tsx";
import { CellPanel } from "./CellPanel.tsx";
import { EventMatches } from "./EventMatches.tsx";
import { FieldMap } from "./FieldMap.tsx";
import { FieldTable } from "./FieldTable.tsx";
import { PlumePanel } from "./PlumePanel.tsx";
import { RunPanel } from "./RunPanel.tsx";
import { chosenKeys, list, troubles } from "./state.ts";
import { TimeBar } from "./TimeBar.tsx";
import { ToolBar } from "./ToolBar.tsx";

export function TransportApp() {
  const trouble = Object.values(troubles.value)[0];
  return (
    <>
      <header class="top-bar">
        <h1>Harken</h1>
        <span>Where sampled air came from</span>
        <span class="counts">
          {list.value === null ? "" : `${list.value.fields.length} fields, ${chosenKeys.value.size} chosen`}
        </span>
        {trouble !== undefined && <span class="connection lost transport-trouble">{trouble}</span>}
        <span class="links">
          <PageLinks here="transport.html" /> <Who />
        </span>
      </header>
      <main class="transport">
        <section class="panel field-list" aria-label="Fields">
          <FieldTable />
          <RunPanel />
        </section>
        <section class="panel field-map" aria-label="Map">
          <ToolBar />
          <FieldMap />
          <TimeBar />
        </section>
        <section class="panel side" aria-label="Cell and events">
          <div class="scroll">
            <CellPanel />
            <PlumePanel />
            <EventMatches />
          </div>
        </section>
      </main>
    </>
  );
}
