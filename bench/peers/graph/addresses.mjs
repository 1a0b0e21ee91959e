/** Where the upstream has what is asked for. */
const modelParts = JSON.stringify({ include: ["properties"] });
const project = ({ producer, env }) => `/${producer}-${env}/api`;

/** The longest page that Gitea gives. */
export const pageSize = 50;

export const addresses = {
  repository: ({ owner, name }) => `/api/v1/repos/${owner}/${name}`,
  collaborators: ({ owner, name }) => `/api/v1/repos/${owner}/${name}/collaborators?page=1&limit=20`,
  contents: ({ owner, name }, path) => `/api/v1/repos/${owner}/${name}/contents/${path}`,
  repositories: (page) => `/api/v1/user/repos?page=${page}&limit=${pageSize}`,
  document: (of) => `${project(of)}/Projects/${of.producer}-${of.env}`,
  models: (of) => `${project(of)}/Facets/server/models?filter=${encodeURIComponent(modelParts)}`,
  modelConfigs: (of) => `${project(of)}/Facets/server/modelConfigs`,
  dataSources: (of) => `${project(of)}/Facets/server/datasources`,
  files: (of) => `${project(of)}/WorkspaceFiles/files`,
  workspace: (of) => `${project(of)}/WorkspaceStatus/1`,
  functions: ({ producer, env }) => `/${producer}-${env}/functions/service`,
  pods: () => "/api/v1/namespaces/customer/pods?labelSelector=app%3Dworkspace",
};
