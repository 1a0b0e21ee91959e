import type { ExampleSource } from "./example.ts";

export const subscriptions: ExampleSource = {
  noun: "Subscriptions",
  examples: ({ producer, env }) => [
    {
      title: "How a project does, as it changes",
      by: "reader",
      variables: { producer, env },
      query: `subscription FollowStatus($producer: ProducerName!, $env: EnvironmentName!) {
  projectStatus(producer: $producer, env: $env) {
    workspace {
      ready
      reason
    }
    gateways {
      name
      ready
      deploying
      restarts
    }
  }
}`,
    },
    {
      title: "Who else is here",
      by: "writer",
      variables: { producer, env },
      query: `subscription WhoIsHere($producer: ProducerName!, $env: EnvironmentName!) {
  presence(producer: $producer, env: $env) {
    people {
      login
      since
    }
  }
}`,
    },
    {
      title: "What becomes of what is to run",
      by: "writer",
      variables: { producer, env },
      query: `subscription FollowDeployments($producer: ProducerName!, $env: EnvironmentName!) {
  projectDeployments(producer: $producer, env: $env) {
    resources {
      kind
      name
      summary
    }
  }
}`,
    },
    {
      title: "What the workspace is doing",
      by: "reader",
      variables: { producer, env },
      query: `subscription FollowWorkspace($producer: ProducerName!, $env: EnvironmentName!) {
  workspaceStatus(producer: $producer, env: $env) {
    workspace {
      status
      output
    }
    staleSince
  }
}`,
    },
    {
      title: "What anybody changes, from now on: save a model in another tab",
      by: "reader",
      variables: { producer, env },
      query: `subscription FollowChanges($producer: ProducerName!, $env: EnvironmentName!) {
  projectChanged(producer: $producer, env: $env) {
    by
    kind
    entities
    revision
  }
}`,
    },
    {
      title: "What becomes of the pods, from now on: restart a gateway in another tab",
      by: "reader",
      variables: { producer, env },
      query: `subscription FollowPods($producer: ProducerName!, $env: EnvironmentName!) {
  podChanged(producer: $producer, env: $env) {
    kind
    pod {
      name
      phase
      ready
    }
  }
}`,
    },
  ],
};
