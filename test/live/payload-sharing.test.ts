import { expect, test } from "vitest";
import { createPayloadSharing, type Payload } from "../../src/server/live/payload.sharing.ts";

test("placeholder", () => {
  expect(createPayloadSharing()).toBeDefined();
});
