import { createSourceEventStream, parse } from "graphql";
import { expect, test } from "vitest";
import { createHub } from "../../src/live/hub.ts";
import type { LiveEvents } from "../../src/live/live-events.ts";
import { resolvers } from "../../src/resolvers/resolvers.ts";
import { buildSchema } from "../../src/schema/build-schema.ts";

const fine = () => Promise.resolve();
const broken = () => Promise.reject(new Error("broken"));

/** What is begun for one who wants to know of a project's changes, and who can be told only if all of it succeeds. */
async function openChanges(follow: () => Promise<void>, heard: () => Promise<void>) {
  const left: string[] = [];
  const nothing = () => undefined;
  const far = { publish: nothing, join: nothing, leave: nothing, heard, isHearing: () => true };
  const hub = createHub<LiveEvents>({ queueLimit: 10, far: { ...far, attach: nothing } });
  const source = await createSourceEventStream({
    schema: buildSchema(resolvers),
    document: parse('subscription { projectChanged(producer: "demo") { kind } }'),
    contextValue: {
      grant: { producer: "demo", env: "dev" },
      lookFor: async () => ({
        held: () => true,
        grant: () => undefined,
        leave: () => left.push("functions"),
      }),
      services: {
        hub,
        changes: { follow, leave: () => left.push("pushes") },
      },
    },
  });
  return { source, left, subscribers: () => hub.counts().subscribers };
}

test("who is told of changes leaves all that was begun", async () => {
  const { source, left, subscribers } = await openChanges(fine, fine);
  expect(subscribers()).toBe(1);
  await (source as AsyncGenerator).return(undefined);
  expect([left, subscribers()]).toEqual([["pushes", "functions"], 0]);
});

test.each([
  ["pushes", broken, fine],
  ["other replicas", fine, broken],
] as const)(
  "who cannot be told of changes, because %s cannot be heard, leaves nothing open",
  async (_, follow, heard) => {
    const { source, left, subscribers } = await openChanges(follow, heard);
    expect(source).toMatchObject({ errors: [{ message: "broken" }] });
    expect([left, subscribers()]).toEqual([["pushes", "functions"], 0]);
  },
);
