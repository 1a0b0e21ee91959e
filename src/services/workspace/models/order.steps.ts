import type { Problem } from "../../../errors.ts";
import type { JsonObject } from "../json.ts";
import { largestBody } from "../loopback.answer.ts";
import { isSame } from "../merge/canonical.ts";
import type { Entities } from "../merge/merge.ts";
import { definitionBody, writtenDefinition } from "./model.bodies.ts";
import { putting, type ModelStep, type Writing } from "./model.steps.ts";
import { inOrder } from "./held.model.ts";
import { byPlace, groupIn, type ModelsState, type ReadModel } from "./model.reader.ts";

interface Moved {
  readonly name: string;
  readonly before: Entities;
  readonly after: Entities;
}

const sizeOf = (body: JsonObject) => Buffer.byteLength(JSON.stringify(body)) + 1;

/** As few bodies as the definitions fit into. */
function batches(moved: readonly Moved[]): readonly (readonly Moved[])[] {
  const found: Moved[][] = [];
  let room = 0;
  for (const each of moved) {
    const size = Math.max(...[each.before, each.after].map((of) => sizeOf(definitionBody(each.name, of))));
    if (size > room) {
      found.push([]);
      room = largestBody - 2;
    }
    found.at(-1)?.push(each);
    room -= size;
  }
  return found;
}

/** What is wrong with an order: names that nothing has, or that are there twice. */
export function orderProblems(names: readonly string[], { models }: ModelsState): readonly Problem[] {
  return names.flatMap((name, index) => {
    const field = `input.names.${index}`;
    if (names.indexOf(name) < index) return [{ field, message: `${name} is given twice` }];
    return models.has(name) ? [] : [{ field, message: `there is no model ${name}` }];
  });
}

/** The models in an order: those that are named, and then the others in theirs. */
function ordered(names: readonly string[], { models }: ModelsState): readonly ReadModel[] {
  const rank = ({ name }: ReadModel) => (names.includes(name) ? names.indexOf(name) : names.length);
  return [...models.values()].sort((one, other) => rank(one) - rank(other) || byPlace(one, other));
}

/** The steps that give models their places in an order: only those whose place differs are written. */
export function orderSteps(
  writing: Writing,
  names: readonly string[],
  state: ModelsState,
): readonly ModelStep[] {
  const moved = ordered(names, state).flatMap(({ name, entities: before }, index): readonly Moved[] => {
    if (before.get("definition/itemOrder") === index) return [];
    return [{ name, before, after: inOrder(new Map([...before, ["definition/itemOrder", index]])) }];
  });
  const write = (batch: readonly Moved[], which: "before" | "after") => {
    const bodies = batch.map((each) => definitionBody(each.name, each[which]));
    return putting(writing, "ModelDefinitions", bodies, "the order of the models");
  };
  return batches(moved).map((batch) => ({
    title: `Write the places of ${batch.map(({ name }) => name).join(", ")}`,
    apply: write(batch, "after"),
    isDone: ({ models: there }) =>
      batch.every(({ name, after }) =>
        isSame(
          Object.fromEntries(groupIn(there.get(name)?.entities, "definition")),
          writtenDefinition(after),
        ),
      ),
    undo: write(batch, "before"),
  }));
}
