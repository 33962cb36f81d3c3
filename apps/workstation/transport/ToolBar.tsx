/** What the map is of, its threshold and scale, what is laid over it, and its copies as files. */
import { mapKml } from "@harken/atmosphere";
import { three } from "./numbers.ts";
import { type FieldProduct, productNames } from "./products.ts";
import {
  chosen,
  client,
  correlation,
  decades,
  largest,
  map,
  plume,
  product,
  sampleName,
  series,
  showBorders,
  showEvents,
  showStations,
  threshold,
  top,
} from "./state.ts";

const meanings: Readonly<Record<FieldProduct, string>> = {
  regard: "Where the sampled air was: sensitivity, summed over the chosen fields",
  overlap: "In the air of how many samples with a detection each cell was",
  models: "How many of the models agree that the sampled air was there",
  region: "How well a release there explains all samples, those without a detection as well",
};

export function ToolBar() {
  const kinds = Object.keys(productNames) as FieldProduct[];
  return (
    <div class="bar">
      <span class="choices">
        {kinds.map((one) => (
          <button
            key={one}
            type="button"
            title={meanings[one]}
            aria-pressed={plume.value === null && product.value === one}
            disabled={plume.value !== null}
            onClick={() => void (product.value = one)}
          >
            {productNames[one]}
          </button>
        ))}
      </span>
      {product.value === "region" ? (
        <select
          name="correlation"
          aria-label="Correlation"
          value={correlation.value}
          onChange={({ currentTarget }) => void (correlation.value = currentTarget.value as "pearson" | "spearman")}
        >
          <option value="pearson">Pearson</option>
          <option value="spearman">Spearman</option>
        </select>
      ) : (
        <label title="Sensitivity above which a cell counts">
          above{" "}
          <input
            class="small"
            name="threshold"
            value={threshold.value}
            onChange={({ currentTarget }) =>
              setPositive(currentTarget.value, (value) => void (threshold.value = value))
            }
          />{" "}
          1/m³
        </label>
      )}
      {(product.value === "regard" || plume.value) && (
        <select
          name="decades"
          aria-label="Scale"
          value={decades.value}
          onChange={({ currentTarget }) => void (decades.value = Number(currentTarget.value))}
        >
          {[2, 3, 4, 6].map((one) => (
            <option key={one} value={one}>
              {one} decades
            </option>
          ))}
        </select>
      )}
      <button
        type="button"
        title={top.value === null ? "Keep the scale as it is now while time moves" : `Held at ${three(top.value)}`}
        aria-pressed={top.value !== null}
        onClick={() => void (top.value = top.value === null && largest.value > 0 ? largest.value : null)}
      >
        hold scale
      </button>
      <Toggle name="stations" value={showStations} />
      <Toggle name="borders" value={showBorders} />
      <Toggle name="events" value={showEvents} />
      <span class="exports">
        <button type="button" onClick={savePicture}>
          PNG
        </button>
        <button type="button" onClick={saveKml}>
          KML
        </button>
        {chosen.value.length === 1 && (
          <a href={client.fieldUrl(chosen.value[0]!.summary.key)} download>
            SRS
          </a>
        )}
        {plume.value && (
          <a href={client.plumeUrl(plume.value.key)} download>
            netCDF
          </a>
        )}
      </span>
    </div>
  );
}

function Toggle({ name, value }: { name: string; value: { value: boolean } }) {
  return (
    <label class="toggle">
      <input type="checkbox" name={name} checked={value.value} onChange={() => void (value.value = !value.value)} />
      {name}
    </label>
  );
}

/** What is no number changes nothing. */
function setPositive(text: string, set: (value: number) => void): void {
  const value = Number(text.trim() === "" ? 0 : text);
  if (Number.isFinite(value) && value >= 0) set(value);
}

const fileName = (ending: string) => {
  if (plume.value) return `${plume.value.key}.${ending}`;
  const names = [...new Set(chosen.value.map(({ summary }) => sampleName(summary)))];
  return `${names.length === 1 ? names[0] : `${names.length}-samples`}.${product.value}.${ending}`;
};

function save(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The download has begun when the next task runs.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function savePicture(): void {
  document.querySelector<HTMLCanvasElement>("canvas.field")?.toBlob((blob) => blob && save(fileName("png"), blob));
}

function saveKml(): void {
  const [now, of] = [map.value, series.value];
  if (typeof now === "string" || of === null || typeof of === "string") return;
  const { title, unit, values } = now;
  save(
    fileName("kml"),
    new Blob([mapKml({ title, unit, grid: of.grid, values })], { type: "application/vnd.google-earth.kml+xml" }),
  );
}
