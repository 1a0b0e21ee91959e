import {
  DeleteDataSourceDocument,
  ListDataSourcesDocument,
  ReadDataSourceDocument,
  SaveDataSourceDocument,
  TestDataSourceDocument,
  type DeleteDataSourceInput,
  type SaveDataSourceInput,
} from "../generated/operations.ts";
import type { PersonName, Sett } from "../support/sett.ts";

type Without<Input> = Omit<Input, "project">;

const project = { producer: "demo" };

/** Somebody who works on the data sources of demo's project. */
export function dataSourcesAs(sett: Sett, name: PersonName = "demo") {
  const person = sett.as(name);
  return {
    list: () => person.ask(ListDataSourcesDocument, project),
    save: (input: Without<SaveDataSourceInput>) =>
      person.ask(SaveDataSourceDocument, { input: { project, ...input } }),
    delete: (input: Without<DeleteDataSourceInput>) =>
      person.ask(DeleteDataSourceDocument, { input: { project, ...input } }),
    test: (dataSource: string) =>
      person.ask(TestDataSourceDocument, { input: { project, name: dataSource } }),
    read: (dataSource: string) => person.ask(ReadDataSourceDocument, { ...project, name: dataSource }),
    /** The revision that a reader would name. */
    revision: async (dataSource: string) => {
      const { data } = await person.ask(ReadDataSourceDocument, { ...project, name: dataSource });
      return data?.project?.dataSource?.revision;
    },
  };
}

/** What demo's workspace has stored of a data source, secrets included. */
export function stored(sett: Sett, name: string): Record<string, unknown> | undefined {
  return podState(sett)
    .dataSources()
    .find((each) => each["name"] === name);
}

/** What demo's workspace holds. */
export function podState(sett: Sett) {
  return sett.sandbox.workspaces.pod("demo", "dev").state;
}
