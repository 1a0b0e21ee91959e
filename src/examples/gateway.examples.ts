import type { ExampleSource } from "./example.ts";

export const gateways: ExampleSource = {
  noun: "Gateways",
  examples: ({ producer, env, gateway }) => [
    {
      title: "What runs of the gateways, and what is not as it is saved",
      by: "reader",
      variables: { producer, env },
      query: `query Gateways($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    gateways {
      id
      name
      status {
        ready
        reason
      }
      live {
        pipelines {
          name
          apiEndpoints
        }
        difference {
          action
          title
        }
      }
    }
  }
}`,
    },
    {
      title: "What applying a gateway would change",
      by: "writer",
      variables: { input: { project: { producer, env }, gateway, dryRun: true } },
      query: `mutation TryApplying($input: ApplyGatewayInput!) {
  applyGateway(input: $input) {
    difference {
      action
      title
    }
  }
}`,
    },
    {
      title: "Make a gateway run as it is saved",
      by: "writer",
      variables: { input: { project: { producer, env }, gateway } },
      query: `mutation Apply($input: ApplyGatewayInput!) {
  applyGateway(input: $input) {
    steps {
      title
      outcome
    }
  }
}`,
    },
  ],
};

export const consumers: ExampleSource = {
  noun: "Consumers",
  examples: ({ producer, env, gateway }) => [
    {
      title: "Who may call a project's gateways",
      by: "reader",
      variables: { producer, env },
      query: `query Consumers($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    gateways {
      name
      consumers {
        scopes
        users {
          nodes {
            username
            isActive
          }
        }
        apps {
          nodes {
            name
            isActive
          }
        }
      }
    }
  }
}`,
    },
    {
      title: "Add a scope that credentials can give the use of",
      by: "writer",
      variables: { input: { project: { producer, env }, gateway, scope: "boats:read" } },
      query: `mutation AddScope($input: ConsumerScopeInput!) {
  addConsumerScope(input: $input) {
    consumers {
      scopes
    }
  }
}`,
    },
  ],
};
