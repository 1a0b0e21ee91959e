import { existsSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { ownVariables, platformOf, readActualizerConfig } from "../../src/actualizer/actualizer.config.ts";
import { readConfig } from "../../src/config.ts";
import { variables } from "../../src/variables.ts";
import { startPlatform, startProcess } from "../actualizer/process/process.harness.ts";
import { startSett } from "../support/sett.ts";
import { environmentOf, isSelected, mebibytesOf, podOf, podsOf, secondsOf } from "./chart.pods.ts";
import { helm, ofKind, renderUses, template, uses, type Manifest } from "./chart.rendering.ts";

type Labels = Readonly<Record<string, string>>;

interface Selecting extends Manifest {
  readonly spec: {
    readonly selector: Labels & { readonly matchLabels?: Labels };
    readonly maxUnavailable?: number;
    readonly minAvailable?: number;
  };
}

describe.skipIf(helm === undefined)("what the chart runs", () => {
  let rendered: ReadonlyMap<string, readonly Manifest[]>;
  const of = (use: string) => rendered.get(use) ?? [];

  beforeAll(async () => {
    rendered = await renderUses();
  });

  describe.each(Object.keys(uses))("%s", (use) => {
    test("nothing runs as root, writes to its own disk, or may become more than it is", () => {
      const pods = podsOf(of(use));
      expect(pods.length).toBeGreaterThan(0);
      for (const { pod } of pods) {
        expect(pod.securityContext).toMatchObject({
          ...{ runAsNonRoot: true, runAsUser: expect.toSatisfy((id: number) => id > 0) as number },
          seccompProfile: { type: "RuntimeDefault" },
        });
        for (const { securityContext, resources } of pod.containers) {
          expect(securityContext).toEqual({
            ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
            capabilities: { drop: ["ALL"] },
          });
          expect(mebibytesOf(resources.limits.memory)).toBeGreaterThan(0);
        }
        expect(pod.enableServiceLinks).toBe(false);
      }
    });

    test("its configuration is made of variables that there are, with values that are taken", () => {
      const known = { ...variables, ...ownVariables };
      const cluster = { KUBERNETES_SERVICE_HOST: "10.0.0.1" };
      const besides = ["BUNDLED_REDIS_PASSWORD", "NODE_EXTRA_CA_CERTS"];
      for (const each of podsOf(of(use)).filter(({ component }) => component !== "redis")) {
        const environment = environmentOf(of(use), each);
        const unknown = Object.keys(environment).filter((name) => !(name in known));
        expect(unknown.filter((name) => !besides.includes(name))).toEqual([]);
        const config =
          each.component === "actualizer"
            ? readActualizerConfig({ ...environment, ...cluster }).shared
            : readConfig({ ...environment, ...cluster });
        expect(platformOf(config).place).toEqual({ from: "service-account", namespace: "customer" });
      }
    });

    test("whoever ends has the time to: grace is longer than all that comes before", () => {
      for (const each of podsOf(of(use)).filter(({ component }) => /gateway|actualizer/.test(component))) {
        const { DRAIN_DELAY = "0s", SHUTDOWN_DEADLINE } = environmentOf(of(use), each);
        const least = secondsOf(DRAIN_DELAY) + secondsOf(SHUTDOWN_DEADLINE);
        expect(each.pod.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(least + 5);
      }
    });

    test("what is selected is there, and by no two services", () => {
      const pods = podsOf(of(use));
      const services = ofKind<Selecting>(of(use), "Service").map(({ spec }) => spec.selector);
      const others = ofKind<Selecting>(of(use), "Deployment", "StatefulSet", "PodDisruptionBudget");
      const selectors = [...services, ...others.map(({ spec }) => spec.selector.matchLabels ?? {})];
      for (const selector of selectors) {
        expect(pods.filter(({ labels }) => isSelected(selector, labels))).toHaveLength(1);
      }
    });

    test("no budget keeps a node from being emptied of the last replica", () => {
      for (const { spec } of ofKind<Selecting>(of(use), "PodDisruptionBudget")) {
        expect(spec).toMatchObject({ maxUnavailable: 1 });
        const held = podsOf(of(use)).filter(({ labels }) =>
          isSelected(spec.selector.matchLabels ?? {}, labels),
        );
        // Where none are said an autoscaler says them, and it has two at least.
        for (const { replicas = 2 } of held) expect(replicas).toBeGreaterThan(1);
      }
    });

    test("garbage is collected before a container is ended for its memory", () => {
      for (const { pod } of podsOf(of(use)).filter(({ component }) => /gateway|actualizer/.test(component))) {
        for (const { args = [], resources } of pod.containers) {
          const heap = Number(/--max-old-space-size=(\d+)/.exec(args.join(" "))?.[1]);
          expect(heap).toBeGreaterThan(0);
          // What is not on the heap needs room, too.
          expect(heap).toBeLessThanOrEqual(0.8 * mebibytesOf(resources.limits.memory));
        }
      }
    });
  });

  test("more than one gateway has a budget and an address of Redis, and one alone has neither", () => {
    const budgets = (use: string) =>
      ofKind(of(use), "PodDisruptionBudget").map(({ metadata }) => metadata.name);
    expect(budgets("as it comes")).toEqual(["sett-actualizer"]);
    expect(budgets("with everything").sort()).toEqual(["sett", "sett-actualizer"]);
    const address = (use: string) => environmentOf(of(use), podOf(of(use), "gateway"))["REDIS_URL"];
    expect(address("as it comes")).toBeUndefined();
    expect(address("with a Redis of its own")).toBe("redis://sett:word@sett-redis:6379");
    expect(address("with three replicas and a Redis that is there")).toMatch(/^redis:/);
  });

  test("before it ends a pod waits without a shell, by the cluster or by Node.js", () => {
    const waiting = (use: string) => podOf(of(use), "gateway").pod.containers[0]?.lifecycle?.preStop;
    expect(waiting("as it comes")).toEqual({ sleep: { seconds: 3 } });
    expect(waiting("as it comes, on an older cluster")).toEqual({
      exec: { command: ["node", "-e", "setTimeout(() => {}, 3000)"] },
    });
  });

  test("another configuration is another pod, and the same one is the same", async () => {
    const checksum = async (values: object) =>
      /checksum\/config: (\w+)/.exec((await template({ values })).stdout)?.[1];
    const [first, same, other] = await Promise.all([
      checksum({}),
      checksum({ gateway: { podAnnotations: { a: "b" } } }),
      checksum({ config: { LOG_LEVEL: "debug" } }),
    ]);
    expect(same).toBe(first);
    expect(other).not.toBe(first);
  });

  test("what stands for false and for large numbers is written as the gateway reads it", () => {
    const environment = environmentOf(of("with everything"), podOf(of("with everything"), "gateway"));
    expect(environment).toMatchObject({ ANSWER_LIMIT: "25000000", BOARD: "false", DRAIN_DELAY: "1m" });
    expect(environment).toMatchObject({ PUBLIC_URL: "https://sett.example.org", ACTUALIZER: "true" });
    const without = of("without an actualizer, an account of its own and policies");
    expect(environmentOf(without, podOf(without, "gateway"))).toMatchObject({ ACTUALIZER: "false" });
  });

  test("files that variables name are there, for the doctor as for the gateway", () => {
    for (const component of ["gateway", "doctor"]) {
      const { volumes = [], containers } = podOf(of("with everything"), component).pod;
      const [{ env = [], volumeMounts = [] } = {}] = containers;
      const file = env.find(({ name }) => name === "NODE_EXTRA_CA_CERTS")?.value ?? "";
      const mounts = volumeMounts.filter(({ mountPath }) => file.startsWith(`${mountPath}/`));
      expect(mounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
      expect(mounts).toHaveLength(1);
    }
  });

  test("where nothing is said of variables what asks nobody who they are has no hosts", async () => {
    const { code, stdout } = await template({
      values: { gateway: { config: null }, actualizer: { config: null } },
    });
    expect(code).toBe(0);
    expect(stdout).toContain('INTERNAL_HOSTS: "false"');
  });

  test("the actualizer has room for what it knows of 10,000 producers", () => {
    const [container] = podOf(of("as it comes"), "actualizer").pod.containers;
    const heap = Number(/--max-old-space-size=(\d+)/.exec(container?.args?.join(" ") ?? "")?.[1]);
    // The objects of so many alone take some 450 MB; as much again is for the work on them.
    expect(heap).toBeGreaterThanOrEqual(2 * 450);
  });

  test("what is started is there, and each probe asks what is answered", async () => {
    const sett = await startSett();
    const process = await startProcess(await startPlatform());
    const addresses: Readonly<Record<string, string>> = { gateway: sett.url, actualizer: process.url };
    for (const { component, pod } of podsOf(of("with everything"))) {
      for (const { args = [], ports = [], startupProbe, livenessProbe, readinessProbe } of pod.containers) {
        const programs = args.filter((each) => each.startsWith("dist/"));
        for (const program of programs) {
          expect(existsSync(program.replace("dist/", "src/").replace(/\.js$/, ".ts"))).toBe(true);
        }
        for (const { httpGet, tcpSocket } of [startupProbe, livenessProbe, readinessProbe].filter(
          (each) => !!each,
        )) {
          expect(ports.map(({ name }) => name)).toContain(httpGet?.port ?? tcpSocket?.port);
          const address = addresses[component];
          if (!httpGet || address === undefined) continue;
          expect((await fetch(new URL(httpGet.path, address))).status).not.toBe(404);
        }
      }
    }
    await process.stop();
  });
});
