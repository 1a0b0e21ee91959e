const viewer = `query Viewer {
  viewer {
    login
    isAdmin
    projects {
      totalCount
      nodes {
        producer
        env
        viewerPermission
      }
    }
  }
}`;

const repository = `query Repository($owner: Login!, $name: RepositoryName!) {
  repo(owner: $owner, name: $name) {
    description
    cloneUrl
    viewerPermission
    viewerCan(permission: "repo:write")
    commits(first: 5) {
      nodes {
        message
        authorLogin
        authoredAt
      }
    }
    file(path: "lunchbadger.json") {
      sha
      text
    }
  }
}`;

const refusal = `mutation Refused {
  saveRepoFile(
    input: {
      repo: { owner: "customer-demo", name: "dev" }
      path: "notes.md"
      content: "I may read this repository, not change it."
    }
  ) {
    commitSha
  }
}`;

const canvas = `query Canvas($producer: ProducerName!) {
  project(producer: $producer) {
    revision
    gateways {
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
    models {
      name
      properties {
        name
        type
      }
      dataSource {
        name
        connector
        secrets
      }
    }
    workspace {
      status
    }
  }
}`;

const model = `mutation SaveModel($input: SaveModelInput!) {
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
}`;

const share = `mutation Share($input: ShareProjectInput!) {
  shareProject(input: $input) {
    project {
      producer
      env
    }
  }
}`;

/** What the explorer opens with on the sandbox: each as somebody who shows what it is about. */
export const examples = [
  { title: "You and your projects, as demo", query: viewer, headers: as("demo-token") },
  {
    title: "A repository that demo lets al write to",
    query: repository,
    variables: { owner: "customer-demo", name: "dev" },
    headers: as("al-token"),
  },
  { title: "zu may only read: this is refused", query: refusal, headers: as("zu-token") },
  {
    title: "zu looks at demo's canvas",
    query: canvas,
    variables: { producer: "demo" },
    headers: as("zu-token"),
  },
  {
    title: "al adds a model to it",
    query: model,
    variables: {
      input: {
        project: { producer: "demo" },
        name: "Boat",
        properties: [{ name: "length", type: "number", required: true }],
        config: { dataSource: "garage" },
      },
    },
    headers: as("al-token"),
  },
  {
    title: "demo lets eve into her project",
    query: share,
    variables: { input: { project: { producer: "demo", env: "dev" }, login: "customer-eve", level: "READ" } },
    headers: as("demo-token"),
  },
];

function as(token: string): Record<string, string> {
  return { Authorization: `token ${token}` };
}
