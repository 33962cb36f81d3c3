/** The panels of the workspace: their titles and what stands in them. */
import type { ComponentChildren, VNode } from "preact";
import { EventPanel } from "../EventPanel.tsx";
import { EventTable } from "../EventTable.tsx";
import { MapView } from "../MapView.tsx";
import { SlownessPanel } from "../SlownessPanel.tsx";
import { SignalPanel } from "../signals/SignalPanel.tsx";
import { truth } from "../state.ts";
import { TruthPanel } from "../TruthPanel.tsx";
import { TimetablePanel } from "../timetable/TimetablePanel.tsx";
import { WaveformPanel } from "../WaveformPanel.tsx";
import type { PanelId } from "./layouts.ts";

interface PanelDefinition {
  readonly title: string;
  /** For the palette and the menu: what the panel is for. */
  readonly words: string;
  readonly draw: () => VNode;
}

function Side({ children }: { children: ComponentChildren }) {
  return (
    <section class="panel side" aria-label="Details">
      <div class="scroll">{children}</div>
    </section>
  );
}

export const panels: Readonly<Record<PanelId, PanelDefinition>> = {
  events: { title: "Events", words: "the list of events", draw: () => <EventTable /> },
  map: { title: "Map", words: "stations and events", draw: () => <MapView /> },
  waveforms: { title: "Waveforms", words: "the traces with their picks", draw: () => <WaveformPanel /> },
  event: {
    title: "Event",
    words: "origin, magnitudes, arrivals, history",
    draw: () => <Side children={<EventPanel />} />,
  },
  slowness: {
    title: "f-k",
    words: "azimuth and slowness at an array",
    draw: () => <Side children={<SlownessPanel />} />,
  },
  signal: {
    title: "Signal",
    words: "spectrogram, spectra and motion of the measuring window",
    draw: () => <Side children={<SignalPanel />} />,
  },
  truth: {
    title: "Truth",
    words: "the list beside a simulation's hidden events",
    draw: () => <Side children={<TruthPanel />} />,
  },
  timetable: {
    title: "Timetable",
    words: "the lists of every interval: due, made, late, reviewed",
    draw: () => <TimetablePanel />,
  },
};

/** The title of a panel's tab as things are now. */
export function titleOf(id: PanelId): string {
  const { title } = panels[id];
  const report = truth.value;
  return id === "truth" && report?.available ? `${title} ${report.counts.matched}/${report.counts.hidden}` : title;
}
