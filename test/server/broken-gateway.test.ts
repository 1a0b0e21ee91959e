import { expect, test } from "vitest";
import { ServerRepoFileDocument, ServerViewerDocument } from "../generated/operations.ts";
import type { IdentityStrategy } from "../../src/server/identity.ts";
import { startSett } from "../support/sett.ts";

const cause = "the key ring at 10.1.2.3 is rusty";

const broken: IdentityStrategy = {
  name: "broken",
  recognise: () => {
    throw new TypeError(cause);
  },
};

/** Shows a token that can be looked at once. */
const fickle: IdentityStrategy = {
  name: "fickle",
  recognise: () => {
    let looks = 0;
    return {
      kind: "token",
      get token() {
        looks += 1;
        if (looks > 1) throw new TypeError(cause);
        return "demo-token";
      },
    };
  },
};

test("where the gateway breaks before it knows who asks, the answer is masked and the log has the cause, under one id", async () => {
  const sett = await startSett({ strategies: [broken] });
  const answer = await sett.as("demo").ask(ServerViewerDocument);
  const requestId = answer.headers.get("x-request-id");
  expect(answer.status).toBe(500);
  expect(answer.errors).toEqual([
    {
      message: "Something broke in the gateway.",
      extensions: { code: "INTERNAL_SERVER_ERROR", requestId },
    },
  ]);
  expect(sett.log.entries).toMatchObject([
    { level: 50, requestId, err: { type: "TypeError", message: cause, stack: expect.any(String) as string } },
  ]);
});

test("where the gateway breaks in a field, that field's error is masked and the log has the cause, under one id", async () => {
  const sett = await startSett({ strategies: [fickle] });
  const variables = { owner: "customer-demo", name: "dev", path: "README.md" };
  const answer = await sett.as("demo").ask(ServerRepoFileDocument, variables);
  const requestId = answer.headers.get("x-request-id");
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual({ viewer: null, repo: null });
  expect(answer.errors).toMatchObject([
    { message: "Something broke in the gateway.", path: ["viewer"], extensions: { requestId } },
    { message: "Something broke in the gateway.", path: ["repo"], extensions: { requestId } },
  ]);
  expect(answer.codes).toEqual(["INTERNAL_SERVER_ERROR", "INTERNAL_SERVER_ERROR"]);
  expect(answer.text).not.toContain("rusty");
  expect(answer.text).not.toMatch(/stack|node_modules|\.ts\b/);
  const errors = sett.log.entries.filter(({ level }) => level === 50);
  expect(errors).toHaveLength(2);
  for (const entry of errors)
    expect(entry).toMatchObject({ requestId, err: { message: expect.anything() as string } });
});

test("a gateway that broke once answers the next request", async () => {
  let isBroken = true;
  const sett = await startSett({
    strategies: [
      {
        name: "once",
        recognise: () => {
          if (isBroken) throw new TypeError(cause);
          return { kind: "token", token: "demo-token" };
        },
      },
    ],
  });
  expect((await sett.as("demo").ask(ServerViewerDocument)).codes).toEqual(["INTERNAL_SERVER_ERROR"]);
  isBroken = false;
  expect((await sett.as("demo").ask(ServerViewerDocument)).errors).toEqual([]);
});
