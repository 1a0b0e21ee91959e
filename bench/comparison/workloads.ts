import { longProducer, paths, pathsOf, shortProducer } from "./platform.paths.ts";
import { hiveQuestions } from "./hive.questions.ts";

/** A question in GraphQL. */
export interface Question {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What the upstream has to be asked for one answer, as the bare proxy does it. */
export interface Asked {
  readonly reads?: readonly string[];
  readonly write?: { readonly path: string; readonly body: string };
}

/** What one connection asks each kind of server. */
export interface Asking {
  readonly asked: Asked;
  readonly question: Question;
  /** In the words of a schema that is made of an OpenAPI document; each part is one of the upstream's answers, in turn. */
  readonly hive: Question & { readonly parts: readonly string[] };
}

/** The same question to all servers. */
export interface Workload {
  readonly title: string;
  /** How many of the requests of a round it is worth. */
  readonly share: number;
  /** By the number of the connection. */
  readonly asking: (number: number) => Asking;
  /** How the gateway comes by its answer with the default configuration. */
  readonly guarded: string;
  /** The same where nothing is remembered; undefined where that makes no difference. */
  readonly forgetting?: string;
  /** How the unguarded gateway does, if it is asked. */
  readonly unguarded?: string;
  /** How many things of the answer's longest list there have to be. */
  readonly count?: readonly [path: string, items: number];
}

const repositoryOf = (number: number) => ({ owner: `customer-${shortProducer(number)}`, name: "dev" });
const note = { content: "A note.\n" };
const producerOf = (number: number) => ({ producer: shortProducer(number) });
const pathsFor = (number: number) => pathsOf(shortProducer(number));

/** All that is asked, the smallest first. */
export const workloads: readonly Workload[] = [
  {
    title: "Small object: one repository, six fields",
    share: 1,
    asking: (number) => ({
      asked: { reads: [pathsFor(number).repository] },
      question: {
        query: `query Repository($owner: Login!, $name: RepositoryName!) {
        repo(owner: $owner, name: $name) { owner name description isPrivate defaultBranch viewerPermission }
      }`,
        variables: repositoryOf(number),
      },
      hive: hiveQuestions.repository(number),
    }),
    unguarded: "this gateway, unguarded, asks the upstream",
    guarded: "this gateway, guarded, from memory: the permission's answer is the field's own",
    forgetting: "this gateway, guarded, asks the upstream each time",
  },
  {
    title: "Object beside its permission: what a workspace does",
    share: 1,
    asking: (number) => ({
      asked: { reads: [pathsFor(number).workspace] },
      question: {
        query: `query Workspace($producer: ProducerName!) {
        project(producer: $producer) { workspace { status output instance running commit } }
      }`,
        variables: producerOf(number),
      },
      hive: hiveQuestions.workspace(number),
    }),
    guarded: "this gateway, guarded, permission in memory, asks the upstream each time",
    forgetting: "this gateway, guarded, permission asked for as well",
  },
  {
    title: "List: 300 endpoints, 50 kB",
    share: 1 / 6,
    asking: (number) => ({
      asked: { reads: [pathsOf(longProducer(number)).document] },
      question: {
        query: `query Endpoints($producer: ProducerName!) {
        project(producer: $producer) { apiEndpoints { id name host paths methods scopes itemOrder } }
      }`,
        variables: { producer: longProducer(number) },
      },
      hive: hiveQuestions.list(number),
    }),
    guarded: "this gateway, guarded, permission in memory, asks the upstream each time",
    forgetting: "this gateway, guarded, permission asked for as well",
  },
  {
    title: "Canvas load: eight resources",
    share: 1 / 6,
    asking: (number) => ({
      asked: {
        reads: [
          pathsFor(number).document,
          pathsFor(number).models,
          pathsFor(number).modelConfigs,
          pathsFor(number).dataSources,
          pathsFor(number).files,
          pathsFor(number).functions,
          pathsFor(number).workspace,
          pathsFor(number).collaborators,
        ],
      },
      question: {
        query: `query Canvas($producer: ProducerName!) {
        project(producer: $producer) {
          document
          gateways { id name dnsPrefix pipelines { id name } }
          models { name plural base properties { name type required } config { dataSource public } }
          dataSources { name connector host database }
          files(path: "common") { path text }
          functions { name runtime }
          workspace { status output instance running commit }
          repo { collaborators { nodes { user { login } } } }
        }
      }`,
        variables: producerOf(number),
      },
      hive: hiveQuestions.canvas(number),
    }),
    guarded: "this gateway, guarded, permissions in memory, asks the upstream each time",
    forgetting: "this gateway, guarded, permissions asked for as well",
  },
  {
    title: "Dashboard: 100 projects with their permissions and status",
    share: 1 / 12,
    asking: () => ({
      asked: { reads: [...paths.repositories, paths.pods] },
      question: {
        query: `query Dashboard {
        viewer {
          projects(first: 100) {
            nodes { producer env viewerPermission status { workspace { ready restarts pods { name phase } } } }
          }
        }
      }`,
      },
      hive: hiveQuestions.dashboard(),
    }),
    guarded: "this gateway, guarded, list of projects in memory, cluster watched",
    forgetting: "this gateway, guarded, list of projects asked for, cluster watched",
    count: ["viewer.projects.nodes", 100],
  },
  {
    title: "Mutation: one file written",
    share: 1 / 2,
    asking: (number) => ({
      asked: {
        write: {
          path: pathsFor(number).writtenFile,
          body: JSON.stringify({
            content: Buffer.from(note.content).toString("base64"),
            message: "Save notes.md",
          }),
        },
      },
      question: {
        query: `mutation Save($input: SaveRepoFileInput!) {
        saveRepoFile(input: $input) { commitSha file { path sha } }
      }`,
        variables: { input: { repo: repositoryOf(number), path: "notes.md", ...note } },
      },
      hive: hiveQuestions.mutation(number),
    }),
    guarded: "this gateway, guarded, permission asked for afresh",
  },
];
