import { onProject, project, readers, writers, type Row } from "./matrix.outcomes.ts";

/** Who may read, change and try the data sources of demo's project. */
export const dataSourceRows: readonly Row[] = [
  { field: "Project.dataSources", query: project("dataSources { name }"), outcomes: readers },
  { field: "Project.dataSource", query: project('dataSource(name: "memory") { name }'), outcomes: readers },
  {
    field: "Mutation.saveDataSource",
    query: onProject("saveDataSource", 'name: "spare", connector: "memory"'),
    outcomes: writers,
  },
  {
    field: "Mutation.deleteDataSource",
    query: onProject("deleteDataSource", 'name: "weather"'),
    outcomes: writers,
  },
  {
    field: "Mutation.testDataSource",
    query: onProject("testDataSource", 'name: "memory"', "connects"),
    outcomes: writers,
  },
];
