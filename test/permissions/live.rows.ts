import { project, readers, type Row } from "./matrix.outcomes.ts";

/** Who may watch what happens to demo's project. */
export const liveRows: readonly Row[] = [
  {
    field: "Subscription.projectChanged",
    query: "subscription ($producer: ProducerName!) { projectChanged(producer: $producer) { kind } }",
    outcomes: readers,
  },
  {
    field: "Subscription.presence",
    query: "subscription ($producer: ProducerName!) { presence(producer: $producer) { people { login } } }",
    outcomes: readers,
  },
  { field: "Project.presence", query: project("presence { login }"), outcomes: readers },
  {
    field: "Subscription.workspaceStatus",
    query: "subscription ($producer: ProducerName!) { workspaceStatus(producer: $producer) { staleSince } }",
    outcomes: readers,
  },
];
