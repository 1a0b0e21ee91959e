import { expect, test } from "vitest";
import { ReadDifferenceDocument, ReadLiveDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";
import { always, apply, running, storedOf } from "./gateways.asking.ts";

const producer = "demo";
const hello = "00000000-0000-4000-8000-000000000001";
const madeUp = "00000000-0000-4000-8000-000000000009";

/** zu may write in demo's project, and not read demo's functions. */
const letZuWrite = (sett: Sett) =>
  sett.sandbox.gitea.platform.setCollaborator("customer-demo", "dev", "customer-zu", "write");

/** Saves a gateway whose one pipeline leads somewhere, past the gateway's own checks. */
function saveProxy(sett: Sett, serviceEndpoint: string, serviceEndpoints: object[] = []) {
  running(sett);
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  const [first] = state.project()["gateways"] as object[];
  const policies = [{ proxy: [{ condition: always, action: { serviceEndpoint } }] }];
  state.changeProject({
    gateways: [{ ...first, pipelines: [{ id: "p", name: "P", policies }] }],
    serviceEndpoints,
  });
}

test("a function that runs is among the service endpoints of who may read functions, and no byte of it is with who may not", async () => {
  const sett = await startSett();
  expect(storedOf(sett).serviceEndpoints[hello]).toEqual({
    friendlyName: "hello",
    url: "http://fn-demo-dev-hello.customer:8080",
  });
  const als = await sett.as("al").ask(ReadLiveDocument, { producer });
  expect(als.data?.project?.gateways?.[0]?.live?.serviceEndpoints).toContainEqual({
    id: hello,
    name: "hello",
    urls: ["http://fn-demo-dev-hello.customer:8080"],
  });
  const zus = await sett.as("zu").ask(ReadLiveDocument, { producer });
  expect(zus.codes).toEqual([]);
  expect(zus.data?.project?.gateways?.[0]?.live?.serviceEndpoints.map(({ name }) => name)).toContain("Car");
  expect(zus.text).not.toContain("hello");
  expect(zus.text).not.toContain(hello);
});

test("a model of a function's id does not show who may not read functions what runs under it", async () => {
  const sett = await startSett();
  running(sett);
  const { state } = sett.sandbox.workspaces.pod("demo", "dev");
  state.addModel({ name: "Spy", base: "PersistedModel", lunchbadgerId: hello });
  expect((await sett.as("zu").ask(ReadLiveDocument, { producer })).text).not.toContain("fn-demo");
});

test("a service endpoint saved under a function's id is new to who may not read functions, as under any other", async () => {
  const sett = await startSett();
  const actions = async (id: string) => {
    saveProxy(sett, id, [{ id, name: "Mine", urls: ["http://mine.example"] }]);
    const { data, text } = await sett.as("zu").ask(ReadDifferenceDocument, { producer });
    expect(text).not.toContain("fn-demo");
    const difference = data?.project?.gateways?.[0]?.live?.difference;
    return difference?.map((each) => ({ ...each, name: each.name === id ? "its id" : each.name }));
  };
  const ofFunction = JSON.stringify(await actions(hello)).replaceAll(hello, "its id");
  const ofNothing = JSON.stringify(await actions(madeUp)).replaceAll(madeUp, "its id");
  expect(ofFunction).toBe(ofNothing);
  expect(ofFunction).toContain("CREATE");
});

test("who may not read functions is told the same of a proxy to a function as of one to nothing", async () => {
  const sett = await startSett();
  letZuWrite(sett);
  const answerOf = async (id: string, dryRun: boolean) => {
    saveProxy(sett, id);
    const { codes, errors } = await apply(sett, "zu", { dryRun });
    expect(codes).toEqual(["BAD_USER_INPUT"]);
    return JSON.stringify(errors[0]?.extensions["problems"]).replaceAll(id, "its id");
  };
  for (const dryRun of [true, false]) {
    expect(await answerOf(hello, dryRun)).toBe(await answerOf(madeUp, dryRun));
  }
  saveProxy(sett, hello);
  expect((await apply(sett, "al", { dryRun: true })).codes).toEqual([]);
});

test("who may not read functions can go on with a gateway that leads to one already", async () => {
  const sett = await startSett();
  letZuWrite(sett);
  saveProxy(sett, hello);
  expect((await apply(sett, "al")).codes).toEqual([]);
  expect((await apply(sett, "zu")).codes).toEqual([]);
});
