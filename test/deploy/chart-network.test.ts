import { beforeAll, describe, expect, test } from "vitest";
import { desiredOf } from "../../src/actualizer/desired/desired.ts";
import { variables } from "../../src/variables.ts";
import { settingsWith, wantedOf } from "../actualizer/actualizer.source.ts";
import { readDocument } from "../docs/markdown.blocks.ts";
import { startSett } from "../support/sett.ts";
import { podOf } from "./chart.pods.ts";
import { helm, ofKind, render, renderUses, type Manifest } from "./chart.rendering.ts";
import { reaches, type Place } from "./network.reach.ts";

/** Who is on a cluster, besides Sett. */
const stranger: Place = { namespace: "elsewhere", labels: { app: "anything" } };
const ofIngress: Place = { namespace: "ingress-nginx", labels: {} };
const ofPrometheus: Place = { namespace: "monitoring", labels: {} };
const gitea: Place = { namespace: "gitea", labels: {} };
const customers = (app: string): Place => ({ namespace: "customer", labels: { app } });
const workspace = customers("workspace");
const slsApi = customers("sls-api");
const gateway = customers("gateway");
const functions = customers("kubeless-fn");
const gitApi: Place = { namespace: "default", labels: { app: "git-api" } };
const configstore: Place = { namespace: "default", labels: { app: "configstore" } };

/** What asks nobody who they are. */
const unguarded: readonly (readonly [string, Place, number])[] = [
  ["the Project API", workspace, 4230],
  ["the Workspace API", workspace, 4231],
  ["sls-api", slsApi, 4444],
  ["the administration of a gateway", gateway, 9876],
  ["git-api", gitApi, 8080],
  ["configstore", configstore, 3002],
];

describe.skipIf(helm === undefined)("who reaches what", () => {
  let rendered: ReadonlyMap<string, readonly Manifest[]>;
  const of = (use: string) => rendered.get(use) ?? [];
  const usual = () => of("as it comes");

  beforeAll(async () => {
    rendered = await renderUses();
  });

  test.each(unguarded)("of all, Sett reaches %s", (_, to, port) => {
    const full = of("with everything");
    for (const component of ["gateway", "actualizer", "doctor"]) {
      expect(reaches(full, podOf(full, component), to, port)).toBe(true);
    }
    for (const from of [stranger, ofIngress, functions, gateway]) {
      expect(reaches(usual(), from, to, port)).toBe(false);
    }
    // Somebody who looks like the gateway, and is in another namespace.
    expect(reaches(usual(), { ...podOf(usual(), "gateway"), namespace: "elsewhere" }, to, port)).toBe(false);
  });

  test("what the platform needs of its own goes on", () => {
    for (const from of [workspace, slsApi]) {
      expect(reaches(usual(), from, gitApi, 8080)).toBe(true);
      expect(reaches(usual(), from, configstore, 3002)).toBe(true);
    }
    expect(reaches(usual(), configstore, gitApi, 8080)).toBe(true);
    expect(reaches(usual(), gitea, configstore, 3002)).toBe(true);
    expect(reaches(usual(), gateway, workspace, 3000)).toBe(true);
    expect(reaches(usual(), gateway, functions, 8080)).toBe(true);
  });

  test("what the platform needs of its own is all that goes on", () => {
    for (const from of [gitea, ofPrometheus, configstore])
      expect(reaches(usual(), from, slsApi, 4444)).toBe(false);
    for (const from of [gitea, ofPrometheus]) expect(reaches(usual(), from, gitApi, 8080)).toBe(false);
    for (const from of [gitApi, ofPrometheus]) expect(reaches(usual(), from, configstore, 3002)).toBe(false);
  });

  test("the public comes by the ingress to projects and gateways, and nobody past it", () => {
    expect(reaches(usual(), ofIngress, workspace, 3000)).toBe(true);
    expect(reaches(usual(), ofIngress, gateway, 8080)).toBe(true);
    expect(reaches(usual(), ofIngress, functions, 8080)).toBe(false);
    for (const [to, port] of [
      [workspace, 3000],
      [gateway, 8080],
      [functions, 8080],
    ] as const) {
      expect(reaches(usual(), stranger, to, port)).toBe(false);
    }
  });

  test("Prometheus scrapes gateways only where it is let to", () => {
    expect(reaches(usual(), ofPrometheus, gateway, 9876)).toBe(false);
    expect(reaches(of("with everything"), ofPrometheus, gateway, 9876)).toBe(true);
  });

  test("Sett itself is reached by the ingress, by Prometheus and by Gitea, its Redis by the gateway", () => {
    const full = of("with everything");
    const [own, actualizer] = [podOf(full, "gateway"), podOf(full, "actualizer")];
    const redis = podOf(full, "redis");
    for (const from of [ofIngress, ofPrometheus, gitea]) expect(reaches(full, from, own, "http")).toBe(true);
    for (const from of [ofPrometheus, gitea]) expect(reaches(full, from, actualizer, "http")).toBe(true);
    expect(reaches(full, ofIngress, actualizer, "http")).toBe(false);
    expect(reaches(full, own, redis, "redis")).toBe(true);
    for (const to of [own, actualizer]) expect(reaches(full, stranger, to, "http")).toBe(false);
    for (const from of [stranger, actualizer]) expect(reaches(full, from, redis, "redis")).toBe(false);
  });

  test("services whose pods are labelled in another way are closed by those labels alone", async () => {
    const podLabels = { "app.kubernetes.io/name": "git-api" };
    const services = { gitApi: { podLabels }, configstore: { podLabels: null } };
    const manifests = await render({ values: { networkPolicy: { services, gateway: { egress: true } } } });
    const own = podOf(manifests, "gateway");
    for (const [to, port] of [
      [{ namespace: "default", labels: podLabels }, 8080],
      [configstore, 3002],
    ] as const) {
      expect(reaches(manifests, own, to, port)).toBe(true);
      expect(reaches(manifests, stranger, to, port)).toBe(false);
    }
    // Nobody else's pods of that namespace are closed with them.
    expect(reaches(manifests, stranger, { namespace: "default", labels: { app: "other" } }, 80)).toBe(true);
  });

  test("a namespace that is not named lets nobody in, and nobody out", async () => {
    const namespaces = { ingress: "", prometheus: "", gitea: "", dns: "" };
    const manifests = await render({ values: { networkPolicy: { namespaces, gateway: { egress: true } } } });
    const rules = ofKind<Manifest & Ways>(manifests, "NetworkPolicy").flatMap(
      ({ spec: { ingress = [], egress = [] } }) => [
        ...ingress.map(({ from }) => from),
        // The cluster's API is at any address where none is said.
        ...egress.filter(({ ports }) => !ports.some(({ port }) => port === 443)).map(({ to }) => to),
      ],
    );
    expect(rules.length).toBeGreaterThan(10);
    for (const peers of rules) expect(peers?.length).toBeGreaterThan(0);
  });

  test("each port that the actualizer opens is in the policies, under the labels that it gives", () => {
    const settings = settingsWith();
    const objects = wantedOf({ settings }).resources.flatMap((each) => desiredOf(each, settings));
    const opened = objects.flatMap((object) => {
      if (object.kind !== "Deployment") return [];
      const { template } = (object as unknown as { spec: { template: Opened } }).spec;
      return template.spec.containers.flatMap(({ ports = [] }) =>
        ports.map(({ containerPort }) => [template.metadata.labels, containerPort] as const),
      );
    });
    expect(opened.length).toBeGreaterThanOrEqual(6);
    for (const [labels, port] of opened) {
      const to = { namespace: "customer", labels };
      const own = podOf(usual(), "gateway");
      expect([ofIngress, own].some((from) => reaches(usual(), from, to, port))).toBe(true);
      expect(reaches(usual(), stranger, to, port)).toBe(false);
    }
  });

  test("the public is let to all that is for it, and to nothing that is for those who run the gateway", async () => {
    const [ingress] = ofKind<Manifest & Ingress>(of("with everything"), "Ingress");
    const paths = ingress?.spec.rules.flatMap(({ http }) => http.paths) ?? [];
    const isLet = (address: string) =>
      paths.some(({ path, pathType }) =>
        pathType === "Exact" ? path === address : address === path || address.startsWith(`${path}/`),
      );
    const inside = ["/livez", "/readyz", "/version", "/metrics"];
    const table = readDocument("docs/http.md").split("\n\n")[1] ?? "";
    const addresses = table
      .split("\n")
      .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\/[^`]*)`/g)]);
    const known = addresses.map(({ 1: address = "" }) => address);
    expect(known.filter((address) => isLet(address) === inside.includes(address))).toEqual([]);
    expect(known).toEqual(expect.arrayContaining(inside));
    const sett = await startSett();
    for (const { path, pathType } of paths.filter((each) => each.pathType === "Exact")) {
      const { status } = await fetch(new URL(path, sett.url), { redirect: "manual" });
      // Only what is asked for by POST, or is not configured here, is not answered.
      expect([path, pathType, status === 404 && !path.startsWith("/webhooks")]).toEqual([
        path,
        pathType,
        false,
      ]);
    }
  });

  test("what comes over the ingress may be as large as the gateway takes, and may last", () => {
    const [ingress] = ofKind(of("with everything"), "Ingress");
    const annotations = ingress?.metadata.annotations ?? {};
    const told = (name: string) => annotations[`nginx.ingress.kubernetes.io/${name}`];
    const megabytes = Number.parseInt(told("proxy-body-size") ?? "", 10);
    const largest = Math.max(Number(variables.BODY_LIMIT.unset), Number(variables.WEBHOOK_BODY_LIMIT.unset));
    expect(megabytes * 1024 * 1024).toBeGreaterThanOrEqual(largest);
    expect(told("proxy-buffering")).toBe("off");
    expect(Number(told("proxy-read-timeout"))).toBeGreaterThanOrEqual(3600);
  });
});

interface Opened {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly { readonly ports?: readonly { containerPort: number }[] }[];
  };
}

interface Ways {
  readonly spec: {
    readonly ingress?: readonly { readonly from?: readonly object[] | null }[];
    readonly egress?: readonly {
      readonly to?: readonly object[] | null;
      readonly ports: readonly { readonly port: number }[];
    }[];
  };
}

interface Ingress {
  readonly spec: {
    readonly rules: readonly {
      readonly http: { readonly paths: readonly { readonly path: string; readonly pathType: string }[] };
    }[];
  };
}
