import { expect, test } from "vitest";
import { createPayloadSharing } from "../../src/server/live/payload.sharing.ts";

test("what of an event is asked for alike is made once; another event or another key is another payload", async () => {
  const share = createPayloadSharing();
  let made = 0;
  const make = async () => {
    made += 1;
    return { json: `{"made":${made}}`, codes: [] };
  };
  const [event, other] = [{}, {}];
  const payloads = [
    await share(event, "key", make),
    await share(event, "key", make),
    await share(event, "other key", make),
    await share(other, "key", make),
  ];
  expect(payloads.map(({ json }) => json)).toEqual(['{"made":1}', '{"made":1}', '{"made":2}', '{"made":3}']);
});
