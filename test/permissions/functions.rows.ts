import { expect } from "vitest";
import type { Sett } from "../support/sett.ts";
import {
  functionsOwners,
  functionsReaders,
  functionsWriters,
  onProject,
  project,
  signedIn,
  type Row,
} from "./matrix.outcomes.ts";

const hello = (selection: string) => project(`function(name: "hello") { ${selection} }`);
const noDeployment = Buffer.from("Deployment:nosuch:dev:00000000-0000-4000-8000-000000000000").toString(
  "base64url",
);

/** A deployment of demo's, over before anybody else asks for anything. */
async function deployHello(sett: Sett): Promise<Readonly<Record<string, string>>> {
  const demo = sett.as("demo");
  const { data } = await demo.askText(
    'mutation { deployFunction(input: { project: { producer: "demo" }, name: "hello" }) { deployment { id } } }',
  );
  const { deployment } = data?.["deployFunction"] as { deployment: { id: string } };
  const state = async () => {
    const asked = await demo.askText("query ($id: ID!) { deployment(id: $id) { state } }", {
      id: deployment.id,
    });
    return asked.data?.["deployment"];
  };
  await expect.poll(state, { interval: 5 }).toEqual({ state: "SUCCEEDED" });
  return { deploymentId: deployment.id };
}

/** Who may read, change and deploy demo's functions: zu, who reads demo's dev, does not learn that there are any. */
export const functionRows: readonly Row[] = [
  { field: "Query.runtimes", query: "{ runtimes { id } }", outcomes: signedIn },
  { field: "Project.functions", query: project("functions { name }"), outcomes: functionsReaders },
  { field: "Project.function", query: hello("name"), outcomes: functionsReaders },
  { field: "Function.files", query: hello("files { path }"), outcomes: functionsReaders },
  { field: "Function.logs", query: hello("logs(tail: 5)"), outcomes: functionsReaders },
  { field: "Function.deployment", query: hello("deployment { id }"), outcomes: functionsReaders },
  {
    field: "Query.deployment",
    query: "query ($deploymentId: ID!) { deployment(id: $deploymentId) { id } }",
    outcomes: functionsReaders,
    prepare: deployHello,
    absent: { deploymentId: noDeployment },
  },
  {
    field: "Subscription.deployment",
    query: "subscription ($deploymentId: ID!) { deployment(id: $deploymentId) { id } }",
    outcomes: functionsReaders,
    prepare: deployHello,
    absent: { deploymentId: noDeployment },
  },
  {
    field: "Mutation.createFunction",
    query: onProject("createFunction", 'name: "spare", runtime: "nodejs:8"', "function { name }"),
    outcomes: functionsWriters,
  },
  {
    field: "Mutation.saveFunction",
    query: onProject("saveFunction", 'name: "hello", itemOrder: 7', "function { name }"),
    outcomes: functionsWriters,
  },
  ...["deployFunction", "undeployFunction"].map((field) => ({
    field: `Mutation.${field}`,
    query: onProject(field, 'name: "hello"', "deployment { id }"),
    outcomes: functionsWriters,
  })),
  {
    field: "Mutation.deleteFunction",
    query: onProject("deleteFunction", 'name: "convert"', "deletedName"),
    outcomes: functionsWriters,
  },
  {
    field: "Mutation.reorderFunctions",
    query: onProject("reorderFunctions", "names: []", "functions { name }"),
    outcomes: functionsWriters,
  },
  {
    field: "Mutation.clearFunctions",
    query: onProject("clearFunctions", "", "deletedNames"),
    outcomes: functionsOwners,
  },
];
