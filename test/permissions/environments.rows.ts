import { addEnvironment, addMarked } from "../support/environment.marks.ts";
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
async function prepare({ sandbox }: Sett) {
  const { platform } = sandbox.gitea;
  const owner = "customer-demo";
  addEnvironment(sandbox, owner, env);
  for (const name of [env, `functions-${env}`]) platform.setCollaborator(owner, name, "customer-al", "write");
  platform.setCollaborator(owner, env, "customer-zu", "read");
  return { env };
}

const made = (selection: string) =>
  `query ($producer: ProducerName!, $env: EnvironmentName!) {
    project(producer: $producer, env: $env) { ${selection} }
  }`;

const promote = (rest: string) =>
  `mutation ($producer: ProducerName!, $env: EnvironmentName!) {
    promote(input: { from: { producer: $producer }, to: { producer: $producer, env: $env } ${rest} }) {
      project { id }
    }
  }`;

const remove = `mutation ($producer: ProducerName!, $env: EnvironmentName!) {
  deleteEnvironment(input: { project: { producer: $producer, env: $env }, confirm: "demo/staging" }) { deleted }
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
    field: "Mutation.createEnvironment",
    title: "Mutation.createEnvironment from another",
    query: onProducer(
      "createEnvironment",
      'env: "staging", from: "dev"',
      "project { id } promoted { commit }",
    ),
    outcomes: owners,
  },
  {
    field: "Mutation.createProject",
    query: onProducer("createProject", 'name: "shop"', "project { id }"),
    outcomes: owners,
  },
  {
    field: "Mutation.deleteEnvironment",
    query: remove,
    outcomes: owners,
    prepare,
    absent: { env },
  },
  {
    field: "Mutation.deleteEnvironment",
    title: "Mutation.deleteEnvironment by who administers its repositories alone",
    query: remove,
    outcomes: owners,
    says: { al: /producer:admin/, zu: /project:admin/ },
    prepare: async (sett) => {
      const { platform } = sett.sandbox.gitea;
      const prepared = await prepare(sett);
      for (const name of [env, `functions-${env}`])
        platform.setCollaborator("customer-demo", name, "customer-al", "admin");
      return prepared;
    },
    absent: { env },
  },
  {
    field: "Mutation.deleteProject",
    query: onProducer("deleteProject", 'name: "shop", confirm: ["shop"]', "deleted"),
    outcomes: owners,
    prepare: async ({ sandbox }) => {
      addMarked(sandbox, "customer-demo", "shop", { project: "shop" });
      return {};
    },
  },
  {
    field: "Mutation.promote",
    query: promote(""),
    outcomes: writers,
    prepare,
    absent: { env },
  },
  {
    field: "Mutation.promote",
    title: "Mutation.promote with functions that one may not write",
    query: promote(""),
    outcomes: owners,
    says: { al: /functions:write/, zu: /functions:read/ },
    prepare: async (sett) => {
      const { platform } = sett.sandbox.gitea;
      const prepared = await prepare(sett);
      platform.setCollaborator("customer-demo", `functions-${env}`, "customer-al", "read");
      platform.setCollaborator("customer-demo", env, "customer-zu", "write");
      return prepared;
    },
    absent: { env },
  },
  {
    field: "Mutation.promote",
    title: "Mutation.promote without functions, by who may write the project alone",
    query: promote(", functions: false"),
    outcomes: { ...writers, zu: "yes" },
    prepare: async (sett) => {
      const prepared = await prepare(sett);
      sett.sandbox.gitea.platform.setCollaborator("customer-demo", env, "customer-zu", "write");
      return prepared;
    },
    absent: { env },
  },
  {
    field: "Mutation.promote",
    title: "Mutation.promote from what one cannot read to what one may write",
    query: promote(", functions: false"),
    outcomes: { ...writers, al: "NOT_FOUND" satisfies Outcome },
    prepare: async (sett) => {
      const prepared = await prepare(sett);
      sett.sandbox.gitea.platform.removeCollaborator("customer-demo", "dev", "customer-al");
      return prepared;
    },
    absent: { env },
  },
];
