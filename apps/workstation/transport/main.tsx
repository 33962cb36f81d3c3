/** Starts the page of transport. */
import { render } from "preact";
import "../style.css";
import "../panels.css";
import "./transport.css";
import { followFields } from "./state.ts";
import { TransportApp } from "./TransportApp.tsx";

const root = document.getElementById("app")!;
root.textContent = "";
render(<TransportApp />, root);
followFields();
