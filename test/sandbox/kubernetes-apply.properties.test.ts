import fc from "fast-check";
import { expect, it } from "vitest";
import { afterUpdate, managersOf } from "../../src/sandbox/kubernetes/managed.fields.ts";
import type { ClusterObject, Fields } from "../../src/sandbox/kubernetes/kubernetes.object.ts";
import { apply } from "../../src/sandbox/kubernetes/object.apply.ts";
import { deployments, type Resource } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { StatusError } from "../../src/sandbox/kubernetes/status.error.ts";

const resource = deployments as unknown as Resource;
const managers = ["one", "two", "three"] as const;
type Settings = Readonly<Record<string, string>>;

const settings = fc.dictionary(fc.constantFrom("a", "b", "c", "d"), fc.constantFrom("1", "2"), {
  noNullPrototype: true,
});
const step = fc.record({
  manager: fc.constantFrom(...managers),
  how: fc.constantFrom("apply" as const, "force" as const, "update" as const),
  labels: settings,
  env: settings,
});

const itemsOf = (env: Settings): Fields[] => Object.entries(env).map(([name, value]) => ({ name, value }));
const bodyOf = (labels: Settings, env: Settings): Fields => ({
  metadata: Object.keys(labels).length > 0 ? { labels } : {},
  spec: { template: { spec: { containers: [{ name: "main", env: itemsOf(env) }] } } },
});

/** All that is set in an object: labels by their names, variables by theirs. */
function settingsOf(object: Fields): Map<string, unknown> {
  const { metadata, spec } = object as {
    metadata?: { labels?: Settings };
    spec?: { template: { spec: { containers: { env?: { name: string; value?: string }[] }[] } } };
  };
  const env = spec?.template.spec.containers.flatMap((each) => each.env ?? []) ?? [];
  const labels = Object.entries(metadata?.labels ?? {}).map(([name, value]): [string, unknown] => [
    `label ${name}`,
    value,
  ]);
  // Whoever is made to give up what a variable is still wants it to be there.
  const items = env.flatMap(({ name, value }): [string, unknown][] => [
    [`env ${name}`, "there"],
    ...(value === undefined ? [] : [[`env ${name} value`, value] as [string, unknown]]),
  ]);
  return new Map([...labels, ...items]);
}

interface Model {
  /** What is there, by whom: what nobody owns any more is gone, unless it was written by hand. */
  values: Map<string, unknown>;
  owners: Map<string, Set<string>>;
}

const ownersIn = (model: Model, place: string): Set<string> => model.owners.get(place) ?? new Set();

/** Applies to the model; undefined where that is a conflict. */
function modelled(
  { values, owners }: Model,
  manager: string,
  wanted: Map<string, unknown>,
  isForced: boolean,
): Model | undefined {
  const next: Model = {
    values: new Map(values),
    owners: new Map([...owners].map(([place, all]) => [place, new Set(all)])),
  };
  const left = [...next.owners].filter(([place, all]) => !wanted.has(place) && all.delete(manager));
  // What is somebody's keeps what it is in.
  const isHeld = (place: string): boolean =>
    ownersIn(next, place).size + ownersIn(next, `${place} value`).size > 0;
  for (const [place] of left) if (!isHeld(place)) next.values.delete(place);
  for (const [place, value] of wanted) {
    const others = [...ownersIn(next, place)].filter((each) => each !== manager);
    const isOther = values.get(place) !== value;
    if (isOther && others.length > 0 && !isForced) return undefined;
    next.owners.set(place, new Set(isOther ? [manager] : [...others, manager]));
    next.values.set(place, value);
  }
  return next;
}

it("each field ends with what those who own it want: whoever applies what, in whatever order, by force or not", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      let object: Fields = {};
      let managedFields: readonly Fields[] = [];
      let model: Model = { values: new Map(), owners: new Map() };
      for (const { manager, how, labels, env } of steps) {
        const wanted = bodyOf(labels, env);
        const known = managersOf({ metadata: { managedFields } } as unknown as ClusterObject);
        const own = settingsOf(wanted);
        if (how === "update") {
          // Writes all of it, in an ordinary way, under a name that applies nothing.
          const writer = { manager: `${manager}-hand`, operation: "Update" as const, subresource: "" };
          managedFields = afterUpdate(resource, object, wanted, writer, known);
          const owners = new Map(
            [...own].map(([place, value]) => [
              place,
              model.values.get(place) === value ? ownersIn(model, place) : new Set([writer.manager]),
            ]),
          );
          [object, model] = [wanted, { values: own, owners }];
          continue;
        }
        const isForced = how === "force";
        const applier = { manager, operation: "Apply" as const, subresource: "", isForced };
        const next = modelled(model, manager, own, isForced);
        if (next === undefined) {
          expect(() => apply(resource, object, known, wanted, applier)).toThrow(StatusError);
          continue;
        }
        ({ object, managedFields } = apply(resource, object, known, wanted, applier));
        model = next;
        expect(new Map([...settingsOf(object)].sort())).toEqual(new Map([...model.values].sort()));
        const again = apply(
          resource,
          object,
          managersOf({ metadata: { managedFields } } as unknown as ClusterObject),
          wanted,
          applier,
        );
        expect(again).toEqual({ object, managedFields });
      }
    }),
    { numRuns: 500 },
  );
});
