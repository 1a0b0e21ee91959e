import { onProject, project, readers, writers, type Row } from "./matrix.outcomes.ts";

const fields: Readonly<Record<string, string>> = {
  document: "",
  revision: "",
  gateways: "{ id }",
  serviceEndpoints: "{ id }",
  apiEndpoints: "{ id }",
  apis: "{ id }",
  portals: "{ id }",
  microServices: "{ id }",
  connections: "{ id }",
  states: "{ key }",
};

const endpoint = "eeeeeeee-0000-4000-8000-000000000001";
const pipeline = "bbbbbbbb-0000-4000-8000-000000000001";

const mutations: Readonly<Record<string, string>> = {
  saveProject: "document: { touched: true }",
  saveGateway: 'gateway: { name: "Second" }',
  deleteGateway: 'id: "aaaaaaaa-0000-4000-8000-000000000001"',
  saveServiceEndpoint: 'serviceEndpoint: { name: "Cars", urls: ["http://cars.example"] }',
  deleteServiceEndpoint: `id: "${endpoint}"`,
  saveApiEndpoint: 'apiEndpoint: { name: "Cars" }',
  deleteApiEndpoint: 'id: "ffffffff-0000-4000-8000-000000000001"',
  connect: `fromId: "${endpoint}", toId: "${pipeline}"`,
  disconnect: `fromId: "${endpoint}", toId: "${pipeline}"`,
};

/** The saved canvas and its changes. */
export const canvasRows: readonly Row[] = [
  ...Object.entries(fields).map(([field, selection]) => ({
    field: `Project.${field}`,
    query: project(`${field} ${selection}`),
    outcomes: readers,
  })),
  ...Object.entries(mutations).map(([field, rest]) => ({
    field: `Mutation.${field}`,
    query: onProject(field, rest),
    outcomes: writers,
  })),
];
