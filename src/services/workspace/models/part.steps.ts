import type { JsonObject } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import type { Entities } from "../merge/merge.ts";
import { methodBody, partBody, partId } from "./model.bodies.ts";
import { modelId } from "./model.names.ts";
import { isSameGroup, partsIn } from "./model.reader.ts";
import { putting, type ModelStep, type Writing } from "./model.steps.ts";

type Parts = ReadonlyMap<string, JsonObject>;

const listed = (names: Iterable<string>) => [...names].join(", ");

function difference(before: Parts, wanted: Parts) {
  return {
    changed: new Map([...wanted].filter(([name, part]) => !isSame(before.get(name), part))),
    gone: [...before.keys()].filter((name) => !wanted.has(name)),
  };
}

/** The steps that write properties: those that differ in one call, and one for each that goes. */
export function propertySteps(
  writing: Writing,
  model: string,
  before: Entities | undefined,
  wanted: Entities,
): readonly ModelStep[] {
  const { grant, workspaceApi } = writing;
  const old = partsIn(before, "properties");
  const { changed, gone } = difference(old, partsIn(wanted, "properties"));
  const write = (parts: Parts) => {
    const bodies = Array.from(parts, ([name, part]) => partBody(model, name, part));
    return putting(writing, "ModelProperties", bodies, `the properties of ${model}`);
  };
  const remove = (name: string) => workspaceApi.remove(grant, "ModelProperties", partId(model, name));
  const restored = write(new Map([...old].filter(([name]) => changed.has(name))));
  const added = [...changed.keys()].filter((name) => !old.has(name));

  const writes: ModelStep = {
    title: `Write the properties ${listed(changed.keys())} of ${model}`,
    apply: write(changed),
    isDone: ({ models }) => {
      const there = partsIn(models.get(model)?.entities, "properties");
      return [...changed].every(([name, part]) => isSame(there.get(name), part));
    },
    undo: async () => {
      if (old.size === 0) return workspaceApi.removeParts(grant, modelId(model), "properties");
      await restored();
      for (const name of added) await remove(name);
    },
  };
  const removals = gone.map((name): ModelStep => ({
    title: `Delete the property ${name} of ${model}`,
    apply: () => remove(name),
    isDone: ({ models }) => !partsIn(models.get(model)?.entities, "properties").has(name),
    undo: write(new Map([...old].filter(([each]) => each === name))),
  }));
  return [...(changed.size > 0 ? [writes] : []), ...removals];
}

/** Where the methods of a model that is not there yet come from. */
interface Origin {
  readonly model: string;
  readonly entities: Entities;
}

const kinds = {
  relations: { collection: "ModelRelations", body: partBody },
  methods: { collection: "ModelMethods", body: methodBody },
} as const;

/**
 * The step that writes relations or methods, if they differ. Where some go, all are taken away and those that stay
 * are put back: an id alone does not tell whose a method is. A method that is written for one model goes from the
 * other that had it, so what comes from another is put back there.
 */
export function listSteps(
  writing: Writing,
  group: keyof typeof kinds,
  model: string,
  before: Entities | undefined,
  wanted: Entities,
  origin?: Origin,
): readonly ModelStep[] {
  if (isSameGroup(before, wanted, group)) return [];
  const { grant, workspaceApi } = writing;
  const { collection, body } = kinds[group];
  const write = (owner: string, parts: Parts) => {
    const bodies = Array.from(parts, ([name, part]) => body(owner, name, part));
    return putting(writing, collection, bodies, `the ${group} of ${owner}`);
  };
  const clear = () => workspaceApi.removeParts(grant, modelId(model), group);
  const old = partsIn(before, group);
  const all = partsIn(wanted, group);
  const { changed, gone } = difference(old, all);
  const [writeAll, writeChanged] = [write(model, all), write(model, changed)];
  const putBack = origin ? write(origin.model, partsIn(origin.entities, group)) : write(model, old);
  return [
    {
      title: `Write the ${group} of ${model}`,
      apply: async () => {
        if (gone.length === 0) return writeChanged();
        await clear();
        return writeAll();
      },
      isDone: ({ models }) => isSameGroup(models.get(model)?.entities, wanted, group),
      undo: async () => {
        await clear();
        await putBack();
      },
    },
  ];
}
