/** Starts the page of subscriptions and messages. */
import { render } from "preact";
import "../style.css";
import "../panels.css";
import "./messages.css";
import { Gate } from "../Gate.tsx";
import { enter } from "../session.ts";
import { MessagesApp } from "./MessagesApp.tsx";
import { followDeliveries } from "./state.ts";

const root = document.getElementById("app")!;
root.textContent = "";
render(
  <Gate>
    <MessagesApp />
  </Gate>,
  root,
);
void enter(followDeliveries);
