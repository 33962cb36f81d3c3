/** A new subscription. */
import { type SubscriptionRequest, subscriptionProducts } from "@harken/api";
import { useState } from "preact/hooks";
import { held, subscribe, troubles } from "./state.ts";

type Product = SubscriptionRequest["product"];
type Way = SubscriptionRequest["way"];

const LISTS = ["SEL1", "SEL2", "SEL3", "REB", "SEB", "SSEB"] as const;
const FREQUENCIES = ["IMMEDIATE", "CONTINUOUS", "DAILY"] as const;
const isEvents = (product: Product) => product === "BULLETIN" || product === "EVENT" || product === "ORIGIN";

const wayWords: Readonly<Record<Way, string>> = {
  portal: "kept here to fetch",
  "e-mail": "by e-mail",
  push: "pushed to a web service",
  file: "dropped as a file at the centre",
};

const RANGES = [
  ["magnitude", "Magnitude"],
  ["depth", "Depth, km"],
  ["latitude", "Latitude"],
  ["longitude", "Longitude, west to east"],
] as const;
type RangeName = (typeof RANGES)[number][0];

export function SubscribeForm() {
  const [name, setName] = useState("");
  const [product, setProduct] = useState<Product>("BULLETIN");
  const [list, setList] = useState<string>("SEL3");
  const [frequency, setFrequency] = useState<string>("DAILY");
  const [way, setWay] = useState<Way>("portal");
  const [target, setTarget] = useState("");
  const [stations, setStations] = useState("");
  const [bounds, setBounds] = useState<Readonly<Record<string, string>>>({});
  const [fromStart, setFromStart] = useState(false);
  const offers = held.value;
  const ends = ["from", "to"] as const;
  const rangeOf = (range: RangeName) => {
    const given = ends.flatMap((end) => {
      const text = bounds[`${range} ${end}`]?.trim() ?? "";
      return text === "" ? [] : [[end, Number(text)] as const];
    });
    return given.length > 0 ? { [range]: Object.fromEntries(given) } : {};
  };
  return (
    <form
      class="subscribe-form"
      onSubmit={(event) => {
        event.preventDefault();
        const ranges = isEvents(product) ? Object.assign({}, ...RANGES.map(([range]) => rangeOf(range))) : {};
        void subscribe({
          ...{ name, product, frequency, way, fromStart, ...ranges },
          ...(isEvents(product) ? { list } : {}),
          ...(way === "e-mail" || way === "push" ? { target: target || (offers?.addresses[0] ?? "") } : {}),
          ...(stations.trim() === "" ? {} : { stations }),
        }).then((isMade) => isMade && setName(""));
      }}
    >
      <h2>New subscription</h2>
      <label>
        Name
        <input
          name="name"
          required
          maxLength={40}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label>
        Product
        <select name="product" value={product} onChange={(event) => setProduct(event.currentTarget.value as Product)}>
          {subscriptionProducts.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      {isEvents(product) && (
        <label>
          List
          <select name="list" value={list} onChange={(event) => setList(event.currentTarget.value)}>
            {LISTS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      )}
      <label>
        How often
        <select name="frequency" value={frequency} onChange={(event) => setFrequency(event.currentTarget.value)}>
          {FREQUENCIES.map((one) => (
            <option key={one} value={one}>
              {one.toLowerCase()}
            </option>
          ))}
        </select>
      </label>
      <label>
        Way
        <select name="way" value={way} onChange={(event) => setWay(event.currentTarget.value as Way)}>
          {(offers?.ways ?? ["portal" as const]).map((one) => (
            <option key={one} value={one}>
              {wayWords[one]}
            </option>
          ))}
        </select>
      </label>
      {way === "e-mail" && (
        <label>
          Address
          <select name="target" value={target} onChange={(event) => setTarget(event.currentTarget.value)}>
            {offers?.addresses.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
      )}
      {way === "push" && (
        <label>
          Web address
          <input
            name="target"
            type="url"
            required
            value={target}
            onInput={(event) => setTarget(event.currentTarget.value)}
          />
        </label>
      )}
      <label>
        Stations
        <input
          name="stations"
          placeholder="every one"
          value={stations}
          onInput={(event) => setStations(event.currentTarget.value)}
        />
      </label>
      {isEvents(product) &&
        RANGES.map(([range, title]) => (
          <fieldset key={range}>
            <legend>{title}</legend>
            {ends.map((end) => (
              <input
                key={end}
                type="number"
                step="any"
                name={`${range} ${end}`}
                aria-label={`${title} ${end}`}
                placeholder={end}
                value={bounds[`${range} ${end}`] ?? ""}
                onInput={(event) => setBounds({ ...bounds, [`${range} ${end}`]: event.currentTarget.value })}
              />
            ))}
          </fieldset>
        ))}
      <label class="check">
        <input
          name="fromStart"
          type="checkbox"
          checked={fromStart}
          onChange={(event) => setFromStart(event.currentTarget.checked)}
        />
        also what is there already
      </label>
      <button type="submit">Subscribe</button>
      {troubles.value["subscribe"] && (
        <p class="trouble" role="alert">
          {troubles.value["subscribe"]}
        </p>
      )}
    </form>
  );
}
