import { expect, test } from "vitest";
import { keepMessage, socketMessage } from "../../src/server/live/prepared.message.ts";
import { textFrame } from "../../src/server/live/text.frame.ts";

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
