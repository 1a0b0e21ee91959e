import { connect } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";

const fields = "fields { name description type { name fields { name description type { name } } } }";
/** So long an answer that what lies between the two ends does not hold all of it. */
const long = `{ ${Array.from({ length: 40 }, (_, index) => `a${index}: __schema { types { name description ${fields} } }`).join(" ")} }`;

/** Asks for a stream and reads nothing of it. */
function askAndStall(sett: Sett, query: string) {
  const body = JSON.stringify({ query });
  const connection = connect(sett.gateway.port, "127.0.0.1");
  onTestFinished(() => void connection.destroy());
  connection.on("error", () => undefined).pause();
  const head = [
    "POST /graphql/stream HTTP/1.1",
    "host: sett",
    "authorization: token demo-token",
    "accept: text/event-stream",
    "content-type: application/json",
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  connection.write(`${head.join("\r\n")}\r\n\r\n${body}`);
}

const streams = (sett: Sett) => sett.measured('sett_sockets_open{transport="event-stream"}');

test("a stream that has ended is not written to any more, and one who does not read its end is cut", async () => {
  const sett = await startSett({
    env: { SOCKET_PING: "50ms", FIELD_LIMIT: "100000", COST_LIMIT: "100000000" },
  });
  askAndStall(sett, long);
  await vi.waitFor(async () => expect(await streams(sett)).toBe(1), { timeout: 10_000, interval: 5 });
  await vi.waitFor(async () => expect(await streams(sett)).toBe(0), { timeout: 10_000 });
  expect((await sett.as("demo").askText("{ viewer { login } }")).codes).toEqual([]);
  expect(sett.log.entries).not.toContainEqual(expect.objectContaining({ msg: "an answer broke" }));
});
