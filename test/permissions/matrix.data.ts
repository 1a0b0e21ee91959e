import { auditRows } from "./audit.rows.ts";
import { canvasRows } from "./canvas.rows.ts";
import { dataSourceRows } from "./data-sources.rows.ts";
import { environmentRows } from "./environments.rows.ts";
import { deploymentRows } from "./deployments.rows.ts";
import { functionRows } from "./functions.rows.ts";
import { liveRows } from "./live.rows.ts";
import { gatewayRows } from "./gateways.rows.ts";
import {
  adminsOnly,
  functionsReaders,
  oneself,
  onProducer,
  onProject,
  onRepo,
  owners,
  producer,
  project,
  readers,
  repo,
  signedIn,
  writers,
  type Row,
} from "./matrix.outcomes.ts";
import { modelRows } from "./models.rows.ts";
import { optionRows } from "./options.rows.ts";
import { podRows } from "./pods.rows.ts";
import { workspaceRows } from "./workspace.rows.ts";

const publicKey = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEmgzIs5Gdi9laRPuHnI4uBSSXH9saG1jKIFLOAI7p04 laptop";

export const rows: readonly Row[] = [
  ...canvasRows,
  ...modelRows,
  ...dataSourceRows,
  ...workspaceRows,
  ...auditRows,
  ...liveRows,
  ...podRows,
  ...deploymentRows,
  ...functionRows,
  ...environmentRows,
  ...gatewayRows,
  ...optionRows,
  { field: "Query.viewer", query: "{ viewer { login } }", outcomes: signedIn },
  { field: "Viewer.producer", query: "{ viewer { producer { name } } }", outcomes: signedIn },
  { field: "Viewer.projects", query: "{ viewer { projects { totalCount } } }", outcomes: signedIn },
  { field: "Viewer.viewerCan", query: '{ viewer { viewerCan(permission: "viewer") } }', outcomes: signedIn },
  { field: "Query.producers", query: "{ producers { totalCount } }", outcomes: signedIn },
  { field: "Query.users", query: '{ users(search: "customer") { totalCount } }', outcomes: signedIn },
  {
    field: "Query.loadSharedProjects",
    query: "query ($producer: String!) { loadSharedProjects(username: $producer) { username } }",
    outcomes: oneself,
  },
  ...["projectId", "producerId", "repoId"].map((id) => ({
    field: "Query.node",
    title: `Query.node by ${id}`,
    query: `query ($${id}: ID!) { node(id: $${id}) { id } }`,
    outcomes: readers,
  })),
  { field: "Query.producer", query: producer("name"), outcomes: readers },
  { field: "Producer.sshKeys", query: producer("sshKeys { id }"), outcomes: owners },
  {
    field: "Producer.viewerCan",
    query: producer('viewerCan(permission: "producer:read")'),
    outcomes: readers,
  },
  { field: "Query.project", query: project("env"), outcomes: readers },
  { field: "Project.repo", query: project("repo { name }"), outcomes: readers },
  { field: "Project.functionsRepo", query: project("functionsRepo { name }"), outcomes: functionsReaders },
  {
    field: "Project.viewerFunctionsPermission",
    query: project("viewerFunctionsPermission"),
    outcomes: readers,
  },
  { field: "Project.enabled", query: project("enabled"), outcomes: readers },
  { field: "Project.viewerCan", query: project('viewerCan(permission: "project:read")'), outcomes: readers },
  { field: "Query.repo", query: repo("name"), outcomes: readers },
  { field: "Repo.branches", query: repo("branches { totalCount }"), outcomes: readers },
  { field: "Repo.commits", query: repo("commits { totalCount }"), outcomes: readers },
  { field: "Repo.file", query: repo('file(path: "README.md") { sha }'), outcomes: readers },
  { field: "Repo.viewerCan", query: repo('viewerCan(permission: "repo:read")'), outcomes: readers },
  { field: "Repo.collaborators", query: repo("collaborators { totalCount }"), outcomes: owners },
  { field: "Collaborator.level", query: repo("collaborators { nodes { level } }"), outcomes: owners },
  {
    field: "Mutation.createProducer",
    query:
      "mutation ($producer: ProducerName!) { createProducer(input: { name: $producer }) { createdRepos } }",
    outcomes: oneself,
  },
  {
    field: "Mutation.setCollaborator",
    query: onRepo("setCollaborator", 'login: "customer-eve", level: READ', "level"),
    outcomes: owners,
  },
  {
    field: "Mutation.removeCollaborator",
    query: onRepo("removeCollaborator", 'login: "customer-zu"', "login"),
    outcomes: owners,
  },
  {
    field: "Mutation.saveRepoFile",
    query: onRepo("saveRepoFile", 'path: "notes.md", content: "noted"', "commitSha"),
    outcomes: writers,
  },
  {
    field: "Mutation.shareProject",
    query: onProject("shareProject", 'login: "customer-eve", level: READ'),
    outcomes: owners,
  },
  {
    field: "Mutation.unshareProject",
    query: onProject("unshareProject", 'login: "customer-al"'),
    outcomes: owners,
  },
  {
    field: "Mutation.setProducerEnabled",
    query: onProject("setProducerEnabled", "enabled: false"),
    outcomes: adminsOnly,
  },
  {
    field: "Mutation.addSshKey",
    query: onProducer("addSshKey", `title: "laptop", publicKey: "${publicKey}"`, "sshKey { id }"),
    outcomes: owners,
  },
  {
    field: "Mutation.deleteSshKey",
    query: onProducer("deleteSshKey", 'id: "1"', "deletedId"),
    outcomes: owners,
  },
];

/** A key of demo's, there to be deleted. */
export const demosKey =
  "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPhbhgG3B8BDZghkz0V54Fg1vHM/jgLdqq0+KdVc4R/J desk";
