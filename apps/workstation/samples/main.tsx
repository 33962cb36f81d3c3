/** Starts the page of radionuclide samples. */
import { render } from "preact";
import "../style.css";
import "../panels.css";
import "./samples.css";
import { SamplesApp } from "./SamplesApp.tsx";
import { followSamples } from "./state.ts";

const root = document.getElementById("app")!;
root.textContent = "";
render(<SamplesApp />, root);
followSamples();
