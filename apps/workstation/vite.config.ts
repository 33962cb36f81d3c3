/**
 * How the browser pages are built: waveforms and events, radionuclide samples and quality, transport, messages; Preact's JSX, no outside resources. Beside each script
 * and style stands the same compressed, which the centre sends to browsers that take it.
 */
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const compressed: Plugin = {
  name: "compressed",
  writeBundle({ dir }) {
    for (const name of globSync("assets/*.{js,css}", { cwd: dir! })) {
      const file = join(dir!, name);
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    }
  },
};

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: page("."),
  base: "./",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        ...{ index: page("index.html"), panel: page("panel.html") },
        ...{ samples: page("samples.html"), quality: page("quality.html"), transport: page("transport.html") },
        messages: page("messages.html"),
      },
    },
  },
  plugins: [compressed],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
});
