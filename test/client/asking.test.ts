import {
  BadUserInput,
  CanvasDocument,
  ClientDisposed,
  Conflict,
  Forbidden,
  GatewayUnreachable,
  InvalidDocument,
  LoadSharedProjectsDocument,
  NotFound,
  NotGraphql,
  RateLimited,
  ReadProjectDocument,
  RevisionDocument,
  SaveGatewayDocument,
  SettError,
  type SettClient,
  TimedOut,
  Unauthenticated,
  UnknownDocument,
  UpstreamUnavailable,
  ViewerDocument,
  type TrustedDocument,
} from "@sett/client";
import { beforeAll, afterAll, expect, test } from "vitest";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { seeded } from "../graph/seeded.data.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { clientOf } from "./clients.ts";

const demos = { producer: "demo" };
const stops: (() => Promise<void>)[] = [];
let sett: Sett;

beforeAll(async () => {
  sett = await startSett({ env: { DOCUMENTS: "trusted" }, until: (stop) => stops.push(stop) });
});
afterAll(async () => {
  for (const stop of stops) await stop();
});

/** What a call throws. */
const thrown = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => expect.unreachable("nothing was thrown"),
    (error: unknown) => error,
  );

/** What a client sends, as it sends it. */
function noting(sent: Record<string, unknown>[]): typeof fetch {
  return (input, init) => {
    sent.push(JSON.parse(init?.body as string) as Record<string, unknown>);
    return fetch(input, init);
  };
}

const rename = (person: "demo" | "al" | "zu", name: string, revision: string) =>
  clientOf(sett, person).mutate(SaveGatewayDocument, {
    input: { project: demos, revision, gateway: { id: seeded.gateway, name } },
  });

/** Never called: what is wrong here does not compile. */
export function misuse(client: SettClient): void {
  // @ts-expect-error -- a producer is to be named
  void client.query(ReadProjectDocument);
  // @ts-expect-error -- and as a text
  void client.query(ReadProjectDocument, { producer: 1 });
}

test("a gateway that runs only what it knows answers a document by its hash alone", async () => {
  const sent: Record<string, unknown>[] = [];
  const { project, viewer } = await clientOf(sett, "al", { fetch: noting(sent) }).query(
    ReadProjectDocument,
    demos,
  );
  expect(viewer?.login).toBe("customer-al");
  expect(project).toMatchObject({ producer: "demo", env: "dev", viewerPermission: "WRITE" });
  expect(sent).toEqual([{ documentId: ReadProjectDocument.id, variables: demos }]);
});

test("a gateway that does not know a hash is sent the text, and of that document only texts from then on", async () => {
  const other = await startSett({ env: { TRUSTED_DOCUMENTS: "test/client/other-documents.json" } });
  const sent: Record<string, unknown>[] = [];
  const client = clientOf(other, "al", { fetch: noting(sent) });
  for (let times = 0; times < 2; times += 1) {
    expect((await client.query(ViewerDocument)).viewer?.login).toBe("customer-al");
  }
  const { id, text } = ViewerDocument;
  expect(sent).toEqual([{ documentId: id }, { query: text }, { query: text }]);
});

test("a client newer than the gateway it comes to is told that its document is unknown, or waits for a newer gateway: nothing is done twice", async () => {
  const env = { DOCUMENTS: "trusted", TRUSTED_DOCUMENTS: "test/client/other-documents.json" };
  const older = await startSett({ env });
  const error = await thrown(clientOf(older, "al").query(ViewerDocument));
  expect(error).toBeInstanceOf(UnknownDocument);
  const sent: Record<string, unknown>[] = [];
  // Another replica takes each request once the older one has refused the document.
  const rolled: typeof fetch = (input, init) => {
    const address = new URL(input instanceof Request ? input.url : input);
    const isRolled = sent.length >= 2;
    return noting(sent)(isRolled ? new URL(address.pathname, sett.url) : address, init);
  };
  const client = clientOf(older, "demo", { fetch: rolled, retries: 1 });
  const input = { project: demos, gateway: { id: seeded.gateway, name: "Rolled" } };
  const { saveGateway } = await client.mutate(SaveGatewayDocument, { input });
  expect(saveGateway).toBeTruthy();
  const { id, text } = SaveGatewayDocument;
  expect(sent).toEqual([
    { documentId: id, variables: { input } },
    { query: text, variables: { input } },
    { documentId: id, variables: { input } },
  ]);
});

test("calls at once of a document that the gateway does not know are all answered", async () => {
  const other = await startSett({ env: { TRUSTED_DOCUMENTS: "test/client/other-documents.json" } });
  const client = clientOf(other, "al");
  const answers = await Promise.all([1, 2, 3].map(() => client.query(ViewerDocument)));
  expect(answers.map(({ viewer }) => viewer?.login)).toEqual(Array(3).fill("customer-al"));
});

test("whose session a page believes to have is said with each call, as it is then", async () => {
  const said: (string | null)[] = [];
  let login: string | undefined = "customer-al";
  const client = clientOf(sett, "al", {
    sessionOf: () => login,
    fetch: (input, init) => {
      said.push(new Headers(init?.headers).get("x-sett-login"));
      return fetch(input, init);
    },
  });
  await client.query(ViewerDocument);
  login = undefined;
  await client.query(ViewerDocument);
  expect(said).toEqual(["customer-al", null]);
});

test("who may see and not change is told which permission it needs, and what it was", async () => {
  const { project } = await clientOf(sett, "zu").query(RevisionDocument, demos);
  const error = await thrown(rename("zu", "Zus", project?.revision ?? ""));
  expect(error).toBeInstanceOf(Forbidden);
  expect(error).toMatchObject({ name: "Forbidden", code: "FORBIDDEN", permission: "project:write" });
  expect((error as Forbidden).requestId).toMatch(/^[\w.-]{8,}$/);
});

test("what one may not see is not found, and what was answered besides comes with the error", async () => {
  const error = await thrown(clientOf(sett, "eve").query(ReadProjectDocument, demos));
  expect(error).toBeInstanceOf(NotFound);
  expect(error).toMatchObject({
    code: "NOT_FOUND",
    path: ["project"],
    data: { viewer: { login: "customer-eve" }, project: null },
  });
});

test("who asks for as much as there is gets it, with the errors beside it", async () => {
  const { data, errors } = await clientOf(sett, "eve").execute(ReadProjectDocument, demos);
  expect(data).toEqual({ viewer: { login: "customer-eve" }, project: null });
  expect(errors).toEqual([expect.any(NotFound)]);
  expect(errors[0]?.errors).toBe(errors);
});

test("nobody is told to sign in, and so is who has a token that is not accepted", async () => {
  expect(await thrown(clientOf(sett, "nobody").query(ViewerDocument))).toBeInstanceOf(Unauthenticated);
  const wrong = clientOf(sett, "nobody", { authorization: () => "token wrong" });
  expect(await thrown(wrong.query(ViewerDocument))).toBeInstanceOf(Unauthenticated);
});

test("who changes what another has changed since is told base, theirs and mine, and where to start from", async () => {
  const { project } = await clientOf(sett, "al").query(RevisionDocument, demos);
  const revision = project?.revision ?? "";
  const { saveGateway } = await rename("al", "Als", revision);
  const error = await thrown(rename("demo", "Demos", revision));
  if (!(error instanceof Conflict)) throw error;
  expect(error.current).toEqual({ revision: saveGateway?.revision });
  expect(error.entities).toMatchObject([
    { entity: `gateways/${seeded.gateway}`, theirs: { name: "Als" }, mine: { name: "Demos" } },
  ]);
});

test("malformed input is told place by place", async () => {
  const error = await thrown(clientOf(sett, "demo").query(CanvasDocument, { producer: "../demo" }));
  if (!(error instanceof BadUserInput)) throw error;
  expect(error.code).toBe("BAD_USER_INPUT");
});

test("a document that is not among the gateway's is told as unknown, and one that cannot run as invalid", async () => {
  const text = "query Unknown { nothing }";
  const unknown: TrustedDocument<unknown, Record<string, never>> = {
    kind: "query",
    name: "Unknown",
    id: `sha256:${"0".repeat(64)}`,
    text,
  };
  expect(await thrown(clientOf(sett, "al").query(unknown))).toBeInstanceOf(UnknownDocument);
  const any = await startSett();
  expect(await thrown(clientOf(any, "al").query(unknown))).toBeInstanceOf(InvalidDocument);
});

test("a service that is away is told by its name, and a query that may is asked again once it is back", async () => {
  const { faults } = sett.sandbox.workspaces.projectApi;
  faults.set({ mode: "drop" });
  const client = clientOf(sett, "al");
  const error = await thrown(client.query(CanvasDocument, demos)).finally(() => faults.clear());
  expect(error).toBeInstanceOf(UpstreamUnavailable);
  expect((error as UpstreamUnavailable).upstream).toBe("project-api");
  const sent: Record<string, unknown>[] = [];
  faults.set({ mode: "drop" });
  const mending: typeof fetch = async (input, init) => {
    const answer = await noting(sent)(input, init);
    faults.clear();
    return answer;
  };
  const patient = clientOf(sett, "al", { fetch: mending, retries: 5 });
  expect((await patient.query(CanvasDocument, demos)).project?.gateways).toBeTruthy();
  expect(sent.length).toBeGreaterThan(1);
});

test("who asks too much is told when to come again; who asks again then gets through, and no change is sent twice", async () => {
  const strict = await startSett({ env: { OPERATIONS_PER_MINUTE: "2" } });
  const sent: Record<string, unknown>[] = [];
  const client = clientOf(strict, "al", { fetch: noting(sent), retries: 3 });
  for (let times = 0; times < 2; times += 1) await client.query(ViewerDocument);
  const error = await thrown(client.query(ViewerDocument, {}, { retries: 0 }));
  if (!(error instanceof RateLimited)) throw error;
  expect(error.retryAfterMs).toBeGreaterThan(0);
  sent.length = 0;
  const input = { project: demos, gateway: { id: seeded.gateway, name: "Once" } };
  expect(await thrown(client.mutate(SaveGatewayDocument, { input }))).toBeInstanceOf(RateLimited);
  expect(sent).toHaveLength(1);
});

test("no gateway, and something that is none, are errors of the client's own", async () => {
  const server = createServer((_, response) => response.writeHead(502).end("<html>bad gateway</html>"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const there = { url: `http://127.0.0.1:${port}` };
  expect(await thrown(clientOf(there, "al").query(ViewerDocument))).toMatchObject({
    name: "NotGraphql",
    status: 502,
  });
  server.close();
  const gone = await thrown(clientOf(there, "al").query(ViewerDocument));
  expect(gone).toBeInstanceOf(GatewayUnreachable);
  expect([gone, new NotGraphql(502)].every((error) => error instanceof SettError)).toBe(true);
});

test("a call ends when its time is over, when its caller leaves, and with its client", async () => {
  const { faults } = sett.sandbox.workspaces.projectApi;
  faults.set({ mode: "hang" });
  try {
    const client = clientOf(sett, "al");
    expect(await thrown(client.query(CanvasDocument, demos, { timeoutMs: 50 }))).toBeInstanceOf(TimedOut);
    const leaving = new AbortController();
    const left = thrown(client.query(CanvasDocument, demos, { signal: leaving.signal }));
    leaving.abort(new Error("no more"));
    expect(await left).toMatchObject({ message: "no more" });
    const disposed = thrown(client.query(CanvasDocument, demos));
    client.dispose();
    expect(await disposed).toBeInstanceOf(ClientDisposed);
    expect(await thrown(client.query(ViewerDocument))).toBeInstanceOf(ClientDisposed);
  } finally {
    faults.clear();
  }
});

test("a call ends as well while it waits for who asks", async () => {
  const client = clientOf(sett, "nobody", { authorization: () => new Promise(() => undefined) });
  expect(await thrown(client.query(ViewerDocument, {}, { timeoutMs: 50 }))).toBeInstanceOf(TimedOut);
  const leaving = new AbortController();
  const left = thrown(client.query(ViewerDocument, {}, { signal: leaving.signal }));
  leaving.abort(new Error("no more"));
  expect(await left).toMatchObject({ message: "no more" });
});

test("what is deprecated and still asked is answered as ever", async () => {
  const { loadSharedProjects } = await clientOf(sett, "al").query(LoadSharedProjectsDocument, {
    username: "al",
  });
  expect(loadSharedProjects?.sharedProjects.length).toBeGreaterThan(0);
});
