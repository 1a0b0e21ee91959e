import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
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

test("started with nothing configured it says what is missing, and exits 78", async () => {
  const child = startChild({}, [], { program: "actualizer/main.js" });
  expect(await child.ended).toEqual({ code: 78, signal: null });
  expect(child.stderr()).toContain("GITEA_URL");
});

const established = { status: { conditions: [{ type: "Established", status: "True" }] } };

test("the definitions in deploy/chart/crds are those that it needs", () => {
  const folder = new URL("../../../deploy/chart/crds/", import.meta.url);
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
  const file = new URL("../../../deploy/chart/crds/workspaces.sett.lunchbadger.io.yaml", import.meta.url);
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
