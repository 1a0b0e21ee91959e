/** How many projects the dashboard shows: the viewer's own, and those of others. */
export const dashboardProjects = 100;

/** How many endpoints the long list has: their answer is some 50 kB. */
export const listedEndpoints = 300;

/** How many producers are asked about, each by one connection, so that nobody is answered with what another asked for. */
export const producers = 8;

/** Whom what is recorded is of, and who has the long document; the others are told the same under names as long. */
export const recorded = { short: "demo", long: "al" };
export const shortProducer = (number: number) => `dem${number % producers}`;
export const longProducer = (number: number) => `a${number % producers}`;

const page = 50;
const repositoriesOfProjects = 2;
const pages = (dashboardProjects * repositoriesOfProjects) / page;
const parts = JSON.stringify({
  include: ["properties", "relations", "methods", "validations", "accessControls"],
});

/** Where each thing of a producer is. */
export function pathsOf(producer: string) {
  const api = `/${producer}-dev/api`;
  const facets = `${api}/Facets/server`;
  const repository = `/api/v1/repos/customer-${producer}/dev`;
  return {
    repository,
    functionsRepository: `/api/v1/repos/customer-${producer}/functions`,
    collaborators: `${repository}/collaborators?page=1&limit=20`,
    writtenFile: `${repository}/contents/notes.md`,
    document: `${api}/Projects/${producer}-dev`,
    workspace: `${api}/WorkspaceStatus/1`,
    files: `${api}/WorkspaceFiles/files`,
    models: `${facets}/models?filter=${encodeURIComponent(parts)}`,
    modelConfigs: `${facets}/modelConfigs`,
    dataSources: `${facets}/datasources`,
    functions: `/${producer}-dev/functions/service`,
  } as const;
}

/** Where there is what is nobody's own. */
export const paths = {
  viewer: "/api/v1/user",
  repositories: Array.from(
    { length: pages },
    (_, number) => `/api/v1/user/repos?page=${number + 1}&limit=${page}`,
  ),
  pods: "/api/v1/namespaces/customer/pods",
} as const;

/** What an address is kept under: of what it asks for only the page makes a difference. */
export function keyOf(address: string): string {
  const [path = "", query = ""] = address.split("?", 2);
  return `${path}#${/(?:^|&)page=(\d+)/.exec(query)?.[1] ?? 1}`;
}
