import { adminsOnly, onProject, project, readers, writers, type Row } from "./matrix.outcomes.ts";

const platform = (selection: string) => `{ platform { ${selection} } }`;

const idOf = (producer: string) =>
  Buffer.from(`ProjectDeployment:${producer}:dev:WORKSPACE:${producer}-dev`).toString("base64url");

/** Who may see and hurry what is to run of demo's, and how the whole platform does. */
export const deploymentRows: readonly Row[] = [
  { field: "Project.deployments", query: project("deployments { staleReason }"), outcomes: readers },
  {
    field: "Subscription.projectDeployments",
    query:
      "subscription ($producer: ProducerName!) { projectDeployments(producer: $producer) { staleReason } }",
    outcomes: readers,
  },
  {
    field: "Query.node",
    title: "Query.node by the id of a deployment",
    query: "query ($deploymentId: ID!) { node(id: $deploymentId) { id } }",
    outcomes: readers,
    prepare: () => Promise.resolve({ deploymentId: idOf("demo") }),
    absent: { deploymentId: idOf("nosuch") },
  },
  { field: "Mutation.reconcile", query: onProject("reconcile", ""), outcomes: writers },
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
