import type { ExampleSource } from "./example.ts";

export const project: ExampleSource = {
  noun: "Project",
  examples: ({ producer, env, gateway }) => [
    {
      title: "The saved canvas",
      by: "reader",
      variables: { producer, env },
      query: `query Canvas($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    revision
    enabled
    gateways {
      id
      name
      pipelines {
        name
        policies {
          name
        }
      }
    }
    serviceEndpoints {
      name
      urls
    }
    apiEndpoints {
      name
      paths
    }
    connections {
      fromId
      toId
    }
  }
}`,
    },
    {
      title: "Save the canvas: give a gateway another place",
      by: "writer",
      variables: { input: { project: { producer, env }, gateway: { id: gateway, itemOrder: 1 } } },
      query: `mutation MoveGateway($input: SaveGatewayInput!) {
  saveGateway(input: $input) {
    outcome
    revision
    gateway {
      name
      itemOrder
    }
  }
}`,
    },
    {
      title: "What the workspace is doing",
      by: "reader",
      variables: { producer, env },
      query: `query Workspace($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    workspace {
      status
      running
      output
    }
  }
}`,
    },
  ],
};

export const models: ExampleSource = {
  noun: "Models",
  examples: ({ producer, env, dataSource }) => [
    {
      title: "A project's models, and where they are kept",
      by: "reader",
      variables: { producer, env },
      query: `query Models($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    models {
      name
      base
      revision
      properties {
        name
        type
        required
      }
      relations {
        name
        type
        model
      }
      dataSource {
        name
        connector
      }
    }
  }
}`,
    },
    {
      title: "Make or change a model",
      by: "writer",
      variables: {
        input: {
          project: { producer, env },
          name: "Boat",
          properties: [{ name: "length", type: "number", required: true }],
          config: { dataSource },
        },
      },
      query: `mutation ChangeModel($input: SaveModelInput!) {
  saveModel(input: $input) {
    outcome
    steps {
      title
      outcome
    }
    model {
      name
      base
      revision
    }
  }
}`,
    },
  ],
};

export const dataSources: ExampleSource = {
  noun: "Data sources",
  examples: ({ producer, env, dataSource }) => [
    {
      title: "Where models are kept; secrets are named, not shown",
      by: "reader",
      variables: { producer, env },
      query: `query DataSources($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    dataSources {
      name
      connector
      host
      database
      secrets
      revision
    }
  }
}`,
    },
    {
      title: "Try whether one can be connected to",
      by: "writer",
      variables: { input: { project: { producer, env }, name: dataSource } },
      query: `mutation TryDataSource($input: TestDataSourceInput!) {
  testDataSource(input: $input) {
    connects
    message
  }
}`,
    },
    {
      title: "Make or change one",
      by: "writer",
      variables: { input: { project: { producer, env }, name: "attic", connector: "memory" } },
      query: `mutation ChangeDataSource($input: SaveDataSourceInput!) {
  saveDataSource(input: $input) {
    outcome
    dataSource {
      name
      connector
      revision
    }
  }
}`,
    },
  ],
};
