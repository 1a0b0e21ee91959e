import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { print, type DocumentNode } from "graphql";
import { createClient } from "graphql-ws";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { ConfigurationError } from "../../src/config.ts";
import { graph } from "../../src/server/graph.ts";
import { createTrustedDocuments } from "../../src/server/trusted/trusted.documents.ts";
import * as operations from "../generated/operations.ts";
import { openEventStream } from "../support/event-stream.ts";
import { startSett } from "../support/sett.ts";
import { startChild } from "./child-gateway.ts";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const viewer = print(operations.ViewerDocument);
const project = print(operations.ReadProjectDocument);
const presence = print(operations.PresenceDocument);
const stranger = "{ viewer { login } }";
const demo = { authorization: "token demo-token", "content-type": "application/json" };

const byId = (text: string) => ({ documentId: `sha256:${hashOf(text)}` });
const byExtension = (text: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } },
});

interface Told {
  readonly data?: Readonly<Record<string, unknown>>;
  readonly errors?: readonly {
    message: string;
    extensions: { code: string; problems?: readonly { field: string }[] };
  }[];
}

async function post(url: string, body: unknown, path = "/graphql") {
  const options = { method: "POST", headers: demo, body: JSON.stringify(body) };
  return (await (await fetch(`${url}${path}`, options)).json()) as Told;
}

async function get(url: string, parameters: Readonly<Record<string, string>>) {
  const search = new URLSearchParams(parameters).toString();
  return (await (await fetch(`${url}/graphql?${search}`, { headers: demo })).json()) as Told;
}

async function overSocket(url: string, payload: object) {
  const client = createClient({
    url: `${url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: demo,
  });
  onTestFinished(() => client.dispose());
  return new Promise<Told>((resolve) => {
    const leave = client.subscribe(
      { query: "", ...payload },
      {
        next: (told) => (leave(), resolve(told as Told)),
        error: (errors) => resolve({ errors } as Told),
        complete: () => resolve({}),
      },
    );
  });
}

async function overStream(url: string, body: object) {
  const stream = await openEventStream(url, body, demo);
  const event = await stream.event();
  stream.leave();
  return JSON.parse(event?.data ?? "") as Told;
}

const codes = ({ errors }: Told) => errors?.map(({ extensions }) => extensions.code);
const fields = ({ errors }: Told) =>
  errors?.flatMap(({ extensions }) => extensions.problems?.map(({ field }) => field));
const refused = ["BAD_USER_INPUT"];

/** A manifest in a file of its own. */
function manifestOf(content: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "sett-documents-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "documents.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
}

function problemsOf(content: unknown): readonly string[] {
  try {
    const settings = { DOCUMENTS: "any", TRUSTED_DOCUMENTS: manifestOf(content) } as const;
    createTrustedDocuments(settings, graph().schema);
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test("where only registered documents run, they do by their text, by documentId and as Apollo's clients ask for them", async () => {
  const { url } = await startSett({ env: { DOCUMENTS: "trusted" } });
  const variables = { producer: "demo" };
  for (const body of [
    { query: project },
    byId(project),
    byExtension(project),
    { query: project, ...byId(project) },
  ]) {
    for (const path of ["/graphql", "/gql"]) {
      expect(await post(url, { ...body, variables }, path)).toMatchObject({
        data: { project: { producer: "demo" } },
      });
    }
  }
  const sent = { variables: JSON.stringify(variables) };
  const { extensions } = byExtension(project);
  for (const parameters of [{ query: project }, byId(project), { extensions: JSON.stringify(extensions) }]) {
    expect(await get(url, { ...parameters, ...sent })).toMatchObject({
      data: { project: { producer: "demo" } },
    });
  }
});

test("where only registered documents run, no other does, however it is sent, and nobody behind the gateway is asked", async () => {
  const sett = await startSett({ env: { DOCUMENTS: "trusted" } });
  const { url } = sett;
  sett.upstreamCalls();
  const unregistered = [
    stranger,
    `${viewer}\n`,
    `${viewer} `,
    "{ __schema { queryType { name } } }",
    "no query at all",
  ];
  for (const query of unregistered) {
    for (const body of [{ query }, { query, ...byId(query) }, { query, ...byExtension(query) }]) {
      expect(codes(await post(url, body))).toEqual(refused);
      expect(codes(await post(url, body, "/gql"))).toEqual(refused);
    }
    expect(codes(await get(url, { query }))).toEqual(refused);
    expect(codes(await overSocket(url, { query }))).toEqual(refused);
    expect(codes(await overStream(url, { query }))).toEqual(refused);
    const unknown = ["PERSISTED_QUERY_NOT_FOUND"];
    expect(codes(await post(url, byId(query)))).toEqual(unknown);
    expect(codes(await post(url, byExtension(query)))).toEqual(unknown);
    expect(codes(await overSocket(url, byId(query)))).toEqual(unknown);
    expect(codes(await overStream(url, byExtension(query)))).toEqual(unknown);
  }
  // A registered one in one place does not let another in that stands elsewhere.
  expect(
    codes(await post(`${url}/graphql?query=${encodeURIComponent(viewer)}`, { query: stranger }, "")),
  ).toEqual(refused);
  const twice = new URLSearchParams([
    ["query", viewer],
    ["query", stranger],
  ]).toString();
  expect(codes(await get(`${url}/graphql?${twice}#`, {}))).toEqual(["BAD_REQUEST"]);
  expect(sett.upstreamCalls().filter((call) => !call.endsWith("/user"))).toEqual([]);
});

test("registered documents run over sockets and streams by their hash, subscriptions too", async () => {
  const { url } = await startSett({ env: { DOCUMENTS: "trusted" } });
  const variables = { producer: "demo" };
  const people = { data: { presence: { people: [{ login: "customer-demo" }] } } };
  const login = { data: { viewer: { login: "customer-demo" } } };
  for (const by of [byId, byExtension]) {
    expect(await overSocket(url, by(viewer))).toMatchObject(login);
    expect(await overStream(url, by(viewer))).toMatchObject(login);
    expect(await overSocket(url, { ...by(presence), variables })).toMatchObject(people);
    expect(await overStream(url, { ...by(presence), variables })).toMatchObject(people);
  }
});

test("a registered document is under the same permissions and limits as any", async () => {
  const sett = await startSett({ env: { DOCUMENTS: "trusted", COST_LIMIT: "1" } });
  expect(codes(await post(sett.url, byId(viewer)))).toEqual(refused);
  const { url } = await startSett({ env: { DOCUMENTS: "trusted" } });
  const answer = await post(url, { ...byId(project), variables: { producer: "eve" } });
  expect(codes(answer)).toEqual(["NOT_FOUND"]);
});

test("a hash that is not that of the text beside it, or none at all, is refused", async () => {
  const { url } = await startSett();
  const { documentId } = byId(project);
  expect(fields(await post(url, { query: viewer, documentId }))).toEqual(["documentId"]);
  const { extensions } = byExtension(project);
  expect(fields(await post(url, { query: viewer, extensions }))).toEqual([
    "extensions.persistedQuery.sha256Hash",
  ]);
  expect(fields(await post(url, { ...byId(viewer), extensions }))).toEqual([
    "extensions.persistedQuery.sha256Hash",
  ]);
  for (const wrong of ["", "viewer", hashOf(viewer), `md5:${hashOf(viewer)}`, 1, {}]) {
    expect(fields(await post(url, { documentId: wrong }))).toEqual(["documentId"]);
  }
  for (const persistedQuery of [{ version: 2, sha256Hash: hashOf(viewer) }, { version: 1 }, "no"]) {
    expect(codes(await post(url, { extensions: { persistedQuery } }))).toEqual(refused);
  }
});

test("where any document runs, registered ones do by their hash, and clients learn that others have to be sent", async () => {
  const { url } = await startSett();
  const login = { data: { viewer: { login: "customer-demo" } } };
  expect(await post(url, byId(viewer))).toMatchObject(login);
  expect(await post(url, { query: stranger, ...byExtension(stranger) })).toMatchObject(login);
  expect(codes(await post(url, byExtension(stranger)))).toEqual(["PERSISTED_QUERY_NOT_SUPPORTED"]);
  expect(codes(await post(url, byId(stranger)))).toEqual(["PERSISTED_QUERY_NOT_FOUND"]);
});

test("where documents are registered by being sent, a hash is taken from then on, by whoever sends it", async () => {
  const { url, log } = await startSett({ env: { DOCUMENTS: "register" } });
  // For development it is: in production nobody is to have it without having been told.
  expect(log.entries.filter(({ msg }) => String(msg).startsWith("DOCUMENTS"))).toMatchObject([
    { level: 40, msg: "DOCUMENTS=register keeps what anybody sends: it is for development" },
  ]);
  const login = { data: { viewer: { login: "customer-demo" } } };
  const unknown = await post(url, byExtension(stranger));
  expect(unknown.errors?.map(({ message }) => message)).toEqual(["PersistedQueryNotFound"]);
  expect(codes(unknown)).toEqual(["PERSISTED_QUERY_NOT_FOUND"]);
  expect(await post(url, { query: stranger, ...byExtension(stranger) })).toMatchObject(login);
  expect(await post(url, byExtension(stranger))).toMatchObject(login);
  expect(await overSocket(url, byId(stranger))).toMatchObject(login);
});

test("GraphiQL is not served where only registered documents run", async () => {
  const { url } = await startSett({ env: { DOCUMENTS: "trusted" } });
  const { status, headers } = await fetch(url, { redirect: "manual" });
  // The board asks nothing but registered documents.
  expect([status, headers.get("location")]).toEqual([307, "./board"]);
  expect(await (await fetch(`${url}/board`)).text()).not.toMatch(/explorer|graphiql/i);
});

test("the manifest of the package holds each document of documents/ as its generated type prints it", () => {
  const manifest = new Set(
    Object.values(
      JSON.parse(readFileSync(new URL("../../trusted-documents.json", import.meta.url), "utf8")) as object,
    ),
  );
  const names = Object.keys(operations).filter((name) => name.endsWith("Document"));
  const printed = names.map((name) => print((operations as Record<string, unknown>)[name] as DocumentNode));
  const ofTests = /^(?:query|mutation) (?:Server|Together|ReadModelsTwice|SaveModelAndRead)/;
  expect(printed.filter((text) => !ofTests.test(text)).sort()).toEqual([...manifest].sort());
});

test("the hash that docs/http.md asks by is that of a registered document", () => {
  const page = readFileSync(new URL("../../docs/http.md", import.meta.url), "utf8");
  expect(page).toContain(byId(viewer).documentId);
});

test("a manifest is refused with everything that is wrong with it", () => {
  const wrong = "{ viewer { nothing } }";
  const problems = problemsOf({
    [hashOf(viewer)]: viewer,
    [hashOf(project)]: viewer,
    [`sha256:${hashOf(wrong)}`]: wrong,
    [hashOf("{")]: "{",
  });
  expect(problems).toEqual([
    `TRUSTED_DOCUMENTS: ${hashOf(project)}: is not the hash of its text`,
    `TRUSTED_DOCUMENTS: ${hashOf(wrong)}: Cannot query field "nothing" on type "Viewer".`,
    `TRUSTED_DOCUMENTS: ${hashOf("{")}: Syntax Error: Expected Name, found <EOF>.`,
  ]);
  expect(problemsOf("{")).toEqual([expect.stringContaining("is not JSON")]);
  expect(problemsOf([])).toEqual([expect.stringContaining("an object of texts")]);
  expect(problemsOf({ viewer })).toEqual([expect.stringContaining("viewer: is no hash")]);
  expect(problemsOf({ [hashOf(viewer)]: viewer })).toEqual([]);
});

test("the process does not start with a manifest that is wrong", async () => {
  const child = startChild({ PORT: "0", TRUSTED_DOCUMENTS: "/nowhere/documents.json" });
  expect(await child.ended).toEqual({ code: 78, signal: null });
  expect(child.stderr()).toContain("TRUSTED_DOCUMENTS: /nowhere/documents.json cannot be read");
});

const releasedFile = new URL("../../trusted-documents.released.json", import.meta.url);
const released = JSON.parse(readFileSync(releasedFile, "utf8")) as Readonly<Record<string, string>>;

test("a canvas of the last release is answered by a gateway that runs registered documents only", () => {
  const settings = { DOCUMENTS: "trusted", TRUSTED_DOCUMENTS: undefined } as const;
  const documents = createTrustedDocuments(settings, graph().schema);
  expect(Object.keys(released).length).toBeGreaterThan(50);
  for (const [hash, query] of Object.entries(released)) {
    expect(documents.resolve({ documentId: `sha256:${hash}` })).toBe(query);
    expect(documents.resolve({ query })).toBe(query);
  }
});

test("a list of one's own is all that is registered: the last release's are for it to keep", () => {
  const settings = { DOCUMENTS: "trusted", TRUSTED_DOCUMENTS: manifestOf({}) } as const;
  const documents = createTrustedDocuments(settings, graph().schema);
  const [query] = Object.values(released);
  expect(documents.resolve({ query })).toMatchObject({ code: "BAD_USER_INPUT" });
});

test("a document that asks for a field which is gone is told which, and nothing else", async () => {
  const gone = "query Old($key: ID!) { viewer { login, pet(id: $key) } }";
  const { url } = await startSett();
  const told = await post(url, { query: gone, variables: { key: "a-secret-key" } });
  expect(codes(told)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  expect(told.errors?.[0]?.message).toContain('Cannot query field "pet" on type "Viewer"');
  expect(JSON.stringify(told)).not.toContain("a-secret-key");
  expect(told).not.toHaveProperty("data");
});
