import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { definitionProblem } from "../../../src/actualizer/definitions/definition.check.ts";
import { ownVariables, platformOf, readActualizerConfig } from "../../../src/actualizer/actualizer.config.ts";
import { resourceKinds } from "../../../src/actualizer/resources/resources.ts";
import { workspaceKind } from "../../../src/actualizer/resources/workspace.resource.ts";
import { ConfigurationError } from "../../../src/config.ts";
import { variables } from "../../../src/variables.ts";
import { startChild } from "../../server/child-gateway.ts";

const platform = {
  GITEA_URL: "https://gitea.example",
  GITEA_TOKEN: "secret",
  GIT_API_URL: "http://git-api:3000",
  CONFIGSTORE_URL: "http://configstore:3002",
  KUBERNETES_URL: "https://cluster.example",
};

function problemsOf(read: () => unknown): readonly string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
}

test("all that is wrong is listed at once, of what it shares with the gateway and of its own", () => {
  const environment = { ...platform, ACTUALIZER_PORT: "x", ENVIRONMENTS: "none", GATEWAY_VERSION: "a b" };
  const named = problemsOf(() => readActualizerConfig(environment)).map((each) => each.split(":", 1)[0]);
  expect(named).toEqual(["ENVIRONMENTS", "ACTUALIZER_PORT", "GATEWAY_VERSION"]);
});

test("it needs a platform and a cluster", () => {
  const { KUBERNETES_URL: _url, ...noCluster } = platform;
  expect(problemsOf(() => platformOf(readActualizerConfig({}).shared))).toHaveLength(1);
  expect(problemsOf(() => platformOf(readActualizerConfig(noCluster).shared))).toHaveLength(1);
  expect(platformOf(readActualizerConfig(platform).shared).place).toMatchObject({ namespace: "customer" });
});

test("no variable of its own is called like one of the gateway's", () => {
  expect(Object.keys(ownVariables).filter((name) => name in variables)).toEqual([]);
});

/** The containers that its deployment has. */
function deployed() {
  const folder = new URL("../../../deploy/actualizer/", import.meta.url);
  const [deployment] = parseAllDocuments(readFileSync(new URL("deployment.yaml", folder), "utf8"));
  const { spec } = deployment?.toJS() as {
    spec: {
      template: {
        spec: {
          containers: {
            command: string[];
            env: { name: string; value?: string }[];
            resources: { limits: { memory: string } };
          }[];
        };
      };
    };
  };
  return spec.template.spec.containers;
}

test("what its deployment sets are variables that there are, with values that are taken", () => {
  const env = deployed().flatMap((each) => each.env);
  expect(env.map(({ name }) => name).filter((name) => !(name in { ...variables, ...ownVariables }))).toEqual(
    [],
  );
  const values = Object.fromEntries(
    env.map(({ name, value }) => [name, value ?? "a-secret-that-is-long-enough"]),
  );
  const { shared } = readActualizerConfig({ ...values, KUBERNETES_SERVICE_HOST: "10.0.0.1" });
  expect(platformOf(shared).place).toEqual({ from: "service-account", namespace: "customer" });
});

test("in its deployment it has room for what it knows of 10,000 producers, and collects garbage before it is ended", () => {
  for (const { command, resources } of deployed()) {
    const heapMebibytes = Number(/--max-old-space-size=(\d+)/.exec(command.join(" "))?.[1]);
    const limitMebibytes = 1024 * Number(/^(\d+)Gi$/.exec(resources.limits.memory)?.[1]);
    // The objects of so many alone take some 450 MB; as much again is for the work on them.
    expect(heapMebibytes).toBeGreaterThanOrEqual(2 * 450);
    // What is not on the heap needs room, too.
    expect(heapMebibytes).toBeLessThanOrEqual(0.8 * limitMebibytes);
  }
});

test("started with nothing configured it says what is missing, and exits 78", async () => {
  const child = startChild({}, [], { program: "actualizer/main.js" });
  expect(await child.ended).toEqual({ code: 78, signal: null });
  expect(child.stderr()).toContain("GITEA_URL");
});

const established = { status: { conditions: [{ type: "Established", status: "True" }] } };

test("the definitions in deploy/crds are those that it needs", () => {
  const folder = new URL("../../../deploy/crds/", import.meta.url);
  expect(readdirSync(folder)).toHaveLength(resourceKinds.length);
  for (const kind of resourceKinds) {
    const file = `${kind.plural}.sett.lunchbadger.io.yaml`;
    const found = parse(readFileSync(new URL(file, folder), "utf8")) as object;
    expect(definitionProblem(kind, { ...found, ...established })).toBeUndefined();
  }
});

interface Definition {
  readonly spec: {
    readonly versions: {
      served: boolean;
      readonly schema: {
        readonly openAPIV3Schema: {
          readonly properties: Record<string, { readonly properties: Record<string, object> }>;
        };
      };
    }[];
  };
}

const changed = (change: (version: Definition["spec"]["versions"][number]) => void) => {
  const file = new URL("../../../deploy/crds/workspaces.sett.lunchbadger.io.yaml", import.meta.url);
  const definition = parse(readFileSync(file, "utf8")) as Definition;
  definition.spec.versions.forEach(change);
  return definitionProblem(workspaceKind, { ...definition, ...established });
};

test("a definition that does not know a field is too old, and one that knows more is not", () => {
  const fields = (version: Definition["spec"]["versions"][number]) =>
    version.schema.openAPIV3Schema.properties["spec"]?.properties ?? {};
  expect(changed((version) => delete fields(version)["enabled"])).toBe(
    "workspaces.sett.lunchbadger.io is too old: it does not know spec.enabled",
  );
  expect(changed((version) => (fields(version)["more"] = { type: "string" }))).toBeUndefined();
  expect(changed((version) => (version.served = false))).toBe(
    "workspaces.sett.lunchbadger.io does not serve v1",
  );
});
