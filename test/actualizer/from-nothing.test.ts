import { expect, test, vi } from "vitest";
import { readActualizerConfig } from "../../src/actualizer/actualizer.config.ts";
import { differenceOf } from "../../src/actualizer/desired/difference.ts";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import type { CustomResource } from "../../src/actualizer/resources/resources.ts";
import {
  apiVersionOf,
  deployments,
  pods,
  services,
  type Resource,
} from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { configMaps, ingresses } from "../../src/sandbox/kubernetes/stored.kinds.ts";
import { startSett, type Sett } from "../support/sett.ts";

const { settings } = readActualizerConfig({});
const until = { timeout: 20_000, interval: 30 };

const ofNewbie = ({
  metadata,
}: {
  readonly metadata: { readonly labels?: Readonly<Record<string, string>> };
}) => metadata.labels?.["producer"] === "newbie";

/** All objects of newbie's of a kind, as they are read. */
const listed = ({ sandbox: { kubernetes } }: Sett, kind: Resource) =>
  kubernetes.cluster
    .list(kind)
    .map((each) => ({ ...each, apiVersion: apiVersionOf(kind), kind: kind.kind }))
    .filter(ofNewbie);

const resourcesOf = (sett: Sett) =>
  sett.sandbox.kubernetes.cluster.resources
    .all()
    .filter(({ isCustom }) => isCustom)
    .flatMap((kind) => listed(sett, kind)) as readonly unknown[] as readonly CustomResource[];

const objectsOf = (sett: Sett) =>
  ([deployments, services, configMaps, ingresses] as readonly Resource[]).flatMap((kind) =>
    listed(sett, kind),
  );

const namesOf = (sett: Sett, kind: string) =>
  objectsOf(sett)
    .filter((each) => each.kind === kind)
    .map(({ metadata }) => metadata.name)
    .sort();

const podsOf = (sett: Sett) => listed(sett, pods as Resource).map(({ metadata }) => metadata.name);

/** What the objects on the cluster lack of what the resources mean, or have besides; functions' are sls-api's. */
function strayFrom(sett: Sett): readonly string[] {
  const desired = resourcesOf(sett).flatMap((each) => desiredOf(each, settings));
  const seen = objectsOf(sett).filter(({ metadata }) => !metadata.name.startsWith("fn-"));
  return differenceOf(desired, seen as unknown as Parameters<typeof differenceOf>[1]).map(
    ({ words }) => words,
  );
}

/** Waits until exactly these run, each with a service, and every object is what its resource means. */
const runs = (sett: Sett, names: readonly string[]) =>
  vi.waitFor(() => {
    expect(namesOf(sett, "Deployment")).toEqual([...names].sort());
    expect(namesOf(sett, "Service")).toEqual([...names].sort());
    expect(strayFrom(sett)).toEqual([]);
  }, until);

const project = { producer: "newbie" };
const [workspace, slsApi, fn] = ["workspace-newbie-dev", "sls-api-newbie-dev", "fn-newbie-dev-greet"];

test("from nothing to running and back: what people intend is what runs, and nothing stays behind", async () => {
  const patience = {
    projecting: { passMs: 150, goneAfterMs: 100, firstDelayMs: 20, undecidedMs: 50, waitMs: 30 },
  };
  const sett = await startSett({ actualizer: { patience } });
  const admin = sett.as("admin");
  const done = async (query: string, input: Record<string, unknown>) => {
    const { data, errors } = await admin.askText(query, { input });
    expect(errors).toEqual([]);
    return data ?? {};
  };

  await done("mutation ($input: CreateProducerInput!) { createProducer(input: $input) { createdRepos } }", {
    name: "newbie",
  });
  const followed = admin.subscribeText(
    'subscription { projectDeployments(producer: "newbie") { resources { kind name summary } } }',
  );
  await runs(sett, [workspace, slsApi]);
  /** Waits until the subscription tells all of this at once. */
  const isTold = async (...words: readonly string[]) => {
    for (;;) {
      const told = JSON.stringify((await followed.event()).data);
      if (words.every((each) => told.includes(each))) return;
    }
  };
  await isTold('"workspace"', "Everything that is wanted runs.");

  const save = "mutation ($input: SaveGatewayInput!) { saveGateway(input: $input) { gateway { id } } }";
  const saved = await done(save, { project, gateway: { name: "Shop", dnsPrefix: "shop" } });
  const { id } = (saved["saveGateway"] as { gateway: { id: string } }).gateway;
  await runs(sett, [workspace, slsApi, "gateway-newbie-dev-shop"]);
  expect(namesOf(sett, "ConfigMap")).toHaveLength(1);

  await done(
    "mutation ($input: CreateFunctionInput!) { createFunction(input: $input) { function { name } } }",
    { project, name: "greet", runtime: "nodejs:8", deploy: true },
  );
  await runs(sett, [workspace, slsApi, "gateway-newbie-dev-shop", fn]);

  await done(save, { project, gateway: { id, name: "Store" } });
  await runs(sett, [workspace, slsApi, "gateway-newbie-dev-store", fn]);
  await isTold("Store", "greet");

  const enable =
    "mutation ($input: SetProducerEnabledInput!) { setProducerEnabled(input: $input) { project { enabled } } }";
  await done(enable, { project, enabled: false });
  await runs(sett, []);
  await vi.waitFor(() => expect(podsOf(sett)).toEqual([]), until);
  await done(enable, { project, enabled: true });
  await runs(sett, [workspace, slsApi, "gateway-newbie-dev-store", fn]);

  await done("mutation ($input: DeleteFromProjectInput!) { deleteGateway(input: $input) { deletedId } }", {
    project,
    id,
  });
  await done("mutation ($input: DeleteFunctionInput!) { deleteFunction(input: $input) { deletedName } }", {
    project,
    name: "greet",
  });
  await runs(sett, [workspace, slsApi]);

  sett.sandbox.gitea.platform.removeUser("customer-newbie");
  await runs(sett, []);
  await vi.waitFor(() => expect([...resourcesOf(sett), ...podsOf(sett)]).toEqual([]), until);
  expect(sett.sandbox.kubernetes.cluster.list(deployments).map(({ metadata }) => metadata.name)).toEqual(
    expect.arrayContaining(["workspace-demo-dev", "gateway-demo-dev-gateway", "fn-demo-dev-hello"]),
  );
}, 120_000);
