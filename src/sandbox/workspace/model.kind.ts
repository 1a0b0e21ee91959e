import { commonModels } from "./common.models.ts";
import {
  accessControlKind,
  methodKind,
  propertyKind,
  relationKind,
  validationKind,
} from "./model-part.kinds.ts";
import { idOf, serverFacet, sorted, without, type Kind } from "./entity.kind.ts";
import { blankIssues, formatIssues, uniquenessIssues } from "./entity.rule.ts";
import type { Entity } from "./loopback.body.ts";
import { fileError, LoopbackError } from "./loopback.error.ts";
import { embeddedParts, fileOfModel, idOfModel, modelFiles, modelPath, scriptPath } from "./model.file.ts";
import { parsed, type Files } from "./project.disk.ts";
import { projectRoot, written } from "./project.template.ts";

/** What belongs to a model, by the name it has in paths and includes. */
export const modelParts: Readonly<Record<string, Kind>> = {
  properties: propertyKind,
  relations: relationKind,
  methods: methodKind,
  validations: validationKind,
  accessControls: accessControlKind,
};

/** Models: each in a file of its own, with everything that belongs to it. */
export const modelKind: Kind = {
  name: "ModelDefinition",
  plural: "ModelDefinitions",
  committed: true,
  relations: Object.fromEntries(
    Object.entries(modelParts).map(([part, kind]) => [
      part,
      (files: Files, id: string) => kind.list(files).filter((each) => each["modelId"] === id),
    ]),
  ),
  list,
  taken: (body) => ({
    ...without(body, ...embeddedParts),
    id: idOf(body["facetName"], body["name"]),
  }),
  issues: (entity, files, sentId) => [
    ...blankIssues(entity, "facetName", "name", "name"),
    ...formatIssues(entity, "name", /^[-_a-zA-Z0-9]+$/),
    ...uniquenessIssues(entity, sentId, list(files)),
  ],
  put: (files, entity) => {
    if (entity["facetName"] !== serverFacet) return;
    const name = String(entity["name"]);
    const path = modelPath(name);
    if (path.length - path.lastIndexOf("/") > 256)
      throw fileError("ENAMETOOLONG", "open", `${projectRoot}/${path}`);
    const stored = parsed(files, path);
    // Of another model with the same file, nothing is left.
    const kept = stored["name"] === name ? embeddedParts.map((part) => [part, stored[part]]) : [];
    const own = without(entity, "id", "facetName", "readonly", "configFile");
    files.set(path, written({ ...own, ...blankParts, ...Object.fromEntries(kept) }));
    const script = scriptPath(path);
    const content = `'use strict';\n\nmodule.exports = function(${name}) {\n\n};\n`;
    if (!files.has(script)) files.set(script, content);
  },
  remove: (files, id) => {
    if (id.startsWith("common.")) {
      throw new LoopbackError(500, `Cannot remove readonly model undefined${id}`);
    }
    const path = fileOfModel(files, id);
    if (path === undefined) throw new LoopbackError(500, `ModelDefinition ${id} does not exist`);
    files.delete(path);
    const script = scriptPath(path);
    if (!files.delete(script)) throw fileError("ENOENT", "unlink", `${projectRoot}/${script}`);
    return 1;
  },
  ownFile: (entity) => modelPath(String(entity["name"])),
};

const blankParts = { properties: {}, validations: [], relations: {}, acls: [], methods: {} };

function list(files: Files): Entity[] {
  const own = modelFiles(files).map(({ path, model }) => ({
    id: idOfModel(model),
    facetName: serverFacet,
    readonly: false,
    ...without(model, ...embeddedParts),
    configFile: path,
  }));
  return sorted([...commonModels, ...own]);
}
