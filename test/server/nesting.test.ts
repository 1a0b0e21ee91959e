import { expect, test } from "vitest";
import { openEventStream } from "../support/event-stream.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett } from "../support/sett.ts";

const deep = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;

/** A query with a variable that nests so deep; in the variables are two levels more. */
const asking = (levels: number, query = "{ __typename }") =>
  `{"query":${JSON.stringify(query)},"variables":{"x":${deep(levels)}}}`;

const json = { "content-type": "application/json" };
const refusal = {
  errors: [{ message: "JSON may nest 500 levels deep.", extensions: { code: "BAD_REQUEST" } }],
};

test.each(["/graphql", "/graphql/stream"])(
  "a body to %s may nest 500 levels deep and no deeper",
  async (path) => {
    const sett = await startSett();
    const headers = { ...json, accept: path.endsWith("stream") ? "text/event-stream" : "application/json" };
    const post = (body: string) => fetch(`${sett.url}${path}`, { method: "POST", headers, body });
    expect((await post(asking(498))).status).toBe(200);
    const refused = await post(asking(499));
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual(refusal);
    expect((await post(asking(200_000))).status).toBe(400);
  },
);

test("brackets in a text are no levels, whatever is escaped in it", async () => {
  const sett = await startSett();
  const text = `\\"${"[".repeat(1000)}\\\\`;
  const { status, errors } = await sett.as("nobody").askText("{ __typename }", { x: [text, text], y: text });
  expect({ status, errors }).toEqual({ status: 200, errors: [] });
});

test.each(["variables", "extensions"])("%s in an address may nest no deeper", async (name) => {
  const sett = await startSett();
  const ask = (levels: number) =>
    fetch(`${sett.url}/graphql?query={__typename}&${name}={"x":${deep(levels)}}`, { headers: json });
  expect((await ask(499)).status).toBe(200);
  const refused = await ask(500);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toEqual(refusal);
});

test.each([
  ["a ping", `{"type":"ping","payload":{"x":${deep(200_000)}}}`],
  ["what one shows", `{"type":"connection_init","payload":{"x":${deep(200_000)}}}`],
  ["an operation", `{"type":"subscribe","id":"1","payload":${asking(200_000)}}`],
])("%s that nests too deep closes its socket and no other", async (_what, message) => {
  const sett = await startSett();
  const other = await openSocket(sett.url);
  await other.begin("token demo-token");
  const { say, closed } = await openSocket(sett.url);
  say(message);
  expect(await closed).toMatchObject({ code: 4400 });
  other.say({ type: "ping", payload: { a: [1] } });
  expect(await other.hear()).toEqual({ type: "pong", payload: { a: [1] } });
});

test("subscriptions whose variables nest too deep leave nobody behind", async () => {
  const sett = await startSett();
  const query = 'subscription { presence(producer: "demo") { others } }';
  const { begin, say, closed } = await openSocket(sett.url);
  await begin("token zu-token");
  say(`{"type":"subscribe","id":"1","payload":${asking(200_000, query)}}`);
  expect(await closed).toMatchObject({ code: 4400 });
  const { data } = await sett.as("demo").askText('{ project(producer: "demo") { presence { login } } }');
  expect(data).toEqual({ project: { presence: [] } });
  const stream = await openEventStream(sett.url, { query: "{ __typename }" });
  expect(stream.response.status).toBe(200);
});
