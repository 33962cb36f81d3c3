/** The page of subscriptions and messages: own subscriptions, their delivery log, a new one, and a request message with its answer. */
import { Who } from "../Gate.tsx";
import { PageLinks } from "../PageLinks.tsx";
import { AskPanel } from "./AskPanel.tsx";
import { DeliveryTable } from "./DeliveryTable.tsx";
import { SubscribeForm } from "./SubscribeForm.tsx";
import { SubscriptionTable } from "./SubscriptionTable.tsx";
import { troubles } from "./state.ts";

export function MessagesApp() {
  return (
    <>
      <header class="top-bar">
        <h1>Harken</h1>
        <span>Subscriptions and messages</span>
        <span class="links">
          {"subscriptions" in troubles.value && <span class="connection lost">{troubles.value["subscriptions"]}</span>}
          <PageLinks here="messages.html" /> <Who />
        </span>
      </header>
      <main class="messages">
        <section class="panel subscription-list" aria-label="Own subscriptions">
          <div class="scroll">
            <SubscriptionTable />
          </div>
        </section>
        <section class="panel delivery-log" aria-label="Deliveries">
          <div class="scroll">
            <DeliveryTable />
          </div>
        </section>
        <section class="panel subscribe" aria-label="New subscription">
          <div class="scroll">
            <SubscribeForm />
          </div>
        </section>
        <section class="panel ask" aria-label="Request message">
          <AskPanel />
        </section>
      </main>
    </>
  );
}
