import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { App } from "../../client/examples/react.tsx";
import { startSett, type Sett } from "../support/sett.ts";
import { clientOf } from "./clients.ts";

const run = promisify(execFile);
const stops: (() => Promise<void>)[] = [];
let sett: Sett;

beforeAll(async () => {
  sett = await startSett({ env: { DOCUMENTS: "trusted" }, until: (stop) => stops.push(stop) });
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** Runs an example in a process of its own, as its reader would; what it says, line by line. */
async function saidBy(name: string): Promise<readonly string[]> {
  const path = fileURLToPath(new URL(`../../client/examples/${name}`, import.meta.url));
  const environment = { ...process.env, SETT_URL: `${sett.url}/graphql`, NO_COLOR: "1" };
  const { stdout } = await run(process.execPath, ["--import", "tsx", path], { env: environment });
  return stdout.trim().split("\n");
}

test("the example of first data gets it", async () => {
  expect(await saidBy("first-data.ts")).toEqual(["al may WRITE demo's project"]);
});

test("the example of errors meets a refusal, a conflict and what cannot be seen", async () => {
  const said = await saidBy("errors.ts");
  expect(said[0]).toBe("zu lacks project:write");
  expect(said[1]).toMatch(/^theirs .*al's.* mine .*demo's/);
  expect(said.at(-1)).toBe("null NOT_FOUND");
});

test("the example of subscriptions hears of a change, and ends", async () => {
  expect(await saidBy("subscriptions.ts")).toEqual([
    "connecting",
    "open",
    "customer-demo changed files/notes.txt",
  ]);
});

test("the example of React renders, and asks nothing before it is in a page", () => {
  const client = clientOf(sett, "al");
  expect(renderToString(createElement(App, { client }))).toMatch(/…/);
});
