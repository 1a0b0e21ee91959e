import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { startGateway } from "../../src/server/gateway.ts";
import { graphDoor } from "../together/graph.door.ts";
import { workTogether } from "../together/workload.ts";
import { RevisionDocument, SaveServiceEndpointDocument } from "../generated/operations.ts";
import { personAt, startSett } from "../support/sett.ts";
import { startRedis } from "./redis.server.ts";

/** Two gateways before one platform, with a Redis between them. */
async function startTwo() {
  const { url } = await startRedis();
  const env = { REDIS_URL: url, WORKSPACE_WAIT: "1m" };
  const sett = await startSett({ env, workspaceTiming: { overlapMs: 3, tornMs: 1 } });
  const config = readConfig({ PORT: "0", ...env });
  const other = await startGateway(config, {
    addresses: sett.sandbox.addresses,
    log: createLog("silent"),
    examples: [],
  });
  onTestFinished(async () => {
    await other.stop();
  });
  return { here: sett.as("demo"), there: personAt(other.url, "token al-token"), sett };
}

test(
  "two gateways lose nothing between them: nothing acknowledged is lost, nothing deleted returns, nobody sees half",
  { timeout: 120_000 },
  async () => {
    const { here, there } = await startTwo();
    const report = await workTogether([here, there].map(graphDoor), { writers: 4, readers: 2, rounds: 3 });
    expect(report).toMatchObject({ refused: 0, lost: [], returned: [], torn: [] });
    expect(report.acknowledged).toBeGreaterThanOrEqual(4 * 3 * 5);
  },
);

test("a revision that one gateway has told is one that the other can merge with", async () => {
  const { here, there } = await startTwo();
  const project = { producer: "demo" };
  const { data } = await here.ask(RevisionDocument, { producer: "demo" });
  const revision = data?.project?.revision ?? "";
  const add = (person: typeof here, id: string) =>
    person.ask(SaveServiceEndpointDocument, {
      input: { project, revision, serviceEndpoint: { id, name: id, urls: ["http://e"] } },
    });
  expect((await add(here, "mine")).data?.saveServiceEndpoint?.outcome).toBe("SAVED");
  expect((await add(there, "theirs")).data?.saveServiceEndpoint?.outcome).toBe("MERGED");
});
