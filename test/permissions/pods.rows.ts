import { pods } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import type { Sett } from "../support/sett.ts";
import {
  functionsReaders,
  functionsWriters,
  onProject,
  project,
  readers,
  writers,
  type Row,
} from "./matrix.outcomes.ts";

type Kind = "WORKSPACE" | "FUNCTION";

/** Pods of functions are theirs who read functions. */
const outcomes: Record<Kind, Row["outcomes"]> = { WORKSPACE: readers, FUNCTION: functionsReaders };

const writing: typeof outcomes = { WORKSPACE: writers, FUNCTION: functionsWriters };

/** How the names of pods of a kind begin. */
const starts: Record<Kind, string> = { WORKSPACE: "workspace-demo-dev", FUNCTION: "fn-demo-dev-hello" };

const idOf = (...parts: string[]) => Buffer.from(["Pod", ...parts].join(":")).toString("base64url");

/** A pod of demo's that runs from the start. */
const find =
  (kind: Kind) =>
  async ({ sandbox }: Sett): Promise<Readonly<Record<string, string>>> => {
    const name = sandbox.kubernetes.cluster
      .list(pods)
      .find(({ metadata }) => metadata.name.startsWith(starts[kind]))?.metadata.name;
    if (name === undefined) throw new Error(`no pod of kind ${kind}`);
    return { podId: idOf("demo", "dev", kind, name), podName: name };
  };

/** What is asked of a pod, for both kinds. */
const ofBoth = (field: string, query: string, who = outcomes): readonly Row[] =>
  (["WORKSPACE", "FUNCTION"] as const).map((kind) => ({
    field,
    title: `${field} of a pod of kind ${kind}`,
    query,
    outcomes: who[kind],
    prepare: find(kind),
    absent: { podId: idOf("nosuch", "dev", kind, "nosuch"), podName: "nosuch" },
  }));

const pod = (selection: string) => `query ($podId: ID!) { pod(id: $podId) { ${selection} } }`;

/** Who may see what runs of demo's. */
export const podRows: readonly Row[] = [
  { field: "Project.status", query: project("status { workspace { running } }"), outcomes: readers },
  {
    field: "Gateway.status",
    query: project("gateways { status { running } }"),
    outcomes: readers,
  },
  {
    field: "Function.status",
    query: project('function(name: "hello") { status { running } }'),
    outcomes: functionsReaders,
  },
  { field: "Project.pods", query: project("pods { name }"), outcomes: readers },
  ...ofBoth(
    "Project.pod",
    `query ($producer: ProducerName!, $podName: PodName!) { project(producer: $producer) { pod(name: $podName) { name } } }`,
  ),
  ...ofBoth("Query.pod", pod("name")),
  ...ofBoth("Pod.project", pod("project { env }")),
  ...ofBoth("Pod.viewerCan", pod('viewerCan(permission: "pod:read")')),
  ...ofBoth("Pod.logs", pod("logs { container }")),
  ...ofBoth("Pod.events", pod("events { reason }")),
  ...ofBoth("Subscription.podLogs", "subscription ($podId: ID!) { podLogs(id: $podId) { missed } }"),
  ...ofBoth(
    "Mutation.restartPod",
    "mutation ($podId: ID!) { restartPod(input: { pod: $podId }) { pod { id } } }",
    writing,
  ),
  {
    field: "Mutation.restartGateway",
    query: onProject("restartGateway", 'name: "gateway"'),
    outcomes: writers,
  },
  {
    field: "Mutation.restartFunction",
    query: onProject("restartFunction", 'name: "hello"', "name"),
    outcomes: functionsWriters,
  },
  ...ofBoth("Query.node", "query ($podId: ID!) { node(id: $podId) { id } }"),
  {
    field: "Subscription.projectStatus",
    query:
      "subscription ($producer: ProducerName!) { projectStatus(producer: $producer) { workspace { running } } }",
    outcomes: readers,
  },
  {
    field: "Subscription.podChanged",
    query: "subscription ($producer: ProducerName!) { podChanged(producer: $producer) { kind } }",
    outcomes: readers,
  },
];
