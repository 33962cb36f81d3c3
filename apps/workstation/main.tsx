/** Starts the page: draws it, follows the centre, and listens to the keys. */
import { render } from "preact";
import "dockview/dist/styles/dockview.css";
import "./style.css";
import "./panels.css";
import "./workspace/workspace.css";
import "./timetable/timetable.css";
import { App } from "./App.tsx";
import { Gate } from "./Gate.tsx";
import { handleKey } from "./keys.ts";
import { startLive } from "./live.ts";
import { followEdits } from "./review.ts";
import { enter } from "./session.ts";
import { followSignals } from "./signals/signals.ts";
import { followSlowness } from "./slowness.ts";
import { followSelection } from "./state.ts";
import { followTimetable } from "./timetable/timetable.ts";

const root = document.getElementById("app")!;
root.textContent = "";
render(
  <Gate>
    <App />
  </Gate>,
  root,
);
void enter(() => {
  document.addEventListener("keydown", handleKey);
  followSelection();
  followEdits();
  followSlowness();
  followSignals();
  followTimetable();
  startLive();
});
