import {
  DeleteDataSourceDocument,
  SaveDataSourceDocument,
  TestDataSourceDocument,
} from "../generated/operations.ts";
import type { Mutate } from "./mutations.data.ts";

/** Every mutation on a data source, with input that is fine. */
export const dataSourceMutations: Readonly<Record<string, Mutate>> = {
  saveDataSource: (person, producer) =>
    person.ask(SaveDataSourceDocument, {
      input: { project: { producer }, name: "spare", connector: "memory" },
    }),
  deleteDataSource: (person, producer) =>
    person.ask(DeleteDataSourceDocument, { input: { project: { producer }, name: "weather" } }),
  testDataSource: (person, producer) =>
    person.ask(TestDataSourceDocument, { input: { project: { producer }, name: "memory" } }),
};
