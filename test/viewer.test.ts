import { expect, test } from "vitest";
import { ViewerDocument, ViewerProjectsDocument } from "./generated/operations.ts";
import { startSett } from "./support/sett.ts";

test("demo learns who she is", async () => {
  const sett = await startSett();
  const { data, errors } = await sett.as("demo").ask(ViewerDocument);
  expect(errors).toEqual([]);
  expect(data?.viewer).toMatchObject({ login: "customer-demo", isAdmin: false, producer: { name: "demo" } });
});

test("zu sees his own project first and then demo's, with what he may do in each", async () => {
  const sett = await startSett();
  const { data } = await sett.as("zu").ask(ViewerProjectsDocument, {});
  expect(data?.viewer?.projects?.edges.map(({ node }) => node)).toEqual([
    { producer: "zu", env: "dev", viewerPermission: "ADMIN" },
    { producer: "demo", env: "dev", viewerPermission: "READ" },
  ]);
});
