import type { Sett } from "../support/sett.ts";
import {
  adminsOnly,
  functionsReaders,
  onProject,
  project,
  readers,
  writers,
  type Row,
} from "./matrix.outcomes.ts";

const platform = (selection: string) => `{ platform { ${selection} } }`;

const idOf = (kind: string, object: string, producer = "demo") =>
  Buffer.from(`ProjectDeployment:${producer}:dev:${kind}:${object}`).toString("base64url");

/** Whoever may read functions is told of them; zu, who reads the project alone, of nothing that there are any. */
const functionsTold: Pick<Row, "says" | "hides"> = {
  says: {
    demo: /FUNCTION.*hello/,
    al: /FUNCTION.*hello/,
    admin: /FUNCTION.*hello/,
    zu: /WORKSPACE.*GATEWAY/,
  },
  hides: { zu: /FUNCTION|hello|convert|sls/ },
};

/** zu may change the project besides, and still does not see its functions. */
const letZuWrite = async ({ sandbox: { gitea } }: Sett) => {
  gitea.platform.setCollaborator("customer-demo", "dev", "customer-zu", "write");
  return {};
};

/** Who may see and hurry what is to run of demo's, and how the whole platform does. */
export const deploymentRows: readonly Row[] = [
  {
    field: "Project.deployments",
    query: project("deployments { resources { kind name summary observed { hosts images } } staleReason }"),
    outcomes: readers,
    ...functionsTold,
  },
  {
    field: "Subscription.projectDeployments",
    query:
      "subscription ($producer: ProducerName!) { projectDeployments(producer: $producer) { resources { kind name } } }",
    outcomes: readers,
  },
  {
    field: "Query.node",
    title: "Query.node by the id of a deployment",
    query: "query ($deploymentId: ID!) { node(id: $deploymentId) { id } }",
    outcomes: readers,
    prepare: () => Promise.resolve({ deploymentId: idOf("WORKSPACE", "demo-dev") }),
    absent: { deploymentId: idOf("WORKSPACE", "nosuch-dev", "nosuch") },
  },
  {
    field: "Query.node",
    title: "Query.node by the id of a function's deployment",
    query: "query ($deploymentId: ID!) { node(id: $deploymentId) { id ... on ProjectDeployment { name } } }",
    outcomes: functionsReaders,
    prepare: () => Promise.resolve({ deploymentId: idOf("FUNCTION", "demo-dev-hello") }),
    absent: { deploymentId: idOf("FUNCTION", "nosuch-dev-hello", "nosuch") },
  },
  {
    field: "Mutation.reconcile",
    query: onProject("reconcile", "", "deployments { kind name }"),
    outcomes: { ...writers, zu: "yes" },
    prepare: letZuWrite,
    ...functionsTold,
  },
  {
    field: "Mutation.reconcile",
    title: "Mutation.reconcile by who may write the project or only read it",
    query: onProject("reconcile", ", kind: GATEWAY", "deployments { name }"),
    outcomes: writers,
  },
  {
    field: "Mutation.reconcile",
    title: "Mutation.reconcile of functions",
    query: onProject("reconcile", ", kind: FUNCTION", "deployments { kind name }"),
    outcomes: { ...writers, zu: "NOT_FOUND" },
    prepare: letZuWrite,
  },
  {
    field: "Mutation.setProducerPaused",
    query:
      "mutation ($producer: ProducerName!) { setProducerPaused(input: { producer: $producer, paused: true }) { isPaused } }",
    outcomes: adminsOnly,
  },
  { field: "Query.platform", query: platform("__typename"), outcomes: adminsOnly },
  { field: "Platform.actualizer", query: platform("actualizer { leader }"), outcomes: adminsOnly },
  { field: "Platform.producersByState", query: platform("producersByState { total }"), outcomes: adminsOnly },
  { field: "Platform.errors", query: platform("errors { totalCount }"), outcomes: adminsOnly },
];
