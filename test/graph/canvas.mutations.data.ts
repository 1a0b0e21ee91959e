import {
  ConnectDocument,
  DeleteApiEndpointDocument,
  DeleteGatewayDocument,
  DeleteServiceEndpointDocument,
  DisconnectDocument,
  SaveApiEndpointDocument,
  SaveGatewayDocument,
  SaveProjectDocument,
  SaveServiceEndpointDocument,
} from "../generated/operations.ts";
import type { Mutate } from "./mutations.data.ts";
import { seeded } from "./seeded.data.ts";

const { gateway, serviceEndpoint, apiEndpoint, pipeline } = seeded;

/** Every change of a saved canvas, with input that is fine. */
export const canvasMutations: Readonly<Record<string, Mutate>> = {
  saveProject: (person, producer) =>
    person.ask(SaveProjectDocument, { input: { project: { producer }, document: { touched: true } } }),
  saveGateway: (person, producer) =>
    person.ask(SaveGatewayDocument, { input: { project: { producer }, gateway: { name: "Second" } } }),
  deleteGateway: (person, producer) =>
    person.ask(DeleteGatewayDocument, { input: { project: { producer }, id: gateway } }),
  saveServiceEndpoint: (person, producer) =>
    person.ask(SaveServiceEndpointDocument, {
      input: { project: { producer }, serviceEndpoint: { name: "Cars", urls: ["http://cars.example"] } },
    }),
  deleteServiceEndpoint: (person, producer) =>
    person.ask(DeleteServiceEndpointDocument, { input: { project: { producer }, id: serviceEndpoint } }),
  saveApiEndpoint: (person, producer) =>
    person.ask(SaveApiEndpointDocument, { input: { project: { producer }, apiEndpoint: { name: "Cars" } } }),
  deleteApiEndpoint: (person, producer) =>
    person.ask(DeleteApiEndpointDocument, { input: { project: { producer }, id: apiEndpoint } }),
  connect: (person, producer) =>
    person.ask(ConnectDocument, {
      input: { project: { producer }, fromId: serviceEndpoint, toId: pipeline },
    }),
  disconnect: (person, producer) =>
    person.ask(DisconnectDocument, {
      input: { project: { producer }, fromId: serviceEndpoint, toId: pipeline },
    }),
};
