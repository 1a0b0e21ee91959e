import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { sendRaw } from "./raw-request.ts";

const limit = 1000;
const tooLong = JSON.stringify({ query: `{ __typename } # ${"x".repeat(5_000_000)}` });

const tooLarge = {
  errors: [
    {
      message: "The body is too large: at most 1000 bytes are taken.",
      extensions: { code: "BAD_REQUEST" },
    },
  ],
};

function postTo(url: string, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) {
  return fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

const startLimited = () => startSett({ env: { BODY_LIMIT: String(limit) } });

test("a body of just the limit is read", async () => {
  const sett = await startLimited();
  const body = JSON.stringify({ query: "{ __typename }" }).padEnd(limit);
  expect(await (await postTo(sett.url, body)).json()).toEqual({ data: { __typename: "Query" } });
  expect((await postTo(sett.url, `${body} `)).status).toBe(413);
});

test("a body over the limit is refused by its announced length, also to a client that reads only once all is sent", async () => {
  const sett = await startLimited();
  const head = `POST /graphql HTTP/1.1\r\nHost: sett\r\nContent-Type: application/json\r\n`;
  const answer = await sendRaw(
    sett.gateway.port,
    `${head}Content-Length: ${tooLong.length}\r\n\r\n${tooLong}`,
  );
  expect(answer.status).toBe(413);
  expect(JSON.parse(answer.body)).toEqual(tooLarge);
});

test("a body over the limit is refused as it grows, also to a client that reads only once all is sent", async () => {
  const sett = await startLimited();
  const head = `POST /graphql HTTP/1.1\r\nHost: sett\r\nContent-Type: application/json\r\n`;
  const chunk = `${tooLong.length.toString(16)}\r\n${tooLong}\r\n0\r\n\r\n`;
  const answer = await sendRaw(sett.gateway.port, `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`);
  expect(answer.status).toBe(413);
  expect(JSON.parse(answer.body)).toEqual(tooLarge);
});

test("a body over the limit is refused before the rest of it has come", async () => {
  const sett = await startLimited();
  const head = `POST /graphql HTTP/1.1\r\nHost: sett\r\nContent-Type: application/json\r\n`;
  const answer = await sendRaw(sett.gateway.port, `${head}Content-Length: 100000000\r\n\r\n{"query":`);
  expect(answer.status).toBe(413);
});

test("a compressed body is refused, so that a small one cannot unpack to a large one", async () => {
  const sett = await startLimited();
  const response = await postTo(sett.url, new Uint8Array(gzipSync(tooLong)), { "content-encoding": "gzip" });
  expect(response.status).toBe(415);
  expect(await response.json()).toMatchObject({ errors: [{ message: "A compressed body is not taken." }] });
});

test.each(["{", "", "nothing", '{"query":"{__typename}"', '{"query":"{__typename}"}}'])(
  "a body that is not JSON is a bad request: %j",
  async (body) => {
    const sett = await startSett();
    const response = await postTo(sett.url, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  },
);

test.each(["null", "1", '"{__typename}"', "[]", "{}", '[{"query":"{__typename}"}]', '{"query":7}'])(
  "JSON that is not one operation is a bad request: %s",
  async (body) => {
    const sett = await startSett();
    const response = await postTo(sett.url, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  },
);
