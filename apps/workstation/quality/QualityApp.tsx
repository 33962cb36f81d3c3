/** The page of radionuclide quality: control charts, laboratories, statistics. */
import { Who } from "../Gate.tsx";
import { PageLinks } from "../PageLinks.tsx";
import { ChartsView } from "./ChartsView.tsx";
import { LaboratoriesView } from "./LaboratoriesView.tsx";
import { StatisticsView } from "./StatisticsView.tsx";
import { type View, view, views } from "./state.ts";

export function QualityApp() {
  return (
    <>
      <header class="top-bar">
        <h1>Harken</h1>
        <span>Radionuclide quality</span>
        <span class="links">
          <PageLinks here="quality.html" /> <Who />
        </span>
      </header>
      <div class="tabs" role="tablist" aria-label="Views">
        {(Object.keys(views) as View[]).map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={view.value === one}
            onClick={() => (view.value = one)}
          >
            {views[one]}
          </button>
        ))}
      </div>
      <main class="quality">
        {view.value === "charts" && <ChartsView />}
        {view.value === "laboratories" && <LaboratoriesView />}
        {view.value === "statistics" && <StatisticsView />}
      </main>
    </>
  );
}
