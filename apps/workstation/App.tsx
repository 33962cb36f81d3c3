/** The page: top bar, event list, map, waveforms, and the panel on the right. */
import { EventTable } from "./EventTable.tsx";
import { KeySheet } from "./KeySheet.tsx";
import { MapView } from "./MapView.tsx";
import { ReviewBar } from "./ReviewBar.tsx";
import { SidePanel } from "./SidePanel.tsx";
import { reviewing } from "./state.ts";
import { TopBar } from "./TopBar.tsx";
import { WaveformPanel } from "./WaveformPanel.tsx";

export function App() {
  return (
    <>
      <TopBar />
      <ReviewBar />
      <main class={reviewing.value ? "reviewing" : ""}>
        <EventTable />
        <MapView />
        <WaveformPanel />
        <SidePanel />
      </main>
      <KeySheet />
    </>
  );
}
