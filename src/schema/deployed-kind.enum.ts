import { registerEnumType } from "type-graphql";

/** What the actualizer makes run. */
export enum DeployedKind {
  WORKSPACE = "WORKSPACE",
  GATEWAY = "GATEWAY",
  FUNCTION = "FUNCTION",
}

registerEnumType(DeployedKind, {
  name: "DeployedKind",
  description: "What the actualizer makes run.",
  valuesConfig: {
    WORKSPACE: { description: "What keeps and runs a project, and what keeps its functions." },
    GATEWAY: { description: "A gateway of a project." },
    FUNCTION: { description: "A function of a project." },
  },
});
