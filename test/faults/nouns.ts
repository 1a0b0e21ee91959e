const project = `
  env
  revision
  gateways { name live { policies } }
  files { path }
  workspace { status }
  models { name }
  dataSources { name }
  openApi
  functions { name }
  repo { file(path: "README.md") { size } }
  pods { name events { reason } }
  presence { login }
`;

/** A query over all nouns: of a project that al was let into, and of al's own. */
export const nouns = `{
  viewer { login }
  repo(owner: "customer-demo", name: "dev") { name branches { nodes { name } } }
  shared: project(producer: "demo") { ${project} }
  own: project(producer: "al") { ${project} }
}`;

/** The fields that need a service, besides what is known of permissions. */
export const needing: Readonly<Record<string, readonly string[]>> = {
  gitea: ["branches", "file"],
  "git-api": [],
  configstore: [],
  "project-api": ["revision", "gateways", "files", "workspace"],
  "workspace-api": ["models", "dataSources"],
  "running-project": ["openApi"],
  "gateway-admin": ["live"],
  "sls-api": ["functions"],
  kubernetes: ["events"],
};

/** What an answer becomes when fields are null; how many, and where they are. */
export function without(answered: unknown, fields: readonly string[]): { data: unknown; places: string[] } {
  const places: string[] = [];
  const copy = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => copy(item, `${path}.${index}`));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const place = `${path}.${name}`;
        if (!fields.includes(name)) return [name, copy(inner, place)];
        places.push(place.slice(1));
        return [name, null];
      }),
    );
  };
  return { data: copy(answered, ""), places };
}
