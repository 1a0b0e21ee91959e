import type { ExampleSource } from "./example.ts";

export const viewer: ExampleSource = {
  noun: "Viewer",
  examples: () => [
    {
      title: "You, and the projects you can reach",
      by: "owner",
      query: `query Me {
  viewer {
    login
    fullName
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
}`,
    },
    {
      title: "People to share with, by a part of their name",
      by: "owner",
      variables: { search: "customer" },
      query: `query FindPeople($search: SearchText!) {
  users(search: $search, first: 10) {
    totalCount
    nodes {
      login
      fullName
    }
  }
}`,
    },
  ],
};

export const permissions: ExampleSource = {
  noun: "Permissions",
  examples: ({ producer, owner, env }) => [
    {
      title: "What you may do with a project",
      by: "reader",
      variables: { producer, env },
      query: `query WhatIMayDo($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    viewerPermission
    viewerFunctionsPermission
    mayRead: viewerCan(permission: "project:read")
    mayWrite: viewerCan(permission: "project:write")
    mayShare: viewerCan(permission: "project:admin")
  }
}`,
    },
    {
      title: "Who may read but not write is refused",
      by: "reader",
      refused: "FORBIDDEN",
      variables: {
        input: { repo: { owner, name: env }, path: "notes.md", content: "I may read this, not change it." },
      },
      query: `mutation Refused($input: SaveRepoFileInput!) {
  saveRepoFile(input: $input) {
    commitSha
  }
}`,
    },
    {
      title: "What one may not read is not there",
      by: "stranger",
      refused: "NOT_FOUND",
      variables: { producer, env },
      query: `query NotThere($producer: ProducerName!, $env: EnvironmentName!) {
  project(producer: $producer, env: $env) {
    revision
  }
}`,
    },
  ],
};

export const sharing: ExampleSource = {
  noun: "Sharing",
  examples: ({ producer, owner, env, guest }) => [
    {
      title: "Who was let in",
      by: "owner",
      variables: { owner, name: env },
      query: `query WhoMay($owner: Login!, $name: RepositoryName!) {
  repo(owner: $owner, name: $name) {
    collaborators {
      nodes {
        level
        user {
          login
        }
      }
    }
  }
}`,
    },
    {
      title: "What was done to a project, by whom, and who was refused",
      by: "owner",
      variables: { project: { producer, env } },
      query: `query WhatHappened($project: ProjectRef!) {
  auditTrail(project: $project, first: 10) {
    entries {
      at
      login
      field
      named {
        argument
        value
      }
      outcome
      code
    }
  }
}`,
    },
    {
      title: "Let somebody read a project and its functions",
      by: "owner",
      variables: { input: { project: { producer, env }, login: guest, level: "READ" } },
      query: `mutation Share($input: ShareProjectInput!) {
  shareProject(input: $input) {
    project {
      producer
      env
    }
  }
}`,
    },
    {
      title: "Take that away again",
      by: "owner",
      variables: { input: { project: { producer, env }, login: guest } },
      query: `mutation Unshare($input: UnshareProjectInput!) {
  unshareProject(input: $input) {
    project {
      producer
      env
    }
  }
}`,
    },
  ],
};
