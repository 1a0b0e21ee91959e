import { registerEnumType } from "type-graphql";

/** What of the platform a pod is. */
export enum PodKind {
  WORKSPACE = "WORKSPACE",
  SLS_API = "SLS_API",
  GATEWAY = "GATEWAY",
  FUNCTION = "FUNCTION",
}

registerEnumType(PodKind, {
  name: "PodKind",
  description: "What of the platform a pod is.",
  valuesConfig: {
    WORKSPACE: { description: "It keeps and runs a project." },
    SLS_API: { description: "It keeps and deploys a producer's functions." },
    GATEWAY: { description: "It is a gateway." },
    FUNCTION: { description: "It is a function." },
  },
});

/** How far a pod has come. */
export enum PodPhase {
  PENDING = "PENDING",
  RUNNING = "RUNNING",
  SUCCEEDED = "SUCCEEDED",
  FAILED = "FAILED",
  UNKNOWN = "UNKNOWN",
}

registerEnumType(PodPhase, {
  name: "PodPhase",
  description: "How far a pod has come, in the cluster's terms.",
  valuesConfig: {
    PENDING: { description: "It waits for a place to run, for its image or for its containers." },
    RUNNING: { description: "Its containers were started; they may have crashed since." },
    SUCCEEDED: { description: "All its containers have ended well." },
    FAILED: { description: "It has ended, and not well." },
    UNKNOWN: { description: "Where it runs does not answer." },
  },
});

/** What a container is doing. */
export enum ContainerState {
  WAITING = "WAITING",
  RUNNING = "RUNNING",
  TERMINATED = "TERMINATED",
}

registerEnumType(ContainerState, {
  name: "ContainerState",
  description: "What a container is doing.",
  valuesConfig: {
    WAITING: { description: "It waits to be started, maybe again." },
    RUNNING: { description: "It runs." },
    TERMINATED: { description: "It has ended." },
  },
});
