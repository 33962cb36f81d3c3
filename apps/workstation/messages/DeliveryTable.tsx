/** The delivery log of the selected subscription, newest first, each with its message and the way to have it sent again. */
import { formatCount, formatMinute } from "../format.ts";
import { client, deliveries, held, resend, selectedId, troubles } from "./state.ts";

const words = { waiting: "waits", delivered: "delivered", failed: "failed" } as const;

export function DeliveryTable() {
  const of = held.value?.subscriptions.find(({ id }) => id === selectedId.value);
  if (!of) return <p class="empty">Choose a subscription to see what was delivered.</p>;
  const log = deliveries.value;
  if (!log) return <p class="empty">{troubles.value["deliveries"] ?? "Asking for the deliveries …"}</p>;
  if (log.length === 0) return <p class="empty">Nothing has been delivered for “{of.name}” yet.</p>;
  return (
    <>
      {troubles.value["resend"] && (
        <p class="trouble" role="alert">
          {troubles.value["resend"]}
        </p>
      )}
      <table>
        <thead>
          <tr>
            <th class="number">Delivery</th>
            <th>Made</th>
            <th>State</th>
            <th class="number">Attempts</th>
            <th class="number">Items</th>
            <th class="number">Bytes</th>
            <th>Message</th>
            <th />
          </tr>
        </thead>
        <tbody>
          {log.map((one) => (
            <tr key={one.id} data-delivery={one.number}>
              <td class="number">{one.number}</td>
              <td>{formatMinute(one.created)}</td>
              <td class={`delivery-${one.state}`} title={one.reason}>
                {words[one.state]}
                {one.reason && `: ${one.reason}`}
              </td>
              <td class="number">{one.attempts}</td>
              <td class="number">{formatCount(one.items)}</td>
              <td class="number">{formatCount(one.bytes)}</td>
              <td>
                <a href={client.deliveryUrl(one.id)} download={`${of.name}-${one.number}.ims`}>
                  IMS2.0
                </a>
              </td>
              <td>
                {of.way !== "portal" && one.state !== "waiting" && (
                  <button type="button" onClick={() => void resend(one.id)}>
                    Send again
                  </button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
