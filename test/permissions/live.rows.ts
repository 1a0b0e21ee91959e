import { readers, type Row } from "./matrix.outcomes.ts";

/** Who may watch what happens to demo's project. */
export const liveRows: readonly Row[] = [
  {
    field: "Subscription.projectChanged",
    query: "subscription ($producer: ProducerName!) { projectChanged(producer: $producer) { kind } }",
    outcomes: readers,
  },
];
