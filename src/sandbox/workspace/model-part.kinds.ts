import { commonAccessControls } from "./common.access.ts";
import { commonProperties, commonRelations } from "./common.models.ts";
import { embeddedKind, listedInside } from "./embedded.kind.ts";
import { idOf, serverFacet, without, type Kind } from "./entity.kind.ts";
import { blankIssues, formatIssues } from "./entity.rule.ts";
import { changePart, modelFiles, partOf } from "./model.file.ts";

/** Properties of models. */
export const propertyKind: Kind = embeddedKind({
  name: "ModelProperty",
  plural: "ModelProperties",
  part: "properties",
  common: commonProperties,
  issues: (entity) => [
    ...blankIssues(entity, "modelId", "facetName"),
    ...formatIssues(entity, "name", /^[-_a-zA-Z0-9]+$/),
  ],
  takenId: ({ modelId, name }) => idOf(modelId, name),
  read: (modelId, name, entry) => ({
    id: idOf(modelId, name),
    modelId,
    facetName: serverFacet,
    name,
    ...entry,
  }),
});

/** Relations between models; neither their type nor the other model is checked. */
export const relationKind: Kind = embeddedKind({
  name: "ModelRelation",
  plural: "ModelRelations",
  part: "relations",
  common: commonRelations,
  issues: (entity) => blankIssues(entity, "modelId", "facetName", "type"),
  takenId: ({ modelId, name }) => idOf(modelId, name),
  read: (modelId, name, entry) => ({
    id: idOf(modelId, name),
    modelId,
    facetName: serverFacet,
    ...entry,
    name,
  }),
});

/** Methods of models. Their id is their name, so a model's method takes the place of any other model's. */
export const methodKind: Kind = {
  ...embeddedKind({
    name: "ModelMethod",
    plural: "ModelMethods",
    part: "methods",
    common: [],
    issues: (entity) => blankIssues(entity, "modelId", "facetName"),
    takenId: ({ name }) => name,
    read: (modelId, name, entry) => {
      const bare = bareName(name);
      const isStatic = bare === name;
      const stray = { undefined: name };
      return { id: bare, modelId, facetName: serverFacet, isStatic, ...entry, name: bare, ...stray };
    },
    beforePut: (files, { name }) => {
      for (const { path, model } of modelFiles(files)) {
        const same = Object.keys(partOf(model, "methods")).filter(
          (each) => bareName(each) === bareName(String(name)),
        );
        if (same.length > 0) changePart(files, path, "methods", (methods) => without(methods, ...same));
      }
    },
  }),
  committed: false,
};

/** Validations of properties: what a project's files hold of them is told, and kept. */
export const validationKind: Kind = listedInside(
  "PropertyValidation",
  "PropertyValidations",
  "validations",
  [],
);

/** Access rules of models: what a project's files hold of them is told, and kept. */
export const accessControlKind: Kind = listedInside(
  "ModelAccessControl",
  "ModelAccessControls",
  "acls",
  commonAccessControls,
);

function bareName(name: string): string {
  return name.replace(/^prototype\./, "");
}
