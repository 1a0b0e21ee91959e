import { expect, test } from "vitest";
import { openSocket } from "../support/raw-socket.ts";
import { startSett } from "../support/sett.ts";

const fields = "fields { name description type { name fields { name description type { name } } } }";
const parts = Array.from(
  { length: 40 },
  (_, index) => `a${index}: __schema { types { name description ${fields} } }`,
);
/** Its answer takes several megabytes: more than what lies between the two ends holds. */
const long = `{ ${parts.join(" ")} }`;
const env = { SOCKET_BUFFER_LIMIT: "10000", FIELD_LIMIT: "100000", COST_LIMIT: "100000000" };

test("an answer longer than what may wait reaches a client that reads, and so does one behind it, each in order", async () => {
  const sett = await startSett({ env });
  const { begin, say, hear } = await openSocket(sett.url, { maxPayload: 1e9 });
  await begin("token demo-token");
  for (const id of ["1", "2"]) say({ id, type: "subscribe", payload: { query: long } });
  const heard: string[] = [];
  while (heard.length < 4) {
    const { id, type, payload } = await hear();
    if (type === "next") expect(JSON.stringify(payload).length).toBeGreaterThan(3_000_000);
    heard.push(`${id} ${type}`);
  }
  expect(heard.filter((each) => each.startsWith("1"))).toEqual(["1 next", "1 complete"]);
  expect(heard.filter((each) => each.startsWith("2"))).toEqual(["2 next", "2 complete"]);
  say({ type: "ping" });
  expect(await hear()).toEqual({ type: "pong" });
});

test("a client that does not read a long answer is cut between two pings", async () => {
  const sett = await startSett({ env: { ...env, SOCKET_PING: "100ms" } });
  const { socket, begin, say, closed } = await openSocket(sett.url, { maxPayload: 1e9 });
  await begin("token demo-token");
  say({ id: "1", type: "subscribe", payload: { query: long } });
  socket.pause();
  const sockets = () => sett.measured('sett_sockets_open{transport="websocket"}');
  await expect.poll(sockets, { timeout: 10_000 }).toBe(0);
  expect(sett.log.entries).toContainEqual(
    expect.objectContaining({ msg: "socket cut", why: "its client does not answer" }),
  );
  socket.resume();
  expect(await closed).toMatchObject({ code: 1006 });
});

test("when the gateway stops, what waits for its reader is sent before the leave is taken", async () => {
  const sett = await startSett({ env });
  const { socket, begin, say, hear, closed } = await openSocket(sett.url, { maxPayload: 1e9 });
  await begin("token demo-token");
  for (const id of ["1", "2"]) say({ id, type: "subscribe", payload: { query: long } });
  const first = await hear();
  expect(first).toMatchObject({ type: "next" });
  socket.pause();
  const stopped = sett.gateway.stop();
  socket.resume();
  const heard = [first];
  while (heard.length < 4) heard.push(await hear());
  expect(heard.filter(({ type }) => type === "complete").map(({ id }) => id)).toEqual(["1", "2"]);
  expect(await closed).toMatchObject({ code: 1001 });
  expect(await stopped).toBe(true);
});
