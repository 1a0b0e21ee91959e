import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { mutations } from "./mutations.data.ts";
import { upstreamWrites } from "./upstream-writes.ts";

const all = Object.entries(mutations);
/** They are for site admins alone and say so first, to everybody else and of everything. */
const ofAdmins = ["setProducerEnabled", "setProducerPaused"];
const hiding = all.filter(([name]) => !ofAdmins.includes(name));

test.each(hiding)(
  "%s: to eve, what is demo's is as absent as what does not exist, byte for byte, and nothing is changed",
  async (_name, mutate) => {
    const sett = await startSett();
    const hidden = await mutate(sett.as("eve"), "demo");
    const absent = await mutate(sett.as("eve"), "nobody-here");
    expect(hidden.codes).toEqual(["NOT_FOUND"]);
    expect(hidden.text).toBe(absent.text);
    expect(upstreamWrites(sett)).toEqual([]);
  },
);

test.each(all)("%s: an admin learns that there is no such producer", async (name, mutate) => {
  const sett = await startSett();
  expect((await mutate(sett.as("admin"), "nobody-here")).codes).toEqual(["NOT_FOUND"]);
  expect(upstreamWrites(sett), name).toEqual([]);
});

test.each(all)(
  "%s: zu, who only reads demo's dev, is refused and nothing is changed",
  async (_name, mutate) => {
    const sett = await startSett();
    const { codes, data } = await mutate(sett.as("zu"), "demo");
    expect([["FORBIDDEN"], ["NOT_FOUND"]]).toContainEqual(codes);
    expect(Object.values(data as object)).toEqual([null]);
    expect(upstreamWrites(sett)).toEqual([]);
  },
);

test.each(all)(
  "%s: nobody in particular is asked to sign in, and no upstream is asked",
  async (_name, mutate) => {
    const sett = await startSett();
    expect((await mutate(sett.as("nobody"), "demo")).codes).toEqual(["UNAUTHENTICATED"]);
    expect(sett.upstreamCalls()).toEqual([]);
  },
);

test.each(all)("%s: while Gitea is down the answer is an outage, not a refusal", async (_name, mutate) => {
  const sett = await startSett();
  await sett.sandbox.gitea.stop();
  const { codes, errors } = await mutate(sett.as("admin"), "demo");
  expect(codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
  expect(errors[0]?.extensions["upstream"]).toBe("gitea");
});

test.each(all)("%s: a Gitea that hangs is an outage once its time is up", async (_name, mutate) => {
  const sett = await startSett({ env: { UPSTREAM_TIMEOUT: "200ms" } });
  sett.sandbox.gitea.faults.set({ mode: "hang" });
  expect((await mutate(sett.as("admin"), "demo")).codes).toEqual(["UPSTREAM_UNAVAILABLE"]);
});

test.each(ofAdmins)(
  "%s: eve is told that it is for site admins, the same whether the producer exists",
  async (name) => {
    const sett = await startSett();
    const hidden = await mutations[name]?.(sett.as("eve"), "demo");
    const absent = await mutations[name]?.(sett.as("eve"), "nobody-here");
    expect(hidden?.errors[0]?.extensions).toMatchObject({ code: "FORBIDDEN", permission: "platform:admin" });
    expect(hidden?.text).toBe(absent?.text);
    expect(upstreamWrites(sett)).toEqual([]);
  },
);
