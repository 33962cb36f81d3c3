/** Starts the page of radionuclide quality. */
import { render } from "preact";
import "../style.css";
import "../panels.css";
import "./quality.css";
import { Gate } from "../Gate.tsx";
import { enter } from "../session.ts";
import { QualityApp } from "./QualityApp.tsx";
import { followQuality } from "./state.ts";

const root = document.getElementById("app")!;
root.textContent = "";
render(
  <Gate>
    <QualityApp />
  </Gate>,
  root,
);
void enter(followQuality);
