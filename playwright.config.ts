import { defineConfig } from "@playwright/test";

/** Nothing is downloaded: the browser is the machine's own. */
const chromium = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

export default defineConfig({
  testDir: "test/browser",
  reporter: "list",
  // Each has a gateway and a sandbox of its own.
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 30_000 },
  outputDir: "test-results",
  // What is built is run as it is.
  build: { external: ["**/dist/**"] },
  use: {
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: chromium,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
