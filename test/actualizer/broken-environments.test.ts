import { expect, test, vi } from "vitest";
import { deployments } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { CreateEnvironmentDocument } from "../generated/operations.ts";
import { startSett, type Sett } from "../support/sett.ts";

const until = { timeout: 30_000, interval: 30 };

const push = ({ sandbox }: Sett, name: string, files: Readonly<Record<string, string>>) =>
  sandbox.gitea.platform.push("customer-demo", name, { commits: [{ message: "By hand", files }] });

/** What runs of demo's environment. */
const runningIn = ({ sandbox }: Sett, env: string) =>
  sandbox.kubernetes.cluster
    .list(deployments)
    .filter(({ metadata: { labels } }) => labels?.["producer"] === "demo" && labels["env"] === env)
    .map(({ metadata }) => metadata.name);

const runs = (sett: Sett, env: string) =>
  vi.waitFor(() => expect(runningIn(sett, env)).toContain(`workspace-demo-${env}`), until);

/** The variables that demo's workspaces are told, by their names. */
function toldIn({ sandbox }: Sett): Readonly<Record<string, unknown>> {
  const { cluster } = sandbox.kubernetes;
  const kind = cluster.resources.all().find((each) => each.kind === "Workspace");
  const specs = kind ? cluster.list(kind).map((each) => (each as unknown as { spec: Spec }).spec) : [];
  const demos = specs.filter(({ producer }) => producer === "demo");
  return Object.fromEntries(demos.map(({ env, variables = {} }) => [env, variables]));
}

interface Spec {
  readonly producer: string;
  readonly env: string;
  readonly variables?: Readonly<Record<string, string>>;
}

const setHello = (sett: Sett) =>
  sett
    .as("demo")
    .askText(
      'mutation { setVariables(input: { project: { producer: "demo" }, set: [{ name: "HELLO", value: "x" }] }) { project { env } } }',
    );

test("a project is taken down when that is said, although its options make no sense", async () => {
  const sett = await startSett({ actualizer: true });
  await runs(sett, "dev");
  push(sett, "dev", { "sett.json": "{" });

  const { errors } = await sett
    .as("admin")
    .askText(
      'mutation { setProducerEnabled(input: { project: { producer: "demo" }, enabled: false }) { project { enabled } } }',
    );

  expect(errors).toEqual([]);
  await vi.waitFor(() => expect(runningIn(sett, "dev")).toEqual([]), until);
});

test("an environment that nobody can read, and one that somebody marked by hand, keep no other from being run", async () => {
  const sett = await startSett({ actualizer: true });
  const { platform } = sett.sandbox.gitea;
  await sett.as("demo").ask(CreateEnvironmentDocument, { input: { producer: "demo", env: "staging" } });
  await runs(sett, "staging");
  push(sett, "staging", { "sett.json": "[".repeat(100_000) });
  platform.addRepository("customer-demo", "foo", { description: "LunchBadger environment" });
  platform.addRepository("customer-demo", "functions-foo", {
    description: "LunchBadger environment (functions)",
  });

  expect((await setHello(sett)).errors).toEqual([]);

  await vi.waitFor(() => expect(toldIn(sett)).toEqual({ dev: { HELLO: "x" }, staging: {} }), until);
  expect(runningIn(sett, "foo")).toEqual([]);
  expect(runningIn(sett, "staging")).toContain("workspace-demo-staging");
});
