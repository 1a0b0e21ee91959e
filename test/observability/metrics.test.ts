import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { allMetrics, ownMetrics, type ListedMetric } from "../../scripts/metrics.list.ts";
import { startSett } from "../support/sett.ts";
import { namesIn } from "./promql.names.ts";
import { z } from "zod";

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");

/** What Prometheus itself says of where a number comes from. */
const ofTargets = ["namespace", "pod", "instance", "job"];

const known = new Map(allMetrics().map((metric) => [metric.name, metric]));

/** The metric that a name in an expression means: of a histogram there are three. */
function meant(name: string): ListedMetric | undefined {
  const [, base = "", part] = /^(.*?)(?:_(bucket|count|sum))?$/.exec(name) ?? [];
  const histogram = part === undefined ? undefined : known.get(base);
  return histogram?.type === "histogram" ? histogram : known.get(name);
}

/** What of an expression there is not. */
function strangersIn(expression: string, shown: readonly string[] = []): readonly string[] {
  const { metrics, matched, grouped } = namesIn(expression);
  const labelsOf = (name: string) => [...(meant(name)?.labels ?? []), ...ofTargets];
  const all = new Set([...metrics.flatMap(labelsOf), "le"]);
  return [
    ...(metrics.length === 0 ? [`no metric in ${expression}`] : []),
    ...metrics.filter((name) => {
      const metric = meant(name);
      // A histogram has no number of its own name.
      return !metric || (metric.type === "histogram") === (metric.name === name);
    }),
    ...matched.flatMap(({ metric, label }) =>
      labelsOf(metric).includes(label) ? [] : [`${metric}{${label}}`],
    ),
    ...[...grouped, ...shown].filter((label) => !all.has(label)).map((label) => `${expression}: ${label}`),
  ];
}

const dashboardShape = z.object({
  schemaVersion: z.number().min(36),
  templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
  panels: z.array(
    z.object({
      id: z.number(),
      type: z.enum(["row", "timeseries"]),
      title: z.string().min(1),
      gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      targets: z
        .array(
          z.object({
            refId: z.string(),
            expr: z.string(),
            legendFormat: z.string(),
            datasource: z.object({ uid: z.literal("${datasource}") }),
          }),
        )
        .default([]),
    }),
  ),
});

const rulesShape = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Sett[A-Za-z]+$/),
          expr: z.string(),
          for: z.string().regex(/^\d+[smh]$/),
          labels: z.strictObject({ severity: z.enum(["critical", "warning", "info"]) }),
          annotations: z.strictObject({ summary: z.string().min(1), runbook_url: z.string() }),
        }),
      ),
    }),
  ),
});

const rules = rulesShape
  .parse(parse(read("deploy/chart/files/alerts.yaml")))
  .groups.flatMap((group) => group.rules);
const { panels, templating } = dashboardShape.parse(
  JSON.parse(read("deploy/chart/files/dashboard.json").replaceAll("$__rate_interval", "5m")),
);

test("a running gateway and actualizer tell exactly the metrics that the docs list", async () => {
  const { url } = await startSett();
  const text = await (await fetch(`${url}/metrics`)).text();
  const told = [...text.matchAll(/^# TYPE (sett_\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
  const listed = ownMetrics()
    // Without somebody who collects traces there are none, and the actualizer is a process of its own.
    .filter(({ name }) => !/^sett_(?:spans|actualizer)_/.test(name))
    .map(({ name, type }) => `${name} ${type}`);
  expect(told.toSorted()).toEqual(listed.toSorted());
  expect(text).toMatch(/^sett_build_info\{version="\d+\.\d+\.\d+".*\} 1$/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \S+$/m);
});

test("every metric is told with labels out of a list, and says what it counts", () => {
  for (const { name, help, labels } of ownMetrics()) {
    expect(help, name).toMatch(/^[A-Z0-9].*\.$/);
    // These would have as many values as there are people and projects.
    expect(
      labels.filter((label) => /login|user|project|producer|repo|id$|token/.test(label)),
      name,
    ).toEqual([]);
  }
});

test.each(rules)("$alert asks for what there is, and leads to what to do", (rule) => {
  expect(strangersIn(rule.expr)).toEqual([]);
  const labels = [...rule.annotations.summary.matchAll(/\$labels\.(\w+)/g)].map(([, label = ""]) => label);
  expect(strangersIn(rule.expr, labels)).toEqual([]);
  const [path = "", anchor] = rule.annotations.runbook_url.split("#");
  const headings = [...read(path).matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => heading);
  expect(anchor).toBe(rule.alert.toLowerCase());
  expect(headings).toContain(rule.alert);
});

test("the docs say of no alert what to do that there is not", () => {
  const told = [...read("docs/observability.md").matchAll(/^### (Sett\w+)$/gm)].map(([, name]) => name);
  expect(told.toSorted()).toEqual(rules.map(({ alert }) => alert).sort());
});

test("every panel of the dashboard asks for what there is", () => {
  const targets = panels.flatMap((panel) => panel.targets);
  const strangers = targets.flatMap(({ expr, legendFormat }) =>
    strangersIn(
      expr,
      [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = ""]) => label),
    ),
  );
  expect(strangers).toEqual([]);
  expect(targets.length).toBeGreaterThan(panels.filter(({ type }) => type === "timeseries").length - 1);
  expect(panels.filter(({ type, targets: none }) => (type === "row") !== (none.length === 0))).toEqual([]);
});

test("the dashboard is shown as it is meant: each panel once, beside the others, of a data source to choose", () => {
  expect(templating.list.map(({ name, type }) => `${type} ${name}`)).toEqual([
    "datasource datasource",
    "query namespace",
  ]);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_none, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
});

test("a name that is none is found in an expression", () => {
  expect(
    strangersIn('sum by (colour) (rate(sett_operation_seconds_count{shape="round"}[5m])) / sett_nothing'),
  ).toEqual(["sett_nothing", "sett_operation_seconds_count{shape}", expect.stringContaining(": colour")]);
  expect(strangersIn("sett_operation_seconds")).toEqual(["sett_operation_seconds"]);
});
