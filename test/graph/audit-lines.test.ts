import { once } from "node:events";
import { afterAll, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { graph } from "../../src/server/graph.ts";
import { blocksOf, readDocument } from "../docs/markdown.blocks.ts";
import { isAsShown } from "../docs/shown.answers.ts";
import { SaveModelDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { auditLines, linesOf } from "./audit.lines.ts";
import { mutations, type Mutate } from "./mutations.data.ts";

const createProducer: Mutate = (person, producer) =>
  person.askText(
    "mutation ($name: ProducerName!) { createProducer(input: { name: $name }) { createdRepos } }",
    {
      name: producer,
    },
  );
const all: Readonly<Record<string, Mutate>> = { ...mutations, createProducer };

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops) await stop();
});
const shared = () => startSett({ until: (stop) => stops.push(stop) });

/** Those whose names say more than the project does. */
const naming: Readonly<Record<string, object>> = {
  saveDataSource: { name: "spare" },
  deleteFunction: { name: "convert" },
  shareProject: { login: "customer-zu", level: "admin" },
  unshareProject: { login: "customer-al" },
  setCollaborator: { login: "customer-zu", level: "admin" },
  saveRepoFile: { path: "new.txt" },
  promote: { "from.env": "dev" },
};

describe("every change that is asked for leaves one line", () => {
  test("there is none that the tests do not ask for", () => {
    const fields = Object.keys(graph().schema.getMutationType()?.getFields() ?? {});
    expect(Object.keys(all).toSorted()).toEqual(fields.toSorted());
  });

  test(
    "whatever becomes of it: who, what, on whom, by which permission, and how it went",
    { timeout: 60_000 },
    async () => {
      const sett = await shared();
      for (const [field, mutate] of Object.entries(all)) {
        const answer = await mutate(sett.as("demo"), "demo");
        const [line] = await linesOf(sett, answer);
        expect(line, field).toMatchObject({
          ...{ kind: "mutation", field, login: "customer-demo", by: "gitea-token", producer: "demo" },
          permission: expect.stringMatching(/^(?:project|functions|producer|repo|pod|platform):/) as string,
          outcome:
            answer.codes.length === 0
              ? "done"
              : (expect.stringMatching(/refused|failed|unfinished/) as string),
          ...(answer.codes.length === 0 ? {} : { code: answer.codes[0] }),
          ...(naming[field] ? { named: expect.objectContaining(naming[field]) as object } : {}),
        });
      }
      expect(auditLines(sett)).toHaveLength(Object.keys(all).length);
    },
  );

  test(
    "a refused one too, of whoever reads only, and it names the permission",
    { timeout: 60_000 },
    async () => {
      const sett = await shared();
      for (const [field, mutate] of Object.entries(all)) {
        const answer = await mutate(sett.as("zu"), "demo");
        const [line] = await linesOf(sett, answer);
        expect(line, field).toMatchObject({
          ...{ kind: "mutation", field, login: "customer-zu", outcome: "refused", code: answer.codes[0] },
          ...(answer.codes[0] === "FORBIDDEN"
            ? { permission: answer.errors[0]?.extensions["permission"] }
            : {}),
        });
      }
    },
  );

  test("and one for each root field of an operation, under the names of the graph", async () => {
    const sett = await shared();
    const answer = await sett.as("demo").askText(`mutation Both {
      one: saveServiceEndpoint(input: { project: { producer: "demo" }, serviceEndpoint: { name: "a", urls: ["http://a.example"] } }) { outcome }
      two: deleteModel(input: { project: { producer: "demo" }, name: "NoSuch" }) { deletedName }
    }`);
    expect(answer.codes).toEqual(["NOT_FOUND"]);
    expect(await linesOf(sett, answer, 2)).toEqual([
      expect.objectContaining({ field: "saveServiceEndpoint", operation: "Both", outcome: "done" }),
      // Not a refusal: whoever may change the project learns what is in it.
      expect.objectContaining({ field: "deleteModel", outcome: "failed", code: "NOT_FOUND" }),
    ]);
  });

  test("a service that is down is named with the change that failed", async () => {
    const sett = await startSett();
    await sett.sandbox.workspaces.workspaceApi.stop();
    const answer = await sett
      .as("demo")
      .askText(
        'mutation { deleteModel(input: { project: { producer: "demo" }, name: "Car" }) { deletedName } }',
      );
    const [line] = await linesOf(sett, answer);
    expect(line).toMatchObject({
      outcome: "failed",
      code: "UPSTREAM_UNAVAILABLE",
      upstream: "workspace-api",
    });
  });

  test("one that still runs when the gateway has to end is left unfinished, and says so", async () => {
    const stopped: (() => Promise<void>)[] = [];
    const sett = await startSett({
      env: { SHUTDOWN_DEADLINE: "50ms" },
      until: (stop) => stopped.push(stop),
    });
    sett.sandbox.workspaces.workspaceApi.faults.set({ mode: "hang" });
    const asked = sett
      .as("demo")
      .askText(
        'mutation { deleteModel(input: { project: { producer: "demo" }, name: "Car" }) { deletedName } }',
      )
      .catch(() => undefined);
    await expect
      .poll(() => sett.upstreamCalls().some((call) => call.startsWith("workspace-api")), { timeout: 10_000 })
      .toBe(true);
    for (const stop of stopped) await stop();
    await asked;
    expect(auditLines(sett)).toEqual([
      expect.objectContaining({ field: "deleteModel", outcome: "unfinished", named: { name: "Car" } }),
    ]);
  });
});

describe("refusals", () => {
  let sett: Sett;
  const read = (what: string) => `query Look { project(producer: "demo") { ${what} } }`;

  test("of what one cannot read, may not do, or is to sign in for leave a line; what is answered leaves none", async () => {
    sett = await startSett();
    await sett.as("demo").askText(read("name models { nodes { name } }"));
    await sett.as("demo").askText('{ project(producer: "demo") { model(name: "NoSuch") { name } } }');
    expect(auditLines(sett)).toEqual([]);

    const hidden = await sett.as("eve").askText(read("name"));
    expect(await linesOf(sett, hidden)).toMatchObject([
      {
        ...{ kind: "query", field: "project", operation: "Look", login: "customer-eve", outcome: "refused" },
        ...{ code: "NOT_FOUND", permission: "project:read", producer: "demo", env: "dev" },
      },
    ]);
    const lacking = await sett
      .as("al")
      .askText('{ repo(owner: "customer-demo", name: "dev") { people: collaborators { totalCount } } }');
    expect(await linesOf(sett, lacking)).toMatchObject([
      { field: "collaborators", login: "customer-al", code: "FORBIDDEN", permission: "repo:admin" },
    ]);
    const nobody = await sett.as("nobody").askText(read("name"));
    expect(await linesOf(sett, nobody)).toMatchObject([{ by: "nobody", code: "UNAUTHENTICATED" }]);
    const unknown = await sett.showing("token no-such-token").askText(read("name"));
    expect(await linesOf(sett, unknown)).toMatchObject([{ by: "gitea-token", code: "UNAUTHENTICATED" }]);
  });

  test("that come again are counted, and told of when the minute or the gateway ends", async () => {
    const stopped: (() => Promise<void>)[] = [];
    const hammered = await startSett({ until: (stop) => stopped.push(stop) });
    for (let index = 0; index < 5; index += 1) await hammered.as("eve").askText(read("name"));
    const names = Array.from({ length: 150 }, (_, index) => `p${index}`);
    await Promise.all(
      names.map((name) => hammered.as("eve").askText(`{ project(producer: "${name}") { name } }`)),
    );
    for (const stop of stopped) await stop();
    const lines = auditLines(hammered);
    expect(lines.length).toBeLessThan(105);
    expect(lines.filter(({ producer }) => producer === "demo")).toMatchObject([{}, { repeated: 4 }]);
    expect(lines.at(-1)).toMatchObject({ login: "customer-eve", outcome: "refused", repeated: 51 });
  });

  test("of a credential that asks for too much, of a webhook and of a sign-in leave one", async () => {
    const strict = await startSett({
      env: { OPERATIONS_PER_MINUTE: "1", GITEA_WEBHOOK_SECRET: "a-secret-of-the-hook" },
    });
    await strict.as("demo").askText("{ viewer { login } }");
    const many = await strict.as("demo").askText("{ viewer { login } }");
    expect(many.codes).toEqual(["RATE_LIMITED"]);
    expect(await linesOf(strict, many)).toMatchObject([{ kind: "operation", code: "RATE_LIMITED" }]);
    const hook = await fetch(`${strict.url}/webhooks/gitea`, { method: "POST", body: "{}" });
    expect(await linesOf(strict, hook)).toMatchObject([{ kind: "webhook", outcome: "refused" }]);
    const back = await fetch(`${strict.url}/login/callback?state=made-up&code=made-up`);
    expect(await linesOf(strict, back)).toMatchObject([
      { kind: "sign-in", outcome: "refused", code: "invalid" },
    ]);
  });

  test("a socket that nobody is let in by leaves one", async () => {
    const live = await startSett();
    for (const authorization of ["token no-such-token", "Basic no-such-credential"]) {
      const socket = new WebSocket(`${live.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
      await once(socket, "open");
      socket.send(JSON.stringify({ type: "connection_init", payload: { authorization } }));
      expect((await once(socket, "close"))[0]).toBe(4403);
    }
    await expect
      .poll(() => auditLines(live), { timeout: 10_000 })
      .toMatchObject([
        { kind: "operation", by: "gitea-token", outcome: "refused", code: "UNAUTHENTICATED" },
        { kind: "operation", by: "nobody", outcome: "refused", code: "UNAUTHENTICATED" },
      ]);
  });

  test("a subscription that ends because the right is gone leaves one", async () => {
    const live = await startSett({ env: { PERMISSION_TTL: "50ms" } });
    const subscribed = live
      .as("al")
      .subscribeText('subscription Watch { projectChanged(producer: "demo") { kind } }');
    const next = subscribed.next();
    await live.subscriptionsRun(1);
    live.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
    await next;
    await expect
      .poll(() => auditLines(live), { timeout: 10_000 })
      .toMatchObject([
        {
          ...{ kind: "subscription", field: "projectChanged", login: "customer-al", code: "NOT_FOUND" },
          permission: "project:read",
        },
      ]);
  });
});

test("a line is as the documentation shows it", async () => {
  const sett = await shared();
  const answer = await sett.as("al").ask(SaveModelDocument, {
    input: { project: { producer: "demo" }, name: "Bus", config: { dataSource: "memory" } },
  });
  expect(answer.codes).toEqual([]);
  const [line] = await linesOf(sett, answer);
  const [shown] = blocksOf(readDocument("docs/audit.md")).filter(({ language }) => language === "json");
  expect(isAsShown(JSON.parse(shown?.text ?? ""), line, new Map()), JSON.stringify(line)).toBe(true);
});

test("the lines are written whatever LOG_LEVEL is", async () => {
  const quiet = await startSett({ env: { LOG_LEVEL: "error" } });
  const answer = await quiet.as("eve").askText('{ project(producer: "demo") { name } }');
  await linesOf(quiet, answer);
  expect(quiet.log.entries).toHaveLength(1);
});
