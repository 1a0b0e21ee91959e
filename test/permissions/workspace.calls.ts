import type { Sett } from "../support/sett.ts";

/** What Gitea is asked of whoever wants something of demo's project. */
export const thePermission = "gitea GET /api/v1/repos/customer-demo/dev";

/** What a workspace has, each in the call that reads it. */
export const theDocument = "project-api GET /Projects/demo-dev";
export const theFiles = "project-api GET /WorkspaceFiles/files";
export const theDataSources = "workspace-api GET /Facets/server/datasources";
export const theModels = [
  "workspace-api GET /Facets/server/models",
  "workspace-api GET /Facets/server/modelConfigs",
] as const;

/** What was asked since this was last called, in no order, without what says whose workspace it is. */
export const calls = (sett: Sett) =>
  sett
    .upstreamCalls()
    .map((call) => call.replace(/\/demo-dev(?:\/api)?(?=\/)/, "").replace(/\?.*/, ""))
    .sort();

/** In the order in which calls are told. */
export const sorted = (expected: readonly string[]) => [...expected].sort();
