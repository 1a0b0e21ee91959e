import { expect, test } from "vitest";
import { startSett } from "../support/sett.ts";
import { functionsAs } from "./functions.asking.ts";

test("a deployment is as absent as one that never was to who may not read the functions", async () => {
  const sett = await startSett();
  const { data } = await functionsAs(sett).deploy("hello");
  const id = data?.deployFunction?.deployment.id ?? "";
  const never = Buffer.from(id, "base64url")
    .toString()
    .replace(/[^:]+$/, "0".repeat(36));
  for (const name of ["zu", "eve"] as const) {
    const hidden = await functionsAs(sett, name).deployment(id);
    const absent = await functionsAs(sett, name).deployment(Buffer.from(never).toString("base64url"));
    expect(hidden.codes).toEqual(["NOT_FOUND"]);
    expect(hidden.text).toBe(absent.text);
  }
  expect((await functionsAs(sett, "al").deployment(id)).data?.deployment?.functionName).toBe("hello");
  const node = await sett.as("zu").askText("query ($id: ID!) { node(id: $id) { id } }", { id });
  expect(node.codes).toEqual(["NOT_FOUND"]);
  const own = await sett.as("al").askText("query ($id: ID!) { node(id: $id) { id __typename } }", { id });
  expect(own.data).toEqual({ node: { id, __typename: "Deployment" } });
});

test("the id of something else is no deployment, and an id that is none is bad input", async () => {
  const sett = await startSett();
  const project = Buffer.from("Project:demo:dev").toString("base64url");
  expect((await functionsAs(sett).deployment(project)).codes).toEqual(["NOT_FOUND"]);
  expect((await functionsAs(sett).deployment("nonsense")).codes).toEqual(["BAD_USER_INPUT"]);
  expect(sett.upstreamCalls().filter((call) => !call.startsWith("gitea"))).toEqual([]);
});

test("a deployment followed by subscription is told as it is, and each time it has come further, to its end", async () => {
  const sett = await startSett({ functionTiming: { deployMs: 800, undeployMs: 5 } });
  const al = functionsAs(sett, "al");
  // The second waits for the first.
  await al.deploy("hello");
  const { data } = await al.deploy("hello");
  const id = data?.deployFunction?.deployment.id ?? "";
  const events = sett
    .as("al")
    .subscribeText("subscription ($id: ID!) { deployment(id: $id) { id state } }", { id });
  const states = [];
  for await (const { data: told } of events) states.push(told?.["deployment"]);
  expect(states).toEqual(["QUEUED", "RUNNING", "SUCCEEDED"].map((state) => ({ id, state })));
});

test("who follows a deployment that is over is told so and no more; zu is told nothing of it", async () => {
  const sett = await startSett();
  const demo = functionsAs(sett);
  const { data } = await demo.deploy("hello");
  const id = data?.deployFunction?.deployment.id ?? "";
  await demo.finished(id);
  const text = "subscription ($id: ID!) { deployment(id: $id) { state } }";
  const states = [];
  for await (const event of sett.as("demo").subscribeText(text, { id })) states.push(event.data);
  expect(states).toEqual([{ deployment: { state: "SUCCEEDED" } }]);
  expect((await sett.as("zu").subscribeText(text, { id }).event()).codes).toEqual(["NOT_FOUND"]);
});
