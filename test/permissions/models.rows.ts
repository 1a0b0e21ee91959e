import { onProject, project, readers, writers, type Row } from "./matrix.outcomes.ts";

/** Who may read and change the models of a project. */
export const modelRows: readonly Row[] = [
  { field: "Project.models", query: project("models { name }"), outcomes: readers },
  { field: "Project.model", query: project('model(name: "Car") { name }'), outcomes: readers },
  {
    field: "Model.dataSource",
    query: project('model(name: "Car") { dataSource { name } }'),
    outcomes: readers,
  },
  {
    field: "Mutation.saveModel",
    query: onProject("saveModel", 'name: "Boat"', "model { name }"),
    outcomes: writers,
  },
  {
    field: "Mutation.deleteModel",
    query: onProject("deleteModel", 'name: "Car"', "deletedName"),
    outcomes: writers,
  },
  { field: "Mutation.reorderModels", query: onProject("reorderModels", "names: []"), outcomes: writers },
];
