import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { LoadSharedProjectsDocument, ViewerDocument } from "../generated/operations.ts";
import { graph } from "../../src/server/graph.ts";
import { readVersion, schemaHash } from "../../src/version.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett, type Sett } from "../support/sett.ts";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

const stopped: (() => Promise<void>)[] = [];
let sett: Sett;

beforeAll(async () => {
  sett = await startSett({ env: { INTROSPECTION: "false" }, until: (stop) => void stopped.push(stop) });
});
afterAll(async () => {
  for (const stop of stopped) await stop();
});

test("/version tells which build and which schema runs, also where the schema may not be asked for", async () => {
  const response = await fetch(`${sett.url}/version`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({
    version: manifest.version,
    node: process.versions.node,
    schema: schemaHash(graph().sdl),
  });
  const changed = await fetch(`${sett.url}/version`, { method: "POST" });
  expect([changed.status, changed.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
});

test("another schema has another hash, and the same one the same in every replica", () => {
  const { sdl } = graph();
  expect(schemaHash(sdl)).toMatch(/^[0-9a-f]{12}$/);
  expect(schemaHash(sdl.replace("login", "name"))).not.toBe(schemaHash(sdl));
});

test("whoever builds it says of what and when; what is left open is not told", () => {
  const [commit, builtAt] = ["abc1234", "2026-01-02T03:04:05Z"];
  const { version } = manifest;
  expect(readVersion({ SETT_COMMIT: commit, SETT_BUILT_AT: builtAt })).toEqual({ version, commit, builtAt });
  expect(readVersion({ SETT_COMMIT: "", GITEA_TOKEN: "secret" })).toEqual({ version });
});

test("who still asks for a deprecated field is counted, and that nobody does is told as well", async () => {
  const name = 'sett_deprecated_fields_total{field="Query.loadSharedProjects"}';
  expect(await sett.measured(name)).toBe(0);
  await sett.as("al").ask(ViewerDocument);
  expect(await sett.measured(name)).toBe(0);
  // The first goes through the server, what follows the short way.
  for (let times = 0; times < 3; times += 1) {
    await sett.as("al").ask(LoadSharedProjectsDocument, { username: "customer-al" });
  }
  expect(await sett.measured(name)).toBe(3);
});

test("who opens a socket is told which version answers, before anything is asked", async () => {
  const socket = await openSocket(sett.url);
  socket.say({ type: "connection_init", payload: { authorization: "token al-token" } });
  expect(await socket.hear()).toEqual({ type: "connection_ack", payload: { version: manifest.version } });
});
