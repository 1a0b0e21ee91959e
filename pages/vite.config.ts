import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const page = (name: string) => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  plugins: [react()],
  // Relative addresses, so that the page also works behind a path prefix.
  base: "./",
  build: {
    outDir: "../dist/pages",
    emptyOutDir: true,
    // Files rather than data: addresses, so that the page's content policy can stay narrow.
    assetsInlineLimit: 0,
    // The editor is one large file whatever is done; it is loaded after the page shows.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // Each page's first script, by another name than what it loads.
      input: { "explorer.start": page("index.html"), "board.start": page("board.html") },
      onLog(level, log, handle) {
        // GraphiQL's files carry a directive for a compiler that is not run here.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
    license: { fileName: "licenses.md" },
  },
});
