import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readConfig } from "../../src/config.ts";
import { variables } from "../../src/variables.ts";
import { ownVariables } from "../../src/actualizer/actualizer.config.ts";
import { startSett } from "../support/sett.ts";
import { blocksOf, documentsForPeople, readDocument } from "./markdown.blocks.ts";

const blocks = documentsForPeople().flatMap((path) =>
  blocksOf(readDocument(path)).map((block) => ({ path, ...block })),
);

/** What a real platform needs besides what a document is about. */
const platform = {
  GITEA_URL: "http://gitea.test",
  GITEA_TOKEN: "token",
  GIT_API_URL: "http://git-api.test",
  CONFIGSTORE_URL: "http://configstore.test",
};

const settings = blocks.filter(({ meta }) => meta === "environment");

test("documents show what a gateway is started with", () => {
  expect(settings.length).toBeGreaterThanOrEqual(3);
});

test.each(settings)("a gateway starts with what $path:$line shows", ({ text }) => {
  const shown = Object.fromEntries(
    text.split("\n").map((line) => {
      const [name = "", ...value] = line.trim().split("=");
      return [name, value.join("=")];
    }),
  );
  expect(Object.keys(shown).filter((name) => !(name in variables))).toEqual([]);
  expect(() => readConfig({ ...platform, ...shown })).not.toThrow();
});

test("documents name only variables that there are", () => {
  const known = new Set(["NODE_ENV", ...Object.keys(variables), ...Object.keys(ownVariables)]);
  const guides = documentsForPeople().filter((path) => /guides|getting-started/.test(path));
  // With an underscore in it a word in capitals is a variable or a code, and with a value it is a variable.
  const named = guides.flatMap((path) =>
    [...readDocument(path).matchAll(/`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`/g)].map(({ 1: name = "" }) => name),
  );
  const codes = readDocument("docs/errors.md") + readDocument("schema.graphql");
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((name) => !known.has(name) && !codes.includes(name))).toEqual([]);
});

const scripts = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readDocument("package.json"))).scripts;

test.each(documentsForPeople())("%s names only scripts that there are", (path) => {
  const named = [...readDocument(path).matchAll(/npm (?:run (?:-s )?)([\w:]+)/g)].map(
    ({ 1: name = "" }) => name,
  );
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

const roleShape = z.object({
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      verbs: z.array(z.string()),
      resourceNames: z.array(z.string()).optional(),
    }),
  ),
});

const rulesOf = (text: string) =>
  roleShape
    .parse(parse(text))
    .rules.map(({ resourceNames, ...rule }) => ({ ...rule, ...(resourceNames ? { resourceNames } : {}) }));

const whatRuns = `{
  project(producer: "demo") {
    status { workspace { ready } }
    pods { name logs(tailLines: 1) { truncated } events { reason } }
    deployments { staleReason }
    function(name: "hello") { status { pods { id } } }
  }
  platform { actualizer { isAlive } }
}`;

interface Running {
  readonly project: {
    readonly status: unknown;
    readonly function: { readonly status: { readonly pods: readonly { readonly id: string }[] } };
  };
}

test(
  "a gateway with the roles that the guide gives it can tell what runs, and restart it",
  { timeout: 60_000 },
  async () => {
    const shown = blocks.find(
      ({ path, language }) => path.endsWith("run-on-a-cluster.md") && language === "yaml",
    );
    const rules = [
      ...rulesOf(shown?.text ?? ""),
      ...rulesOf(readDocument("deploy/actualizer/gateway-role.yaml")),
    ];
    const sett = await startSett({
      prepare: ({ kubernetes }) =>
        kubernetes.cluster.access.add(kubernetes.token, {
          username: "system:serviceaccount:sett:sett",
          uid: "1006",
          groups: ["system:serviceaccounts", "system:authenticated"],
          role: { name: "sett-gateway", rules },
        }),
    });
    const { data, errors } = await sett.as("admin").askText(whatRuns);
    expect(errors).toEqual([]);
    const [pod] = (data as unknown as Running).project.function.status.pods;
    const restarts = `mutation {
    restartPod(input: { pod: "${pod?.id}" }) { pod { name } }
    restartFunction(input: { project: { producer: "demo" }, name: "hello" }) { name }
    restartGateway(input: { project: { producer: "demo" }, id: "aaaaaaaa-0000-4000-8000-000000000001" }) { restartedAt }
    restartWorkspace(input: { project: { producer: "demo" }, part: POD }) { project { env } }
  }`;
    expect(await sett.as("admin").askText(restarts)).toMatchObject({ codes: [] });
  },
);
