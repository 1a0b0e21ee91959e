import { commonModels } from "./common.models.ts";
import { idOf, serverFacet, sorted, without, type Kind } from "./entity.kind.ts";
import type { Entity } from "./loopback.body.ts";
import type { Issue } from "./loopback.error.ts";
import { changePart, fileOfModel, idOfModel, modelFiles, modelPath, partOf } from "./model.file.ts";
import type { Files } from "./project.disk.ts";

/** What makes a kind whose things are kept in their models' files, by name. */
export interface EmbeddedKind {
  name: string;
  plural: string;
  /** The part of the model's file. */
  part: string;
  common: readonly Entity[];
  issues(entity: Entity): Issue[];
  takenId(entity: Entity): unknown;
  read(modelId: string, name: string, entry: Entity): Entity;
  beforePut?(files: Files, entity: Entity): void;
}

/** A kind whose things are kept in their models' files. */
export function embeddedKind({
  name,
  plural,
  part,
  common,
  issues,
  takenId,
  read,
  beforePut,
}: EmbeddedKind): Kind {
  const list = (files: Files): Entity[] =>
    sorted([
      ...common,
      ...modelFiles(files).flatMap(({ model }) =>
        Object.entries(partOf(model, part)).map(([key, entry]) =>
          read(idOfModel(model), key, entry as Entity),
        ),
      ),
    ]);

  return {
    name,
    plural,
    committed: true,
    relations: {},
    list,
    taken: (body, files) => {
      const id = takenId(body);
      const facetName = facetOf(files, String(body["modelId"])) ?? body["facetName"];
      return {
        ...(id === undefined ? {} : { id }),
        modelId: body["modelId"],
        facetName,
        ...without(body, "id", "modelId", "facetName"),
      };
    },
    issues,
    put: (files, entity, before) => {
      // The model is looked for when the write begins; if it is deleted meanwhile, a file without a name is left.
      const path = fileOfModel(before, String(entity["modelId"]));
      if (path === undefined) return;
      beforePut?.(files, entity);
      const entry = without(entity, "id", "modelId", "facetName", "name");
      changePart(files, path, part, (entries) => ({ ...entries, [String(entity["name"])]: entry }));
    },
    remove: (files, id) => {
      let removed = 0;
      for (const { path, model } of modelFiles(files)) {
        const keys = Object.entries(partOf(model, part))
          .filter(([key, entry]) => read(idOfModel(model), key, entry as Entity)["id"] === id)
          .map(([key]) => key);
        if (keys.length > 0) changePart(files, path, part, (entries) => without(entries, ...keys));
        removed += keys.length;
      }
      return removed;
    },
    ownFile: ({ modelId }) => modelPath(String(modelId).replace(/^server\./, "")),
  };
}

/** What a model's file holds as a list, by position; it is not to be changed over HTTP. */
export function listedInside(name: string, plural: string, part: string, common: readonly Entity[]): Kind {
  return {
    name,
    plural,
    committed: true,
    relations: {},
    list: (files) =>
      sorted([
        ...common,
        ...modelFiles(files).flatMap(({ model }) =>
          ((model[part] ?? []) as Entity[]).map((entry, index) => {
            const modelId = idOfModel(model);
            return { id: idOf(modelId, index), modelId, facetName: serverFacet, ...entry, index };
          }),
        ),
      ]),
    taken: (body) => body,
    issues: () => [],
    put: () => undefined,
    remove: () => 0,
  };
}

/** A model lends its facet to what is posted for it. */
function facetOf(files: Files, modelId: string): unknown {
  if (fileOfModel(files, modelId) !== undefined) return serverFacet;
  return commonModels.find(({ id }) => id === modelId)?.["facetName"];
}
