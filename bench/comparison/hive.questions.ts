import { longProducer, paths, shortProducer } from "./platform.paths.ts";
import type { Asking } from "./workloads.ts";

const workspaceOf = (number: number) => `${shortProducer(number)}-dev`;
const ownerOf = (number: number) => `customer-${shortProducer(number)}`;
const pages = paths.repositories.map((_, number) => `page${number + 1}`);

/** The questions as a schema that is made of the upstream's OpenAPI document has them. */
export const hiveQuestions = {
  repository: (number: number) => ({
    query: `query Repository($owner: String!, $name: String!) {
      repo(owner: $owner, repo: $name) {
        owner { login } name description private default_branch permissions { admin push pull }
      }
    }`,
    variables: { owner: ownerOf(number), name: "dev" },
    parts: ["repo"],
  }),
  workspace: (number: number) => ({
    query: `query Workspace($workspace: String!) {
      workspace(workspace: $workspace) { status output instance running ws_git }
    }`,
    variables: { workspace: workspaceOf(number) },
    parts: ["workspace"],
  }),
  list: (number: number) => ({
    query: `query Endpoints($workspace: String!) {
      project(workspace: $workspace, id: $workspace) {
        apiEndpoints { id name host paths methods scopes itemOrder }
      }
    }`,
    variables: { workspace: `${longProducer(number)}-dev` },
    parts: ["project"],
  }),
  canvas: (number: number) => ({
    query: `query Canvas($workspace: String!, $owner: String!, $filter: String) {
      project(workspace: $workspace, id: $workspace) {
        gateways apis portals serviceEndpoints connections states functions microServices
        apiEndpoints { id name host paths methods scopes itemOrder }
      }
      models(workspace: $workspace, filter: $filter) { name plural base properties { name type required } }
      modelConfigs(workspace: $workspace) { name dataSource public }
      dataSources(workspace: $workspace) { name connector host database }
      files(workspace: $workspace)
      functions(workspace: $workspace) { serverless }
      workspace(workspace: $workspace) { status output instance running ws_git }
      collaborators(owner: $owner, repo: "dev", page: 1, limit: 20) { login }
    }`,
    variables: {
      workspace: workspaceOf(number),
      owner: ownerOf(number),
      filter: JSON.stringify({ include: ["properties"] }),
    },
    parts: [
      "project",
      "models",
      "modelConfigs",
      "dataSources",
      "files",
      "functions",
      "workspace",
      "collaborators",
    ],
  }),
  dashboard: () => ({
    query: `query Dashboard {
      ${pages
        .map(
          (page, number) => `${page}: repositories(page: ${number + 1}, limit: 50) {
            owner { login } name permissions { admin push pull }
          }`,
        )
        .join("\n")}
      pods(labelSelector: "app=workspace") {
        items {
          metadata { name labels { producer } }
          status { phase conditions { type status } containerStatuses { restartCount } }
        }
      }
    }`,
    parts: [...pages, "pods"],
  }),
  mutation: (number: number) => ({
    query: `mutation Save($owner: String!, $input: FileToWrite_Input!) {
      saveRepoFile(owner: $owner, repo: "dev", filepath: "notes.md", input: $input) {
        commit { sha } content { path sha }
      }
    }`,
    variables: {
      owner: ownerOf(number),
      input: { content: Buffer.from("A note.\n").toString("base64"), message: "Save notes.md" },
    },
    parts: ["saveRepoFile"],
  }),
} satisfies Record<string, (number: number) => Asking["hive"]>;
