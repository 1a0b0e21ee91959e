import { addConsumers } from "../graph/gateways.mutations.data.ts";
import type { Sett } from "../support/sett.ts";
import { onProject, owners, project, readers, writers, type Row } from "./matrix.outcomes.ts";

const gateway = "aaaaaaaa-0000-4000-8000-000000000001";
const key = 'type: KEY_AUTH, id: "joes-key"';

const live = (selection: string) => project(`gateways { live { ${selection} } }`);
const consumers = (selection: string) => project(`gateways { consumers { ${selection} } }`);

const saved: Readonly<Record<string, string>> = {
  savePipeline: 'pipeline: { name: "P", policies: [] }',
  deletePipeline: 'id: "bbbbbbbb-0000-4000-8000-000000000001"',
  applyGateway: "dryRun: true",
};

const changes: Readonly<Record<string, string>> = {
  createConsumerUser: 'username: "jane", firstname: "Jane", lastname: "Roe"',
  updateConsumerUser: 'user: "joe", firstname: "Joey"',
  createConsumerApp: 'user: "joe", name: "other"',
  updateConsumerApp: 'app: "carapp", name: "renamed"',
  deleteConsumer: 'consumer: "joe"',
  setConsumerActive: 'consumer: "joe", active: false',
  addConsumerScope: 'scope: "cars:write"',
  removeConsumerScope: 'scope: "cars:read"',
  createCredential: 'consumer: "joe", type: JWT',
  setCredentialActive: `${key}, active: false`,
  setCredentialScopes: `${key}, scopes: ["cars:read"]`,
  addCredentialScope: `${key}, scope: "cars:read"`,
  removeCredentialScope: `${key}, scope: "cars:read"`,
};

const prepare = async (sett: Sett) => {
  addConsumers(sett);
  return {};
};

/** Running gateways and those who call them: what they show is read by owners alone. */
export const gatewayRows: readonly Row[] = [
  { field: "Gateway.live", query: live("policies"), outcomes: readers },
  { field: "LiveGateway.schemas", query: live("schemas"), outcomes: readers },
  { field: "LiveGateway.difference", query: live("difference { name }"), outcomes: readers },
  { field: "Gateway.consumers", query: consumers("__typename"), outcomes: readers },
  { field: "Consumers.users", query: consumers("users { totalCount }"), outcomes: readers },
  { field: "Consumers.apps", query: consumers("apps { totalCount }"), outcomes: readers },
  { field: "Consumers.scopes", query: consumers("scopes"), outcomes: readers },
  {
    field: "Consumers.credentials",
    query: consumers('credentials(consumer: "joe") { id }'),
    outcomes: owners,
    prepare,
    around: ["project-api GET /demo-dev/api/Projects/demo-dev"],
  },
  ...Object.entries(saved).map(([field, rest]) => ({
    field: `Mutation.${field}`,
    query: onProject(field, `gateway: "${gateway}", ${rest}`),
    outcomes: writers,
  })),
  ...Object.entries(changes).map(([field, rest]) => ({
    field: `Mutation.${field}`,
    query: onProject(field, `gateway: "${gateway}", ${rest}`, "__typename"),
    outcomes: writers,
    prepare,
  })),
];
