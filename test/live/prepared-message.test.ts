import { expect, test } from "vitest";
import { keepMessage, socketMessage } from "../../src/server/live/prepared.message.ts";
import { textFrame } from "../../src/server/live/text.frame.ts";
import { openSocket } from "../support/raw-socket.ts";
import { startSett } from "../support/sett.ts";

const one = '"the-first-operation-id"';
const other = '"another-operation-id-ä"';
const payloadOf = (json: string) => ({ kind: "next" as const, json, codes: [] });
const wanted = (id: string, json: string) => textFrame(`{"id":${id},"type":"next","payload":${json}}`);

test("each subscriber's message is under its own id, however long the id and the payload", () => {
  for (const length of [1, 100, 300, 70_000]) {
    const json = JSON.stringify({ data: "ö".repeat(length) });
    const payload = payloadOf(json);
    for (const id of [one, other, '"1"', '"2"', one, '"1"']) {
      expect(socketMessage(id, payload).equals(wanted(id, json))).toBe(true);
    }
  }
});

test("a message that waits for its reader stays as it is, whoever is written to next", () => {
  const payload = payloadOf("{}");
  const waiting = socketMessage(one, payload);
  keepMessage(one, payload);
  socketMessage(other, payload);
  socketMessage(one.replace("first", "third"), payload);
  expect(waiting.equals(wanted(one, "{}"))).toBe(true);
});

test("what waits for one reader stays under that one's id while another is written the same", async () => {
  const saves = 10;
  const sett = await startSett({ env: { SOCKET_BUFFER_LIMIT: "1000000000" } });
  // So long an answer that what lies between the two ends does not hold all of them.
  const names = Array.from({ length: 200 }, (_, index) => `${"a".repeat(180)}${index}`);
  const aliases = names.slice(0, 50).map((_, index) => `a${index}: entities`);
  const query = `subscription { projectChanged(producer: "demo") { ${aliases.join(" ")} } }`;
  const subscribe = async (id: string) => {
    const opened = await openSocket(sett.url, { maxPayload: 1e9 });
    await opened.begin("token demo-token");
    opened.say({ id, type: "subscribe", payload: { query } });
    return opened;
  };
  const slow = await subscribe("the-slow-reader");
  await sett.subscriptionsRun(1);
  const quick = await subscribe("the-quick-other");
  await sett.subscriptionsRun(2);
  slow.socket.pause();
  const save = `mutation ($document: JSONObject!) {
    saveProject(input: { project: { producer: "demo" }, document: $document }) { revision }
  }`;
  for (let count = 0; count < saves; count += 1) {
    const document = Object.fromEntries(names.map((name) => [name, count]));
    expect((await sett.as("demo").askText(save, { document })).codes).toEqual([]);
    expect((await quick.hear()).id).toBe("the-quick-other");
  }
  slow.socket.resume();
  for (let count = 0; count < saves; count += 1) expect((await slow.hear()).id).toBe("the-slow-reader");
  expect(await sett.measured("sett_subscription_payloads_total")).toBe(saves);
});
