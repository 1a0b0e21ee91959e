import type { Asked } from "./load.ts";
import { paths } from "./servers/recorded.answers.ts";

/** The servers that are measured. */
export type ServerName = "bare" | "unguarded" | "unguarded, remembering" | "guarded" | "guarded, forgetting";

/** One line of the comparison: an operation on one of the servers. */
export interface Row {
  readonly name: string;
  readonly server: string;
  /** What each connection asks, by its number. */
  readonly asks: (number: number) => Asked;
}

/** Rows that do the same work, the floor first; all are shown as multiples of it. */
export interface Group {
  readonly title: string;
  /** How many of the requests of a round this work is worth doing. */
  readonly share: number;
  readonly rows: readonly Row[];
}

interface Repository {
  readonly owner: { readonly login: string };
  readonly name: string;
  readonly description: string;
  readonly private: boolean;
  readonly default_branch: string;
}

const reference = { owner: "customer-demo", name: "dev" };
const declared = "($owner: Login!, $name: RepositoryName!)";
const repository = {
  query: `query Repository${declared} { repo(owner: $owner, name: $name) { owner name description isPrivate defaultBranch viewerPermission } }`,
  variables: reference,
};
const branches = {
  query: `query Branches${declared} { repo(owner: $owner, name: $name) { branches { nodes { name } } } }`,
  variables: reference,
};
const projects = {
  query: "query Projects { viewer { projects(first: 100) { nodes { producer env viewerPermission } } } }",
};

const graphqlAnswer = (data: object) => `${JSON.stringify({ data })}\n`;

function projectsIn(repositories: readonly Repository[]): object {
  const nodes = repositories
    .filter(({ name }) => name === "dev")
    .map(({ owner: { login } }) => ({ producer: login.replace(/^customer-/, ""), env: "dev" }))
    .sort((one, other) =>
      one.producer === "al" || (other.producer !== "al" && one.producer < other.producer) ? -1 : 1,
    )
    .map((project) => ({ ...project, viewerPermission: project.producer === "al" ? "ADMIN" : "WRITE" }));
  return { viewer: { projects: { nodes } } };
}

/** The comparison, with the answers that are right for what the upstream says. */
export async function prepareGroups(upstream: string): Promise<readonly Group[]> {
  const recorded = async (path: string): Promise<unknown> => (await fetch(`${upstream}${path}`)).json();
  const bare = async (path: string, body: object): Promise<Row> => {
    const asked = { path, body: JSON.stringify(body), expected: JSON.stringify(await recorded(path)) };
    return { name: "bare node:http proxy of the upstream's JSON", server: "bare", asks: () => asked };
  };
  const row = (name: string, server: ServerName, body: object, data: object): Row => {
    const asked = { path: "/graphql", body: JSON.stringify(body), expected: graphqlAnswer(data) };
    return { name, server, asks: () => asked };
  };

  const found = (await recorded(paths.repository)) as Repository;
  const repo = {
    owner: found.owner.login,
    name: found.name,
    description: found.description,
    isPrivate: found.private,
    defaultBranch: found.default_branch,
    viewerPermission: "WRITE",
  };
  const names = ((await recorded(paths.branches)) as { name: string }[]).map(({ name }) => ({ name }));
  const branchData = { repo: { branches: { nodes: names } } };
  const projectData = projectsIn((await recorded(paths.repositories)) as Repository[]);

  return [
    {
      title: "One repository, six fields",
      share: 1,
      rows: [
        await bare(paths.repository, repository),
        row("unguarded, asks the upstream", "unguarded", repository, { repo }),
        row("unguarded, answers from memory", "unguarded, remembering", repository, { repo }),
        row("guarded, permission and repository in memory", "guarded", repository, { repo }),
        row("guarded, permission and repository asked for", "guarded, forgetting", repository, { repo }),
      ],
    },
    {
      title: "A repository's branches",
      share: 1,
      rows: [
        await bare(paths.branches, branches),
        row("guarded, permission in memory, branches asked for", "guarded", branches, branchData),
        row("guarded, permission and branches asked for", "guarded, forgetting", branches, branchData),
      ],
    },
    {
      title: "48 projects out of a page of 50 repositories",
      share: 1 / 4,
      rows: [
        await bare(paths.repositories, projects),
        row("guarded, viewer and list in memory", "guarded", projects, projectData),
        row("guarded, viewer and list asked for", "guarded, forgetting", projects, projectData),
      ],
    },
  ];
}
