import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { ownVariables } from "../../src/actualizer/actualizer.config.ts";
import { variables } from "../../src/variables.ts";
import { chartVariables, secretVariables } from "../../scripts/chart-schema.ts";
import { problemsOf } from "../actualizer/published.schemas.ts";
import { blocksOf, documentsForPeople, readDocument } from "../docs/markdown.blocks.ts";
import {
  chartFile,
  chartFolder,
  everything,
  helm,
  ofKind,
  renderUses,
  runHelm,
  template,
  uses,
  type Manifest,
} from "./chart.rendering.ts";

describe.skipIf(helm === undefined)("the chart, by Helm", () => {
  let rendered: ReadonlyMap<string, readonly Manifest[]>;

  beforeAll(async () => {
    rendered = await renderUses();
  });

  test.each([
    ["as it comes", {}],
    ["with everything", everything],
  ])("has nothing that Helm's lint is against, %s", async (_, values) => {
    expect(await runHelm(["lint", "--strict", chartFolder], values)).toMatchObject({ code: 0 });
  });

  test.each(Object.keys(uses))("is made of nothing but what Kubernetes publishes, %s", (use) => {
    const manifests = rendered.get(use) ?? [];
    expect(manifests.length).toBeGreaterThan(4);
    expect(manifests.flatMap(problemsOf)).toEqual([]);
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test("uses every kind that it has a template for", () => {
    const kinds = new Set([...rendered.values()].flat().map(({ kind }) => kind));
    for (const kind of ["HorizontalPodAutoscaler", "Ingress", "NetworkPolicy", "PodDisruptionBudget"]) {
      expect(kinds).toContain(kind);
    }
    for (const kind of ["PrometheusRule", "ServiceMonitor", "StatefulSet"]) expect(kinds).toContain(kind);
  });

  test.each([
    ["two replicas without a Redis", { gateway: { replicas: 2 } }, "needs a Redis"],
    ["more of them by and by", { gateway: { autoscaling: { enabled: true } } }, "needs a Redis"],
    ["two Redises", { redis: { enabled: true, existing: { name: "there" } } }, "set one of the two"],
    ["a Redis without a password", { redis: { enabled: true, password: { name: "" } } }, "redis.password"],
    ["no token", { secrets: { GITEA_TOKEN: { name: "" } } }, "secrets.GITEA_TOKEN.name"],
  ])("refuses %s", async (_, values, why) => {
    const { code, stderr } = await template({ values });
    expect(code).toBe(1);
    expect(stderr).toContain(why);
  });

  test("refuses values that there are not, misspelt variables, and secrets in plain sight", async () => {
    const { code, stderr } = await template({
      values: {
        gatway: {},
        config: { PORT: 80, GITEA_TOKEN: "plain", GITEA_URL: null, GIT_API_URL: "http://me:plain@git-api" },
        secrets: { REDIS_URL: { name: "a", key: "b", optional: false } },
        gateway: {
          drainDelay: "a while",
          config: { OPERATION_TIMOUT: "1s" },
          extraEnv: [
            { name: "SESSION_SECRET", value: "plain" },
            { name: "DRAIN_DELAY", value: "1h" },
          ],
        },
      },
    });
    expect(code).toBe(1);
    // Helm 3 and Helm 4 say it in other words.
    for (const name of ["PORT", "GITEA_TOKEN", "REDIS_URL", "OPERATION_TIMOUT"]) {
      expect(stderr).toMatch(new RegExp(`(?:Property name of|invalid propertyName) ["']${name}["']`));
    }
    expect(stderr).toMatch(/GITEA_URL is required|missing property 'GITEA_URL'/);
    expect(stderr).toMatch(/config[./]GIT_API_URL/);
    expect(stderr).toMatch(/extraEnv[./]0/);
    expect(stderr).toMatch(/extraEnv[./]1/);
    expect(stderr).toMatch(/drainDelay.*does not match pattern/i);
    expect(stderr).toContain("gatway");
  });

  test("puts no secret into what it makes, only where it is found", () => {
    for (const manifests of rendered.values()) {
      expect(ofKind(manifests, "Secret")).toEqual([]);
      for (const { data } of ofKind<Manifest & { readonly data: object }>(manifests, "ConfigMap")) {
        expect(
          Object.keys(data).filter((name) => (secretVariables as readonly string[]).includes(name)),
        ).toEqual([]);
      }
    }
  });

  test("hands alerts and dashboard over as they are", () => {
    const manifests = rendered.get("with everything") ?? [];
    const [rules] = ofKind<Manifest & { readonly spec: object }>(manifests, "PrometheusRule");
    expect(rules?.spec).toEqual(parse(chartFile("files/alerts.yaml")));
    const maps = ofKind<Manifest & { readonly data: Record<string, string> }>(manifests, "ConfigMap");
    const dashboard = maps.find(({ metadata }) => metadata.labels?.["grafana_dashboard"] === "1");
    expect(dashboard?.data["sett.json"]).toBe(chartFile("files/dashboard.json"));
  });
});

test("the account of the chart's Redis is that of the architecture", () => {
  const [, account] = /^user sett on >password (.+)$/m.exec(readDocument("docs/architecture.md")) ?? [];
  expect(chartFile("charts/redis/files/account.txt").trim()).toBe(account);
});

const shown = documentsForPeople().flatMap((path) =>
  blocksOf(readDocument(path))
    .filter(({ meta }) => meta === "values")
    .map((block) => ({ path, ...block })),
);

test.skipIf(helm === undefined).each(shown)(
  "the chart takes the values that $path:$line shows",
  async ({ text }) => {
    expect(await template({ values: parse(text) as object })).toMatchObject({ code: 0, stderr: "" });
  },
);

test("chart and application have the version of the package", () => {
  const { version } = JSON.parse(readDocument("package.json")) as { version: string };
  expect(parse(chartFile("Chart.yaml"))).toMatchObject({ version, appVersion: version });
});

test("every variable that sounds like a secret is kept like one, and all that the chart names are there", () => {
  // Those that name a Secret, and hold none.
  const names = ["REDIS_PASSWORD_SECRET", "IMAGE_PULL_SECRET"];
  const all = Object.keys({ ...variables, ...ownVariables });
  const sounding = all.filter((name) => /_(?:TOKEN|SECRET|PASSWORD|HEADERS)$|^REDIS_URL$/.test(name));
  expect(sounding.filter((name) => !names.includes(name)).sort()).toEqual([...secretVariables].sort());
  expect(chartVariables.filter((name) => !all.includes(name))).toEqual([]);
});

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
}

const schema = JSON.parse(chartFile("values.schema.json")) as Schema;

/** Places of the schema that say which values they have, each with those that are there when nothing is said. */
function placesOf(
  part: Schema,
  values: unknown,
  path = "values",
): readonly (readonly [string, Schema, object])[] {
  const { properties } = part;
  if (!properties || typeof values !== "object" || values === null) return [];
  return [
    [path, part, values],
    ...Object.entries(properties).flatMap(([name, inner]) =>
      placesOf(inner, (values as Record<string, unknown>)[name], `${path}.${name}`),
    ),
  ];
}

const places = placesOf(schema, parse(chartFile("values.yaml")));

test.each(places)(
  "the schema has all of %s and lets nothing else in",
  (_, { properties = {}, ...part }, values) => {
    expect(part.additionalProperties).toBe(false);
    // Helm's own, and what a probe has besides.
    const unsaid = ["global", "initialDelaySeconds", "successThreshold"];
    expect(
      Object.keys(properties)
        .filter((name) => !unsaid.includes(name))
        .sort(),
    ).toEqual(Object.keys(values).sort());
  },
);
