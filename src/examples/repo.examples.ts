import type { ExampleSource } from "./example.ts";

export const repo: ExampleSource = {
  noun: "Repo",
  examples: ({ owner, env }) => [
    {
      title: "A repository with its newest commits and a file",
      by: "writer",
      variables: { owner, name: env },
      query: `query Repository($owner: Login!, $name: RepositoryName!) {
  repo(owner: $owner, name: $name) {
    description
    cloneUrl
    viewerPermission
    branches {
      nodes {
        name
      }
    }
    commits(first: 5) {
      nodes {
        message
        authorLogin
        authoredAt
      }
    }
    file(path: "README.md") {
      sha
      text
    }
  }
}`,
    },
    {
      title: "Write a new file; the second time it is a CONFLICT, as it is there by then",
      by: "writer",
      variables: {
        input: {
          repo: { owner, name: env },
          path: "notes.md",
          content: "# Notes\n",
          message: "Begin with notes",
        },
      },
      query: `mutation WriteFile($input: SaveRepoFileInput!) {
  saveRepoFile(input: $input) {
    commitSha
    file {
      path
      sha
    }
  }
}`,
    },
  ],
};

export const files: ExampleSource = {
  noun: "Files",
  examples: ({ producer, env }) => [
    {
      title: "The files of a running project",
      by: "reader",
      variables: { producer, env, path: "common/models" },
      query: `query Files($producer: ProducerName!, $env: EnvironmentName!, $path: FilePath) {
  project(producer: $producer, env: $env) {
    files(path: $path) {
      path
      size
      revision
    }
  }
}`,
    },
    {
      title: "Save a file of it",
      by: "writer",
      variables: {
        input: {
          project: { producer, env },
          files: [{ path: "common/greeting.txt", text: "Good morning\n" }],
        },
      },
      query: `mutation WriteFiles($input: SaveFilesInput!) {
  saveFiles(input: $input) {
    files {
      path
      revision
    }
  }
}`,
    },
  ],
};
