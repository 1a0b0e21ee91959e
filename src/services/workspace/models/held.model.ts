import type { Json, JsonObject } from "../json.ts";
import { revisionOf } from "../merge/canonical.ts";
import { madeOnce } from "../merge/made.once.ts";
import type { Entities } from "../merge/merge.ts";
import type { StoredModel, StoredModelConfig } from "../workspace-api.client.ts";
import { setFields, type ModelGroup } from "./model.fields.ts";

/** One spelling of the order, which means nothing here, so that no merge finds it changed. */
export function inOrder(entities: Iterable<readonly [string, Json]>): Entities {
  return new Map([...entities].sort(([one], [other]) => (one < other ? -1 : 1)));
}

/**
 * What a revision is a revision of, and what is remembered of it. Validations and access rules are in it, although no
 * save can change them: who deletes a model deletes them, too.
 */
export function documentOf({
  entities,
  validations,
  acls,
}: {
  readonly entities: Entities;
  readonly validations: readonly JsonObject[];
  readonly acls: readonly JsonObject[];
}): JsonObject {
  return { ...Object.fromEntries(entities), validations, acls };
}

function fieldEntities(group: ModelGroup, answered: object): (readonly [string, Json])[] {
  return setFields(group, answered).map(([field, value]) => [`${group}/${field}`, value]);
}

function partEntities(
  group: ModelGroup,
  parts: readonly { readonly name: string }[],
): (readonly [string, Json])[] {
  return parts.map((part) => [`${group}/${part.name}`, Object.fromEntries(setFields(group, part))]);
}

const placed = ["id", "modelId", "facetName", "index"];

/** Items of a list in a model's file, in their order there and without what the workspace adds. */
function listed(items: readonly object[]): readonly JsonObject[] {
  const place = (item: object) => Number((item as JsonObject)["index"] ?? 0);
  return items
    .toSorted((one, other) => place(one) - place(other))
    .map((item) =>
      Object.fromEntries(Object.entries(item as JsonObject).filter(([field]) => !placed.includes(field))),
    );
}

/** What is made of a model and its config, once: an answer that still holds is the same when it is asked for again. */
class Held {
  readonly #model: StoredModel;
  readonly #config: StoredModelConfig | undefined;
  #entities: Entities | undefined;
  #revision: string | undefined;

  constructor(model: StoredModel, config: StoredModelConfig | undefined) {
    this.#model = model;
    this.#config = config;
  }

  get entities(): Entities {
    const [model, config] = [this.#model, this.#config];
    return (this.#entities ??= inOrder([
      ...fieldEntities("definition", model),
      ...(config ? fieldEntities("config", config) : []),
      ...partEntities("properties", model.properties),
      ...partEntities("relations", model.relations),
      ...partEntities("methods", model.methods),
    ]));
  }

  get validations() {
    return listed(this.#model.validations);
  }

  get acls() {
    return listed(this.#model.accessControls);
  }

  get revision(): string {
    return (this.#revision ??= revisionOf(documentOf(this)));
  }
}

/** In place of the config of a model that has none. */
export const unused = {};

/** What is made of a model and its config. */
export const heldBy = madeOnce((model: StoredModel) =>
  madeOnce(
    (config: object) => new Held(model, config === unused ? undefined : (config as StoredModelConfig)),
  ),
);
