import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { startSett } from "../support/sett.ts";

/** A connection that says what the test says, and keeps what it hears unless it is not to read. */
async function connectTo(port: number) {
  const socket = connect(port, "127.0.0.1").setEncoding("utf8");
  onTestFinished(() => void socket.destroy());
  const seen = { heard: "", isOpen: true, socket };
  socket.on("error", () => undefined).on("close", () => (seen.isOpen = false));
  await once(socket, "connect");
  return seen;
}

type Seen = Awaited<ReturnType<typeof connectTo>>;

const several = (count: number, port: number): Promise<Seen[]> =>
  Promise.all(Array.from({ length: count }, () => connectTo(port)));

const listen = (seen: Seen): Socket => seen.socket.on("data", (text: string) => (seen.heard += text));

const open = (all: readonly Seen[]) => all.filter(({ isOpen }) => isOpen).length;

const head = "POST /graphql HTTP/1.1\r\nhost: sett\r\ncontent-type: application/json\r\n";
const query = "{ viewer { login } }";
const login = { viewer: { login: "customer-demo" } };

test("connections on which nothing is asked, or half of something, keep nobody out", async () => {
  const sett = await startSett({ env: { CONNECTION_LIMIT: "20" } });
  const { port } = sett.gateway;
  const all = await several(60, port);
  for (const [index, { socket }] of all.entries())
    if (index % 2 === 0) socket.write("POST /graphql HTTP/1.1\r\nx: ");
  for (const _ of [1, 2, 3]) expect((await sett.as("demo").askText(query)).data).toEqual(login);
  await vi.waitFor(() => expect(open(all)).toBeLessThan(20), { timeout: 10_000 });
});

test("bodies that do not come to their end give way to others: those that take longest go first", async () => {
  const sett = await startSett({ env: { UPLOAD_LIMIT: "3" } });
  const all = await several(6, sett.gateway.port);
  for (const { socket } of all) {
    socket.write(`${head}content-length: 900000\r\n\r\n{"query":`);
    // One after the other.
    await vi.waitFor(
      async () =>
        expect(await sett.measured("sett_http_requests_running")).toBeGreaterThan(
          all.findIndex((each) => each.socket === socket),
        ),
      { timeout: 10_000 },
    );
  }
  expect((await sett.as("demo").askText(query)).data).toEqual(login);
  await vi.waitFor(
    () => expect(all.map(({ isOpen }) => isOpen)).toEqual([false, false, false, true, true, true]),
    {
      timeout: 10_000,
    },
  );
});

test.each([
  ["ANSWER_TIMEOUT", { ANSWER_TIMEOUT: "300ms" }],
  ["UNREAD_LIMIT", { UNREAD_LIMIT: "10000" }],
])("who asks and does not read is cut, and holds nothing for ever: %s", async (_what, env) => {
  const sett = await startSett({ env });
  const deaf = await connectTo(sett.gateway.port);
  deaf.socket.pause();
  // More than what lies between the two ends holds.
  deaf.socket.write("GET /schema.graphql HTTP/1.1\r\nhost: sett\r\n\r\n".repeat(200));
  const reading = await fetch(`${sett.url}/schema.graphql`);
  expect((await reading.text()).length).toBeGreaterThan(50_000);
  await vi.waitFor(async () => expect(await sett.measured("sett_http_requests_running")).toBe(1), {
    timeout: 10_000,
  });
  listen(deaf);
  deaf.socket.resume();
  await vi.waitFor(() => expect(deaf.isOpen).toBe(false), { timeout: 10_000 });
  expect(deaf.heard.match(/HTTP\/1\.1 200/g)?.length).toBeLessThan(200);
});

test.each([
  [
    "headers of ten megabytes",
    `GET /graphql HTTP/1.1\r\nhost: sett\r\nx: ${"a".repeat(10_000_000)}\r\n\r\n`,
    431,
  ],
  ["headers without end", `GET /graphql HTTP/1.1\r\nhost: sett\r\n${"a: b\r\n".repeat(200_000)}`, 431],
  [
    "an address of a megabyte",
    `GET /graphql?query=${"a".repeat(1_000_000)} HTTP/1.1\r\nhost: sett\r\n\r\n`,
    431,
  ],
  ["no HTTP", "hello\r\n\r\n", 400],
  ["two lengths", `${head}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`, 400],
  ["a length and chunks", `${head}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
  ["a header over two lines", "GET /livez HTTP/1.1\r\nhost: sett\r\na: b\r\n c\r\n\rx\r\n", 400],
  [
    "chunks that say much of themselves",
    `${head}transfer-encoding: chunked\r\n\r\n2;${"a".repeat(100_000)}\r\n{}`,
    413,
  ],
])("%s are answered in the form of all errors, and the connection is over", async (_what, text, status) => {
  const sett = await startSett();
  const client = await connectTo(sett.gateway.port);
  listen(client).write(text);
  await vi.waitFor(() => expect(client.isOpen).toBe(false), { timeout: 10_000 });
  const [answerHead = "", body = ""] = client.heard.split("\r\n\r\n");
  expect(answerHead).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(JSON.parse(body)).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  expect((await sett.as("demo").askText(query)).data).toEqual(login);
});

test("an answer longer than the limit is not given, over HTTP nor over a socket", async () => {
  const sett = await startSett({ env: { ANSWER_LIMIT: "1000" } });
  const long = `{ ${Array.from(
    { length: 40 },
    (_, index) => `a${index}: __typename ${"b".repeat(20)}${index}: __typename`,
  )
    .slice(0, 30)
    .join(" ")} }`;
  const refused = [
    {
      message: expect.stringMatching(
        /^query: its answer has \d+ characters; at most 1000 are given$/,
      ) as string,
    },
  ];
  const answer = await sett.as("demo").askText(long);
  expect(answer).toMatchObject({ status: 400, codes: ["BAD_USER_INPUT"], data: undefined, errors: refused });
  const subscribed = sett.as("demo").subscribeText(long);
  expect(await subscribed.event()).toMatchObject({ codes: ["BAD_USER_INPUT"], errors: refused });
  // Each ran, and is counted and logged as what it was, once.
  const said = sett.log.entries.map(({ msg }) => msg);
  const each = ["operation", "an answer was too long to be given"];
  expect(said.filter((msg) => /^operation|^an answer/.test(String(msg)))).toEqual([...each, ...each]);
  expect(await sett.measured('sett_operation_seconds_count{type="query",outcome="ok"}')).toBe(2);
  expect(
    await sett.measured('sett_operation_seconds_count{type="unknown",outcome="BAD_USER_INPUT"}'),
  ).toBeNaN();
  expect((await sett.as("demo").askText(query)).data).toEqual(login);
});
