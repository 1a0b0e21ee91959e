import { expect, test } from "vitest";
import type { IdentityStrategy } from "../../src/server/identity.ts";
import { openEventStream } from "../support/event-stream.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett } from "../support/sett.ts";

const cause = "the key ring at 10.1.2.3 is rusty";
const query = 'subscription { projectChanged(producer: "demo") { kind } }';

/** Takes who shows nothing for demo, until it breaks. */
function breaking() {
  let isBroken = false;
  const strategy: IdentityStrategy = {
    name: "breaking",
    recognise: ({ authorization }) => {
      if (authorization !== undefined) return { kind: "token", token: "al-token" };
      if (isBroken) throw new TypeError(cause);
      return { kind: "token", token: "demo-token" };
    },
  };
  return {
    strategies: [strategy],
    turnBroken: () => {
      isBroken = true;
    },
  };
}

test("where the gateway breaks before it knows who is there, the socket is closed with 4500 and the log has the cause", async () => {
  const { strategies, turnBroken } = breaking();
  const sett = await startSett({ strategies });
  turnBroken();
  const { say, closed } = await openSocket(sett.url);
  say({ type: "connection_init" });
  const { code, reason } = await closed;
  expect([code, reason]).toEqual([4500, "Something broke in the gateway"]);
  expect(sett.log.entries).toContainEqual(
    expect.objectContaining({ level: 50, err: expect.objectContaining({ message: cause }) as unknown }),
  );
});

test("where the gateway breaks before an event stream, the answer is masked", async () => {
  const { strategies, turnBroken } = breaking();
  const sett = await startSett({ strategies });
  turnBroken();
  const { response } = await openEventStream(sett.url, { query });
  expect(response.status).toBe(500);
});

test("where the gateway breaks over an event, the stream ends with a masked error, and the log has the cause under its id", async () => {
  const { strategies, turnBroken } = breaking();
  const sett = await startSett({ strategies });
  const { begin, say, hear } = await openSocket(sett.url, { headers: { "x-request-id": "canvas-0002" } });
  await begin();
  say({ id: "1", type: "subscribe", payload: { query } });
  await sett.subscriptionsRun(1);
  turnBroken();
  const save =
    'mutation { saveFiles(input: { project: { producer: "demo" }, files: [{ path: "a.txt", text: "a" }] }) { deleted } }';
  expect((await sett.as("al").askText(save)).codes).toEqual([]);
  const heard = await hear();
  expect(heard).toMatchObject({ id: "1", type: "error" });
  expect(heard.payload).toEqual([
    {
      message: "Something broke in the gateway.",
      extensions: { code: "INTERNAL_SERVER_ERROR", requestId: "canvas-0002.1" },
    },
  ]);
  expect(JSON.stringify(heard)).not.toContain("10.1.2.3");
});
