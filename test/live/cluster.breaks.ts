import { expect, vi } from "vitest";
import { operator } from "../../src/sandbox/kubernetes/caller.access.ts";
import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { startSett } from "../support/sett.ts";

const entity = "{ running pods { name ready phase restarts } }";
const status = `{ staleSince staleReason workspace ${entity} slsApi ${entity} gateways ${entity} functions ${entity} }`;

interface ToldPod {
  readonly name: string;
  readonly ready: boolean;
  readonly phase: string;
  readonly restarts: number;
}

interface ToldEntity {
  readonly running: boolean;
  readonly pods: readonly ToldPod[];
}

interface ToldStatus {
  readonly staleSince: string | null;
  readonly staleReason: string | null;
  readonly workspace: ToldEntity | null;
  readonly slsApi: ToldEntity | null;
  readonly gateways: readonly ToldEntity[];
  readonly functions: readonly ToldEntity[] | null;
}

const podsIn = ({ workspace, slsApi, gateways, functions }: ToldStatus) =>
  [workspace, slsApi, ...gateways, ...(functions ?? [])].flatMap((each) => each?.pods ?? []);

const inOrder = (all: readonly ToldPod[]) =>
  [...all].sort((one, other) => (one.name < other.name ? -1 : 1)).map((pod) => ({ ...pod }));

const patiently = { timeout: 30_000, interval: 10 };

/** How long each break lasts once it is known. */
const breakMs = 1000;

/** The kinds that are watched, as they are in addresses. */
const kinds = ["pods", "deployments", "endpointslices"] as const;

/** A gateway on a cluster that is about to break, and demo, who watches what of theirs runs. */
export async function watchDemo() {
  const sett = await startSett({ env: { KUBERNETES_WATCH: "1s", KUBERNETES_RETRY: "1s" } });
  const { kubernetes } = sett.sandbox;
  const { server, token, cluster } = kubernetes;
  const demo = sett.as("demo");
  const told: ToldStatus[] = [];
  const hear = async () => {
    for await (const { data, errors } of demo.subscribeText(
      `subscription { projectStatus(producer: "demo") ${status} }`,
    )) {
      expect(errors).toEqual([]);
      told.push(data?.["projectStatus"] as ToldStatus);
    }
  };
  void hear();

  const until = (condition: () => boolean, what: string) =>
    vi.waitFor(() => {
      if (!condition()) throw new Error(`waited for ${what}, but was told ${JSON.stringify(told.at(-1))}`);
    }, patiently);
  /** What runs of demo's, as the cluster itself knows it. */
  const truth = (): ToldPod[] =>
    inOrder(
      kubernetes.cluster
        .list(pods)
        .filter(({ metadata }) => metadata.labels?.["producer"] === "demo")
        .map(({ metadata, status: { phase, containerStatuses = [], conditions } }) => ({
          name: metadata.name,
          ready:
            metadata.deletionTimestamp === undefined &&
            (conditions ?? []).some(({ type, status: holds }) => type === "Ready" && holds === "True"),
          phase: phase.toUpperCase(),
          restarts: containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
        })),
    );
  /** What the graph answers to whoever asks now. */
  const answered = async () => {
    const { data } = await demo.askText(
      `{ project(producer: "demo") { status { staleSince } pods { name ready phase restarts } } }`,
    );
    const project = data?.["project"] as { status: { staleSince: string | null }; pods: ToldPod[] };
    return { staleSince: project.status.staleSince, pods: inOrder(project.pods) };
  };
  const untilRight = () =>
    vi.waitFor(async () => {
      const right = truth();
      expect(await answered()).toEqual({ staleSince: null, pods: right });
      expect(told.at(-1)?.staleSince).toBeNull();
      expect(inOrder(podsIn(told.at(-1) as ToldStatus))).toEqual(right);
    }, patiently);
  await untilRight();
  return {
    sett,
    server,
    token,
    cluster,
    told,
    until,
    untilRight,
    truth,
    nameOf: (start: string) => {
      const found = cluster.podsOf(start)[0]?.metadata.name;
      if (found === undefined) throw new Error(`no pod of ${start}`);
      return found;
    },
    isStale: () => told.at(-1)?.staleSince != null,
    accept: () => cluster.access.add(token, operator),
  };
}

export type Watching = Awaited<ReturnType<typeof watchDemo>>;

/** A way to break the cluster for a while. */
export interface Break {
  readonly make: (watching: Watching) => unknown;
  readonly heal: (watching: Watching) => unknown;
  /** Why what is known may be wrong, as people are told. */
  readonly reason?: string;
  /** How often the cluster may be asked for each kind while it lasts. */
  readonly requests?: number;
}

/** How often the cluster was asked for each kind, or broke off with nobody there to be asked. */
function attempts({ server, sett }: Watching, brokeBefore: number): readonly number[] {
  const asked = kinds.map(
    (kind) => server.requests.filter(({ path }) => new RegExp(`/${kind}\\?`).test(path)).length,
  );
  const broke = sett.log.entries.filter(({ msg }) => msg === "a watch broke").length - brokeBefore;
  return [...asked, Math.ceil(broke / kinds.length)];
}

/** Once a pod is gone, or it was said that nobody knows, it is never again told of as what is so. */
function expectNeverAgain(gone: string, told: readonly ToldStatus[]): void {
  const isShown = (each: ToldStatus) => podsIn(each).some(({ name }) => name === gone);
  const firstDoubt = told.findIndex((each) => each.staleSince !== null || !isShown(each));
  expect(firstDoubt).toBeGreaterThanOrEqual(0);
  const shownAsLive = told.slice(firstDoubt).filter(({ staleSince }) => staleSince === null);
  expect(shownAsLive.length).toBeGreaterThan(0);
  expect(shownAsLive.filter(isShown)).toEqual([]);
}

/** Breaks the cluster, changes what is there meanwhile, mends it, and holds what was told to what was so. */
export async function endure({ make, heal, reason, requests = 20 }: Break): Promise<void> {
  const watching = await watchDemo();
  const { cluster, server, sett, told, until, untilRight, nameOf, isStale } = watching;
  const gone = nameOf("workspace-demo-dev");
  const from = told.length;
  await make(watching);
  cluster.remove(pods, gone);
  cluster.crash(nameOf("sls-api-demo-dev"));

  await until(isStale, "staleSince");
  if (reason !== undefined) await until(() => told.at(-1)?.staleReason === reason, reason);
  const begunAtMs = performance.now();
  const brokeBefore = sett.log.entries.filter(({ msg }) => msg === "a watch broke").length;
  server.clearRequests();
  await until(() => performance.now() - begunAtMs >= breakMs, "the break's end");
  const lastedMs = performance.now() - begunAtMs;
  expect(isStale()).toBe(true);
  for (const count of attempts(watching, brokeBefore)) {
    expect(count).toBeLessThanOrEqual((requests * lastedMs) / breakMs);
  }

  await heal(watching);
  await untilRight();
  expectNeverAgain(gone, told.slice(from));
}

/** Does something to the cluster that is over in a moment; whoever is gone after it is not shown as there again. */
export async function upset(make: (watching: Watching) => string | Promise<string>): Promise<void> {
  const watching = await watchDemo();
  const { told, truth, untilRight } = watching;
  const gone = await make(watching);
  const from = told.length;
  expect(truth().map(({ name }) => name)).not.toContain(gone);
  await untilRight();
  expectNeverAgain(gone, told.slice(from));
}
