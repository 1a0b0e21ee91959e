import { onProject, owners, project, readers, writers, type Row } from "./matrix.outcomes.ts";

/** Who may see and change the files of demo's project and what runs it. */
export const workspaceRows: readonly Row[] = [
  { field: "Project.files", query: project("files { path }"), outcomes: readers },
  { field: "Project.file", query: project('file(path: "package.json") { path }'), outcomes: readers },
  { field: "Project.workspace", query: project("workspace { status }"), outcomes: readers },
  { field: "Project.openApi", query: project("openApi"), outcomes: readers },
  {
    field: "Mutation.saveFiles",
    query: onProject("saveFiles", 'files: [{ path: "server/notes.txt", text: "noted" }]'),
    outcomes: writers,
  },
  { field: "Mutation.restartWorkspace", query: onProject("restartWorkspace", ""), outcomes: writers },
  {
    field: "WorkspacePayload.workspace",
    query: onProject("restartWorkspace", "", "workspace { status }"),
    outcomes: writers,
  },
  {
    field: "Mutation.reinstallDependencies",
    query: onProject("reinstallDependencies", ""),
    outcomes: writers,
  },
  { field: "Mutation.resetWorkspace", query: onProject("resetWorkspace", ""), outcomes: owners },
  { field: "Mutation.clearProject", query: onProject("clearProject", ""), outcomes: owners },
];
