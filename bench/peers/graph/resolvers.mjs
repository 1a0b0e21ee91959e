import { GraphQLScalarType } from "graphql";
import { addresses, pageSize } from "./addresses.mjs";

const levelOf = ({ admin, push }) => (admin ? "ADMIN" : push ? "WRITE" : "READ");
const byName = (one, other) => (one.name < other.name ? -1 : 1);
const byPlace = (one, other) =>
  (one.itemOrder ?? Infinity) - (other.itemOrder ?? Infinity) || byName(one, other);

async function repository(of, { upstream }) {
  const found = await upstream.get(addresses.repository(of));
  return {
    owner: found.owner.login,
    name: found.name,
    description: found.description,
    isPrivate: found.private,
    defaultBranch: found.default_branch,
    viewerPermission: levelOf(found.permissions),
  };
}

/** The files of a tree of names, below a folder. */
function filesOf(tree, start = "") {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === "string" ? [{ path: start + name, text: value }] : filesOf(value, `${start}${name}/`),
  );
}

/** Every page, those after the first all at once. */
async function repositories({ upstream }) {
  const { body, headers } = await upstream.getWhole(addresses.repositories(1));
  const pages = Math.ceil(Number(headers["x-total-count"]) / pageSize);
  const others = Array.from({ length: pages - 1 }, (_, page) =>
    upstream.get(addresses.repositories(page + 2)),
  );
  return [body, ...(await Promise.all(others))].flat();
}

/** What a pod tells of the workspace that it is. */
function statusOf(pods) {
  const pod = pods?.[0];
  if (!pod) return null;
  const containers = pod.status.containerStatuses ?? [];
  return {
    ready: pod.status.conditions.some(({ type, status }) => type === "Ready" && status === "True"),
    restarts: containers.reduce((sum, { restartCount }) => sum + restartCount, 0),
    pods: pods.map(({ metadata, status }) => ({ name: metadata.name, phase: status.phase.toUpperCase() })),
  };
}

/** The workspaces' pods by producer, asked for once in a request for all projects in it. */
function podsByProducer(context) {
  return (context.pods ??= context.upstream.get(addresses.pods()).then(({ items }) => {
    const pods = new Map();
    for (const pod of items) {
      const { producer } = pod.metadata.labels;
      pods.set(producer, [...(pods.get(producer) ?? []), pod]);
    }
    return pods;
  }));
}

const prefix = "customer-";
const own = "demo";
const rank = ({ producer }) => `${producer === own ? 0 : 1} ${producer}`;

/** The document of a project, asked for once in a request for all that is in it. */
function documentOf(project, context) {
  return (context.document ??= context.upstream.get(addresses.document(project)));
}

/** The questions' answers, as somebody would write them by hand over the same upstream. */
export const resolvers = {
  JSON: new GraphQLScalarType({ name: "JSON" }),
  Query: {
    repo: (_, of, context) => repository(of, context),
    project: (_, { producer, env }) => ({ producer, env }),
    viewer: () => ({}),
  },
  Mutation: {
    saveRepoFile: async (_, { input: { repo, path, content } }, { upstream }) => {
      const written = await upstream.post(addresses.contents(repo, path), {
        content: Buffer.from(content).toString("base64"),
        message: `Save ${path}`,
      });
      return {
        commitSha: written.commit.sha,
        file: { path: written.content.path, sha: written.content.sha },
      };
    },
  },
  Repo: {
    collaborators: async (repo, _, { upstream }) => ({
      nodes: (await upstream.get(addresses.collaborators(repo))).map((user) => ({ user })),
    }),
  },
  Viewer: {
    projects: async (_, { first }, context) => {
      const found = (await repositories(context)).filter(({ name }) => name === "dev");
      const nodes = found.map(({ owner, name, permissions }) => ({
        producer: owner.login.slice(prefix.length),
        env: name,
        viewerPermission: levelOf(permissions),
      }));
      return { nodes: nodes.sort((one, other) => (rank(one) < rank(other) ? -1 : 1)).slice(0, first) };
    },
  },
  Project: {
    document: (project, _, context) => documentOf(project, context),
    gateways: async (project, _, context) => (await documentOf(project, context)).gateways,
    apiEndpoints: async (project, _, context) => (await documentOf(project, context)).apiEndpoints,
    models: async (project, _, { upstream }) => {
      const [models, configs] = await Promise.all([
        upstream.get(addresses.models(project)),
        upstream.get(addresses.modelConfigs(project)),
      ]);
      const configOf = new Map(configs.map((config) => [config.name, config]));
      return models
        .map((model) => ({
          ...model,
          properties: model.properties.sort(byPlace),
          config: configOf.get(model.name),
        }))
        .sort(byPlace);
    },
    dataSources: async (project, _, { upstream }) =>
      (await upstream.get(addresses.dataSources(project))).sort(byPlace),
    files: async (project, { path }, { upstream }) =>
      filesOf(await upstream.get(addresses.files(project)))
        .filter((file) => file.path.startsWith(`${path}/`))
        .sort((one, other) => (one.path < other.path ? -1 : 1)),
    functions: async (project, _, { upstream }) =>
      (await upstream.get(addresses.functions(project)))
        .map(({ serverless }) => ({
          name: serverless.service,
          runtime: serverless.provider.runtime,
          itemOrder: serverless.lunchbadger?.itemOrder,
        }))
        .sort(byPlace),
    workspace: async (project, _, { upstream }) => {
      const { status, ws_git: commit, ...rest } = await upstream.get(addresses.workspace(project));
      return { ...rest, commit, status: status.toUpperCase() };
    },
    // Nothing more of it is asked for there than who was let in.
    repo: ({ producer, env }) => ({ owner: prefix + producer, name: env }),
    status: async ({ producer }, _, context) => ({
      workspace: statusOf((await podsByProducer(context)).get(producer)),
    }),
  },
};
