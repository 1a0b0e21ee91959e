import {
  TogetherDeleteEndpointDocument,
  TogetherDeleteModelDocument,
  TogetherSaveEndpointDocument,
  TogetherSaveModelDocument,
  TogetherSeeDocument,
} from "../generated/operations.ts";
import type { Answer, Person } from "../support/sett.ts";
import { propertyNames, type Door, type SavedModel } from "./door.ts";

const project = { producer: "demo" };

/** An answer without errors, or an error of its own. */
async function acknowledged<Data>(asked: Promise<Answer<Data>>): Promise<Data> {
  const { data, errors } = await asked;
  if (!data || errors.length > 0) throw new Error(JSON.stringify(errors));
  return data;
}

/** Through the gateway, as somebody. */
export function graphDoor(person: Person): Door {
  const saveModel = async ({ name, canvasId, version }: SavedModel, renamedFrom?: string) => {
    const properties = propertyNames.map((property) => ({
      name: property,
      type: "string",
      description: version,
    }));
    const input = { project, name, renamedFrom: renamedFrom ?? null, lunchbadgerId: canvasId, properties };
    await acknowledged(person.ask(TogetherSaveModelDocument, { input }));
  };
  return {
    saveModel: (model) => saveModel(model),
    renameModel: (model, name) => saveModel({ ...model, name }, model.name),
    deleteModel: async (name) => {
      await acknowledged(person.ask(TogetherDeleteModelDocument, { input: { project, name } }));
    },
    saveEndpoint: async (id, url) => {
      const serviceEndpoint = { id, name: id, urls: [url] };
      await acknowledged(person.ask(TogetherSaveEndpointDocument, { input: { project, serviceEndpoint } }));
    },
    deleteEndpoint: async (id) => {
      await acknowledged(person.ask(TogetherDeleteEndpointDocument, { input: { project, id } }));
    },
    see: async () => {
      const data = await acknowledged(person.ask(TogetherSeeDocument, { producer: "demo" }));
      const { models, serviceEndpoints } = data.project ?? {};
      return {
        models: (models ?? []).map(({ name, lunchbadgerId, properties, config }) => ({
          name,
          canvasId: lunchbadgerId ?? "",
          versions: properties.map(({ description }) => description ?? ""),
          isConfigured: config !== null,
        })),
        endpoints: new Map((serviceEndpoints ?? []).map(({ id, urls }) => [id, urls[0] ?? ""])),
      };
    },
  };
}
