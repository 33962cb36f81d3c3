/** Own subscriptions: what, how often, by which way, and how many deliveries so far. */
import { formatMinute } from "../format.ts";
import { endSubscription, held, select, selectedId, troubles } from "./state.ts";

export function SubscriptionTable() {
  const list = held.value?.subscriptions;
  if (!list) return <p class="empty">{troubles.value["subscriptions"] ?? "Asking for your subscriptions …"}</p>;
  if (list.length === 0) return <p class="empty">You have no subscription yet. Make one with the form below.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th>No.</th>
          <th>Name</th>
          <th>Product</th>
          <th>Filter</th>
          <th>How often</th>
          <th>Way</th>
          <th class="number">Deliveries</th>
          <th>Next</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {list.toReversed().map((one) => (
          <tr
            key={one.id}
            data-subscription={one.id}
            aria-selected={one.id === selectedId.value}
            onClick={() => select(one.id)}
          >
            <td>{one.id}</td>
            <td>{one.name}</td>
            <td>
              {one.product} {one.list}
            </td>
            <td class="filter">{one.filter || <span class="faint">everything</span>}</td>
            <td>{one.frequency.toLowerCase()}</td>
            <td title={one.target}>{one.way}</td>
            <td class="number">{one.issued}</td>
            <td>
              {one.state === "ended" ? "ended" : one.frequency === "IMMEDIATE" ? "at once" : formatMinute(one.nextTime)}
            </td>
            <td>
              {one.state === "active" && (
                <button
                  type="button"
                  onClick={(event) => {
                    event.stopPropagation();
                    void endSubscription(one.id);
                  }}
                >
                  End
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
