import type { ExampleSource } from "./example.ts";

export const producers: ExampleSource = {
  noun: "Producer",
  examples: ({ producer }) => [
    {
      title: "A producer with projects in all environments",
      by: "owner",
      variables: { name: producer },
      query: `query OneProducer($name: ProducerName!) {
  producer(name: $name) {
    login
    environments
    projects {
      env
      viewerPermission
    }
    sshKeys {
      title
      fingerprint
    }
  }
}`,
    },
    {
      title: "All producers you can see",
      by: "admin",
      query: `query Producers {
  producers(first: 20) {
    totalCount
    nodes {
      name
      login
    }
  }
}`,
    },
  ],
};

export const environments: ExampleSource = {
  noun: "Environments",
  examples: ({ producer, env, newEnv }) => [
    {
      title: "What the workspace of an environment is told",
      by: "owner",
      variables: { producer, env },
      query: `query Options($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    name
    options {
      autoGateway
      variables {
        name
        value
      }
    }
  }
}`,
    },
    {
      title: "Tell it something else",
      by: "writer",
      variables: {
        input: { project: { producer, env }, set: [{ name: "GREETING", value: "Good morning" }] },
      },
      query: `mutation Tell($input: SetVariablesInput!) {
  setVariables(input: $input) {
    project {
      options {
        variables {
          name
          value
        }
      }
    }
  }
}`,
    },
    {
      title: "Make another environment out of this one",
      by: "owner",
      variables: { input: { producer, env: newEnv, from: env } },
      query: `mutation AnotherEnvironment($input: CreateEnvironmentInput!) {
  createEnvironment(input: $input) {
    createdRepos
    project {
      env
    }
    promoted {
      commit
      changedCount
    }
  }
}`,
    },
  ],
};

export const platform: ExampleSource = {
  noun: "Platform",
  examples: () => [
    {
      title: "How the platform does",
      by: "admin",
      query: `query Platform {
  platform {
    producersByState {
      total
      ready
      starting
      failing
      stopped
      paused
    }
    errors(first: 5) {
      totalCount
      nodes {
        producer
        env
        kind
        name
        message
      }
    }
  }
}`,
    },
  ],
};
