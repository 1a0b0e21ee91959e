import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import { changesOfWorkspaces } from "./mutations.data.ts";

const all = Object.entries(changesOfWorkspaces);

const serversOf = ({ sandbox }: Sett) => [
  sandbox.workspaces.projectApi,
  sandbox.workspaces.workspaceApi,
  sandbox.workspaces.runningProjects,
];

test.each(all)(
  "%s: while the workspace is down the answer is an outage that names it, and afterwards all is well",
  async (_name, mutate) => {
    const sett = await startSett();
    await Promise.all(serversOf(sett).map((server) => server.stop()));
    const { codes, errors, text } = await mutate(sett.as("demo"), "demo");
    expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(errors[0]?.extensions["upstream"]).toMatch(/^(project|workspace)-api$/);
    expect(text).not.toContain("127.0.0.1");
    await Promise.all(serversOf(sett).map((server) => server.resume()));
    expect((await mutate(sett.as("demo"), "demo")).codes).toEqual([]);
  },
);

test.each(all)(
  "%s: a workspace that hangs is an outage once its time is up, and holds nobody up for good",
  async (_name, mutate) => {
    const sett = await startSett({ env: { WORKSPACE_TIMEOUT: "800ms" } });
    for (const { faults } of serversOf(sett)) faults.set({ mode: "hang" });
    expect((await mutate(sett.as("demo"), "demo")).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
    for (const { faults } of serversOf(sett)) faults.clear();
    expect((await mutate(sett.as("demo"), "demo")).codes).toEqual([]);
  },
);

test.each(all)(
  "%s: a workspace that answers 500 to everything is told of without its own words or paths",
  async (_name, mutate) => {
    const sett = await startSett();
    const body = JSON.stringify({ error: { status: 500, message: "boom at /srv/platform/secret/place.js" } });
    for (const { faults } of serversOf(sett)) faults.set({ mode: "answer", status: 500, body });
    const { codes, text } = await mutate(sett.as("demo"), "demo");
    expect(["UPSTREAM_UNAVAILABLE", "UPSTREAM_REJECTED"]).toContain(codes[0]);
    expect(text).not.toContain("/srv/");
  },
);
