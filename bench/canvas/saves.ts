import { deepStrictEqual } from "node:assert/strict";
import type { Caller } from "./caller.ts";
import { costOf, type CanvasPlatform, type CanvasSample } from "./canvas.sample.ts";
import type { GraphCanvas } from "./graph.canvas.ts";
import { modelOfTwenty, renamed, withOneChange, type SavedModel } from "./saved.model.ts";
import type { StraightCanvas } from "./straight.canvas.ts";

/** The cases, in the order in which they are done. */
export const saveCases = ["a new model", "one property changed", "renamed"] as const;

/** What each case has cost. */
export type SaveCosts = readonly CanvasSample[];

/** A way to save models. */
export interface SaveWay {
  readonly name: string;
  /** Saves a model, once and for all, and tells what is wrong with what it was answered. */
  readonly save: (model: SavedModel, previous?: SavedModel) => Promise<void>;
}

/** The calls straight at the workspace. */
export const straightWay = ({ save }: StraightCanvas): SaveWay => ({ name: "Straight", save });

/** The gateway's one, which is told the revision that the last one answered with. */
export function graphWay({ save }: GraphCanvas): SaveWay {
  let revision = "";
  return {
    name: "Graph",
    save: async (model, previous) => {
      const answer = await save(model, previous && { name: previous.name, revision });
      revision = answer.model.revision;
      const { outcome, model: saved } = answer;
      deepStrictEqual(
        { outcome, name: saved.name, properties: saved.properties },
        { outcome: "SAVED", name: model.name, properties: model.properties },
      );
    },
  };
}

type Stored = Omit<SavedModel, "config"> & { readonly [field: string]: unknown };

const picked = (parts: readonly object[], ...fields: readonly string[]) =>
  parts
    .map((part) => Object.fromEntries(Object.entries(part).filter(([field]) => fields.includes(field))))
    .sort((one, other) => (String(one["name"]) < String(other["name"]) ? -1 : 1));

const shown = ({
  plural,
  lunchbadgerId,
  itemOrder,
  properties,
  relations,
  methods,
}: Omit<SavedModel, "config">) => ({
  plural,
  lunchbadgerId,
  itemOrder,
  properties: picked(properties, "name", "type", "description"),
  relations: picked(relations, "name", "type", "model"),
  methods: picked(methods, "name", "description"),
});

/** Throws unless the workspace has a model as it was saved, and nothing of its old name. */
async function checkStored({ read }: StraightCanvas, model: SavedModel, oldName: string): Promise<void> {
  const models = (await read("models")) as readonly Stored[];
  const configs = (await read("configs")) as readonly (SavedModel["config"] & { readonly name: string })[];
  const stored = models.find(({ name }) => name === model.name);
  deepStrictEqual(stored && shown(stored), shown(model));
  deepStrictEqual(
    picked(
      configs.filter(({ name }) => name === model.name),
      "dataSource",
      "public",
    ),
    [model.config],
  );
  if (oldName === model.name) return;
  deepStrictEqual(
    [...models, ...configs].filter(({ name }) => name === oldName),
    [],
  );
}

/** Makes a model, changes it and renames it, and tells what each cost. */
export async function playSaves(
  means: { readonly platform: CanvasPlatform; readonly caller: Caller; readonly checks: StraightCanvas },
  way: SaveWay,
  round: number,
): Promise<{ readonly costs: SaveCosts; readonly leaves: string }> {
  const model = modelOfTwenty(`${way.name}${round}`);
  const changed = withOneChange(model);
  const called = renamed(changed, `${model.name}Renamed`);
  const changes: readonly (readonly [SavedModel, SavedModel | undefined])[] = [
    [model, undefined],
    [changed, model],
    [called, changed],
  ];
  const costs: CanvasSample[] = [];
  for (const [wanted, previous] of changes) {
    costs.push(await costOf(means.platform, means.caller, () => way.save(wanted, previous)));
    await checkStored(means.checks, wanted, previous?.name ?? wanted.name);
  }
  return { costs, leaves: called.name };
}
