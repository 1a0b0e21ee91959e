import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { test as base } from "@playwright/test";
import type { ExplorerConfiguration, ExplorerExample } from "../../src/server/explorer.ts";

const startTimeoutMs = 30_000;

/** What every browser test has besides Playwright's own fixtures. */
interface GatewayFixtures {
  /** Everything in the page that should not happen: requests that leave the gateway, and errors on the console. */
  complaints: string[];
  /** The examples this gateway offers. */
  gatewayExamples: readonly ExplorerExample[];
}

interface GatewayWorkerFixtures {
  /** The address of a built gateway over its sandbox, started once for all tests: `http://127.0.0.1:<port>/`. */
  gatewayUrl: string;
}

async function firstAddress(lines: AsyncIterable<string>): Promise<string> {
  const seen: string[] = [];
  for await (const line of lines) {
    const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(line)?.[0];
    if (address !== undefined) return address;
    seen.push(line);
  }
  throw new Error(`The gateway ended without telling its address. It said:\n${seen.join("\n")}`);
}

export const test = base.extend<GatewayFixtures, GatewayWorkerFixtures>({
  gatewayUrl: [
    async ({ browserName: _browserName }, use) => {
      const gateway = spawn(process.execPath, ["dist/main.js"], {
        env: { ...process.env, PORT: "0" },
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = once(gateway, "exit");
      // Ending it ends its output too, so a gateway that says nothing fails the wait below.
      const deadline = setTimeout(() => gateway.kill(), startTimeoutMs);
      const address = await firstAddress(createInterface(gateway.stdout));
      clearTimeout(deadline);
      // A pipe that nobody reads fills up and stops the writer.
      gateway.stdout.resume();
      await use(address);
      gateway.kill();
      await ended;
    },
    { scope: "worker" },
  ],
  baseURL: async ({ gatewayUrl }, use) => {
    await use(gatewayUrl);
  },
  gatewayExamples: async ({ request }, use) => {
    const response = await request.get("/explorer.json");
    await use(((await response.json()) as ExplorerConfiguration).examples);
  },
  complaints: async ({ page, gatewayUrl }, use) => {
    const complaints: string[] = [];
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(gatewayUrl) && !url.startsWith("blob:") && !url.startsWith("data:")) {
        complaints.push(`request to ${url}`);
      }
    });
    page.on("requestfailed", (request) => {
      complaints.push(`failed request to ${request.url()}: ${request.failure()?.errorText ?? "unknown"}`);
    });
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => {
      complaints.push(`page: ${error.message}`);
    });
    await use(complaints);
  },
});

export { expect } from "@playwright/test";
