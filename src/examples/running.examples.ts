import type { ExampleSource } from "./example.ts";

export const functions: ExampleSource = {
  noun: "Functions",
  examples: ({ producer, env, functionName }) => [
    {
      title: "A project's functions, with their files",
      by: "writer",
      variables: { producer, env },
      query: `query Functions($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    functions {
      name
      runtime
      handler
      revision
      files {
        path
        text
      }
      status {
        ready
        reason
      }
    }
  }
}`,
    },
    {
      title: "What functions can be written for",
      by: "owner",
      query: `query Runtimes {
  runtimes {
    id
    name
    version
  }
}`,
    },
    {
      title: "Save a function",
      by: "writer",
      variables: { input: { project: { producer, env }, name: functionName, labels: { team: "greeters" } } },
      query: `mutation ChangeFunction($input: SaveFunctionInput!) {
  saveFunction(input: $input) {
    outcome
    function {
      name
      labels
      revision
    }
  }
}`,
    },
  ],
};

export const pods: ExampleSource = {
  noun: "Pods and status",
  examples: ({ producer, env, gateway }) => [
    {
      title: "How all that a project has does",
      by: "reader",
      variables: { producer, env },
      query: `query Status($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    status {
      workspace {
        ready
        reason
        restarts
      }
      gateways {
        name
        ready
        restarts
      }
      functions {
        name
        ready
      }
      staleSince
    }
  }
}`,
    },
    {
      title: "The pods, and what they wrote last",
      by: "writer",
      variables: { producer, env },
      query: `query Pods($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    pods {
      id
      name
      kind
      phase
      ready
      logs(tailLines: 5) {
        lines {
          time
          text
        }
      }
    }
  }
}`,
    },
    {
      title: "Restart a gateway",
      by: "writer",
      variables: { input: { project: { producer, env }, id: gateway } },
      query: `mutation Restart($input: RestartGatewayInput!) {
  restartGateway(input: $input) {
    restartedAt
  }
}`,
    },
  ],
};

export const deployments: ExampleSource = {
  noun: "Deployments",
  examples: ({ producer, env, functionName }) => [
    {
      title: "What is to run, and how far that is",
      by: "reader",
      variables: { producer, env },
      query: `query Deployments($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    deployments {
      resources {
        kind
        name
        summary
        observed {
          podsWanted
          podsReady
          hosts
        }
      }
    }
  }
}`,
    },
    {
      title: "Deploy a function as it is saved",
      by: "writer",
      variables: { input: { project: { producer, env }, name: functionName } },
      query: `mutation Deploy($input: FunctionInput!) {
  deployFunction(input: $input) {
    deployment {
      id
      state
      queuedAt
    }
  }
}`,
    },
  ],
};
