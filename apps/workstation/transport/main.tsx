/** Starts the page of transport. */
import { render } from "preact";
import "../style.css";
import "../panels.css";
import "./transport.css";
import { Gate } from "../Gate.tsx";
import { enter } from "../session.ts";
import { followRuns } from "./runs.ts";
import { followFields } from "./state.ts";
import { TransportApp } from "./TransportApp.tsx";

const root = document.getElementById("app")!;
root.textContent = "";
render(
  <Gate>
    <TransportApp />
  </Gate>,
  root,
);
void enter(() => {
  followFields();
  followRuns();
});
