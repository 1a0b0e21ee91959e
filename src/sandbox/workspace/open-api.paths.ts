import type { Entity } from "./loopback.body.ts";
import { ownMethods, relatedMethods, storedMethods, type Method } from "./open-api.methods.ts";

/** A model with all that says what is served of it. */
export interface ServedModel {
  name: string;
  /** Where it is served, below the base path. */
  path: string;
  /** Whether it is stored, and so has the methods of stored models. */
  isStored: boolean;
  relations: readonly Entity[];
  methods: readonly Entity[];
}

/** The paths of a model: the methods of stored models, those through its relations, and its own. */
export function pathsOf(model: ServedModel): Record<string, Entity> {
  const methods = [
    ...(model.isStored ? storedMethods(model.name) : []),
    ...model.relations.flatMap(relatedMethods),
    ...model.methods.flatMap(ownMethods),
  ];
  const paths: Record<string, Entity> = {};
  for (const method of methods) {
    const path = `${model.path}${method.path}`;
    paths[path] = { ...paths[path], [method.verb]: operationOf(model.name, method) };
  }
  return paths;
}

function operationOf(model: string, { name, summary, parameters = [], returns }: Method): Entity {
  const [status, description] = returns === undefined ? ["204", "Done"] : ["200", "Answered"];
  return {
    tags: [model],
    summary,
    operationId: `${model}.${name}`,
    parameters,
    responses: { [status]: { description, ...(returns === undefined ? {} : { schema: returns }) } },
    deprecated: false,
  };
}
