/** Starts the page of radionuclide samples. */
import { render } from "preact";
import "../style.css";
import "../panels.css";
import "./samples.css";
import { Gate } from "../Gate.tsx";
import { enter } from "../session.ts";
import { followToolKeys } from "./edits.ts";
import { SamplesApp } from "./SamplesApp.tsx";
import { followSamples } from "./state.ts";

const root = document.getElementById("app")!;
root.textContent = "";
render(
  <Gate>
    <SamplesApp />
  </Gate>,
  root,
);
void enter(() => {
  followSamples();
  followToolKeys();
});
