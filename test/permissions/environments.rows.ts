import type { Sett } from "../support/sett.ts";
import {
  onProducer,
  owners,
  producer,
  project,
  readers,
  writers,
  type Outcome,
  type Row,
} from "./matrix.outcomes.ts";

const env = "staging";

/** An environment that demo has made, shared as dev is. */
async function prepare({ sandbox: { gitea } }: Sett) {
  const { platform } = gitea;
  const owner = "customer-demo";
  platform.addRepository(owner, env, { description: "LunchBadger environment" });
  platform.addRepository(owner, `functions-${env}`, { description: "LunchBadger environment (functions)" });
  for (const name of [env, `functions-${env}`]) platform.setCollaborator(owner, name, "customer-al", "write");
  platform.setCollaborator(owner, env, "customer-zu", "read");
  return { env };
}

const made = (selection: string) =>
  `query ($producer: ProducerName!, $env: EnvironmentName!) {
    project(producer: $producer, env: $env) { ${selection} }
  }`;

const functionsReaders: Row["outcomes"] = { ...readers, zu: "NOT_FOUND" satisfies Outcome };

/** Making, removing and promoting environments, and those that were made. */
export const environmentRows: readonly Row[] = [
  { field: "Producer.projects", query: producer("projects { env }"), outcomes: readers },
  { field: "Project.name", query: project("name"), outcomes: readers },
  {
    field: "Query.project",
    title: "Query.project in an environment that was made",
    query: made("env repo { name } revision"),
    outcomes: readers,
    around: ["project-api", "workspace-api"],
    prepare,
    absent: { env },
  },
  {
    field: "Project.functionsRepo",
    title: "Project.functionsRepo in an environment that was made",
    query: made("functionsRepo { name }"),
    outcomes: functionsReaders,
    prepare,
    absent: { env },
  },
  {
    field: "Project.functions",
    title: "Project.functions in an environment that was made",
    query: made("functions { name }"),
    outcomes: functionsReaders,
    prepare,
    absent: { env },
  },
  {
    field: "Mutation.createEnvironment",
    query: onProducer("createEnvironment", 'env: "staging"', "project { id }"),
    outcomes: owners,
  },
  {
    field: "Mutation.createProject",
    query: onProducer("createProject", 'name: "shop"', "project { id }"),
    outcomes: owners,
  },
  {
    field: "Mutation.deleteEnvironment",
    query: `mutation ($producer: ProducerName!, $env: EnvironmentName!) {
      deleteEnvironment(input: { project: { producer: $producer, env: $env }, confirm: "demo/staging" }) { deleted }
    }`,
    outcomes: owners,
    prepare,
    absent: { env },
  },
  {
    field: "Mutation.deleteProject",
    query: onProducer("deleteProject", 'name: "shop", confirm: ["shop"]', "deleted"),
    outcomes: owners,
    prepare: async ({ sandbox: { gitea } }) => {
      gitea.platform.addRepository("customer-demo", "shop", {
        description: "LunchBadger environment of project shop",
      });
      return {};
    },
  },
  {
    field: "Mutation.promote",
    query: `mutation ($producer: ProducerName!, $env: EnvironmentName!) {
      promote(input: { from: { producer: $producer }, to: { producer: $producer, env: $env } }) { project { id } }
    }`,
    outcomes: writers,
    prepare,
    absent: { env },
  },
];
