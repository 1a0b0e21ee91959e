import { expect, test } from "vitest";
import { ConnectDocument, SaveApiEndpointDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { apply, project, running, storedOf } from "./gateways.asking.ts";
import { seeded } from "./seeded.data.ts";

const people = ["demo", "al", "admin"] as const;
const names = Array.from({ length: 9 }, (_, index) => `endpoint-${index}`);

test("several people save endpoints and apply the gateway at once: every one is saved, and every one is served", async () => {
  const sett = await startSett({ env: { WORKSPACE_WAIT: "1m" }, gatewayTiming: { staleMs: 60 } });
  running(sett);
  const answers = await Promise.all(
    names.map(async (id, index) => {
      const person = people[index % people.length] ?? "al";
      const apiEndpoint = { id, name: id, host: "*", paths: [`/${id}`] };
      const saved = await sett.as(person).ask(SaveApiEndpointDocument, { input: { project, apiEndpoint } });
      const ends = { fromId: seeded.pipeline, toId: id };
      const connected = await sett.as(person).ask(ConnectDocument, { input: { project, ...ends } });
      return [saved, connected, await apply(sett, person)];
    }),
  );
  expect(answers.flat().flatMap(({ codes }) => codes)).toEqual([]);
  const saved = sett.sandbox.workspaces.pod("demo", "dev").state.project()["apiEndpoints"] as {
    id: string;
  }[];
  expect(saved.map(({ id }) => id)).toEqual(expect.arrayContaining(names));
  // Whoever comes next sees what was done before: nobody writes what somebody else has just written.
  const writes = sett.upstreamCalls().filter((call) => /^gateway-admin PUT .*api-endpoints/.test(call));
  expect(writes).toHaveLength(names.length);
  const { apiEndpoints, pipelines } = running(sett).served();
  expect(Object.keys(apiEndpoints)).toEqual(expect.arrayContaining(names));
  const pipeline = pipelines[seeded.pipeline] as { apiEndpoints: string[] };
  expect(pipeline.apiEndpoints).toEqual(expect.arrayContaining(names));
});

test("the same endpoints written straight to the gateway at once are lost, so the test above can fail", async () => {
  const sett = await startSett();
  const url = `${sett.sandbox.gateways.server.url}/gateway-demo-dev/api-endpoints`;
  running(sett);
  const answers = await Promise.all(
    names.map((name) =>
      fetch(`${url}/${name}`, {
        method: "PUT",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ host: "*", paths: [`/${name}`] }),
      }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
  const left = names.filter((name) => name in storedOf(sett).apiEndpoints);
  expect(left.length).toBeLessThan(names.length);
});
