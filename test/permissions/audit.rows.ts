import { owners, type Row } from "./matrix.outcomes.ts";

/** Who may see what was done to demo's project. */
export const auditRows: readonly Row[] = [
  {
    field: "Query.auditTrail",
    query:
      "query ($producer: ProducerName!) { auditTrail(project: { producer: $producer }) { hasFunctions } }",
    outcomes: owners,
  },
];
