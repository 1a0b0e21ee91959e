/** The words that services' paths are made of; whatever else stands in one is somebody's or something's name. */
const words = new Set(
  [
    "accesskey admin api api-endpoints apps blobs branches change-stream clear collaborators commits config contents",
    "credentials DataSourceDefinitions deploy Facets files gateways git hard-reset hook keys logs ModelConfigs",
    "ModelDefinitions modelConfigs models datasources ModelMethods ModelProperties ModelRelations openid-configuration orgs permission ping pipelines",
    "policies producers Projects raw reinstall repos restart schemas scopes search server service service-endpoints",
    "status testConnection trees update user users v1 version .well-known WorkspaceFiles WorkspaceStatus",
  ].flatMap((line) => line.split(" ")),
);

/** Where a call goes, without whose or what: bounded, however many there are. */
export const routeOf = (path: readonly string[]): string =>
  `/${path.map((part) => (words.has(part) ? part : "*")).join("/")}`;
