import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { cut, hang, startAsked, type Answering } from "./upstream.asking.ts";

const unavailable = { code: "UPSTREAM_UNAVAILABLE" };

test("a write is JSON, and as long as it says", async () => {
  const bodies: string[] = [];
  const asked = await startAsked((response, request) => {
    void text(request).then((body) => {
      bodies.push(body);
      response.end("{}");
    });
  });
  await asked.send({ body: { name: "Straße" } });
  await asked.send({ method: "DELETE", body: undefined });
  expect(bodies).toEqual(['{"name":"Straße"}', ""]);
  const [first, second] = asked.requests.map(({ headers }) => headers);
  expect(first).toMatchObject({ "content-type": "application/json", "content-length": "18" });
  expect(second).not.toHaveProperty("content-type");
});

test.each<[string, Answering]>([
  ["whose connection breaks", cut],
  ["that is sent elsewhere", (response) => void response.writeHead(307, { location: "/api/other" }).end()],
  ["whose answer breaks off", (response) => void response.writeHead(200, { "content-length": 9 }).write("{")],
])("a write %s is not sent again", async (_what, answering) => {
  const asked = await startAsked(answering);
  await asked.send({ timeoutMs: 300 }).catch(() => undefined);
  expect(asked.requests).toHaveLength(1);
});

test("a write whose answer never ends is cut off at the limit, here and at the service", async () => {
  const asked = await startAsked((response) => {
    const fill = () => {
      while (!response.destroyed && response.write(Buffer.alloc(64 * 1024, " ")));
    };
    response.on("drain", fill);
    fill();
  });
  await expect(asked.send()).rejects.toMatchObject(unavailable);
  await vi.waitFor(() => expect(asked.requests[0]?.socket.destroyed).toBe(true), { timeout: 10_000 });
});

test("a write that is not answered in time is cut at the service", async () => {
  const asked = await startAsked(hang);
  await expect(asked.send({ timeoutMs: 50 })).rejects.toMatchObject(unavailable);
  await vi.waitFor(() => expect(asked.requests[0]?.socket.destroyed).toBe(true), { timeout: 10_000 });
});

test("writes to a service that wants it have a connection each", async () => {
  const asked = await startAsked((response) => void response.end("{}"), { isFresh: true });
  await asked.send();
  const [first] = asked.requests;
  if (first && !first.socket.destroyed) await once(first.socket, "close");
  await asked.send();
  expect(new Set(asked.requests.map(({ socket }) => socket)).size).toBe(2);
});
