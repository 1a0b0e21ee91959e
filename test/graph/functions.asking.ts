import { expect } from "vitest";
import {
  CreateFunctionDocument,
  DeleteFunctionDocument,
  DeployFunctionDocument,
  ListFunctionsDocument,
  ReadDeploymentDocument,
  ReadFunctionDocument,
  ReadLogsDocument,
  ReorderFunctionsDocument,
  SaveFunctionDocument,
  UndeployFunctionDocument,
  type CreateFunctionInput,
  type DeleteFunctionInput,
  type SaveFunctionInput,
} from "../generated/operations.ts";
import type { PersonName, Sett } from "../support/sett.ts";

type Without<Input> = Omit<Input, "project">;

const project = { producer: "demo" };

/** Somebody who works on demo's functions. */
export function functionsAs(sett: Sett, personName: PersonName = "demo") {
  const person = sett.as(personName);
  const named = (name: string) => ({ input: { project, name } });
  const found = async (id: string) => (await person.ask(ReadDeploymentDocument, { id })).data?.deployment;
  return {
    list: () => person.ask(ListFunctionsDocument, project),
    read: (name: string) => person.ask(ReadFunctionDocument, { ...project, name }),
    /** The function as a reader would have it. */
    found: async (name: string) =>
      (await person.ask(ReadFunctionDocument, { ...project, name })).data?.project?.function,
    logs: (name: string, tail?: number) =>
      person.ask(ReadLogsDocument, { ...project, name, ...(tail === undefined ? {} : { tail }) }),
    create: (input: Without<CreateFunctionInput>) =>
      person.ask(CreateFunctionDocument, { input: { project, ...input } }),
    save: (input: Without<SaveFunctionInput>) =>
      person.ask(SaveFunctionDocument, { input: { project, ...input } }),
    remove: (input: Without<DeleteFunctionInput>) =>
      person.ask(DeleteFunctionDocument, { input: { project, ...input } }),
    reorder: (names: string[]) => person.ask(ReorderFunctionsDocument, { input: { project, names } }),
    deploy: (name: string) => person.ask(DeployFunctionDocument, named(name)),
    undeploy: (name: string) => person.ask(UndeployFunctionDocument, named(name)),
    deployment: (id: string) => person.ask(ReadDeploymentDocument, { id }),
    /** A deployment once it is over. */
    finished: async (id: string | undefined) => {
      const isOver = async () => !["QUEUED", "RUNNING"].includes((await found(id ?? ""))?.state ?? "RUNNING");
      await expect.poll(isOver, { interval: 5, timeout: 5000 }).toBe(true);
      return found(id ?? "");
    },
  };
}

/** What keeps and deploys demo's functions. */
export function functionService({ sandbox }: Sett) {
  return sandbox.functions.of("demo", "dev");
}

/** A function of demo's on the cluster. */
export function running({ sandbox }: Sett, name: string) {
  return sandbox.functions.cluster.find(`fn-demo-dev-${name}`);
}
