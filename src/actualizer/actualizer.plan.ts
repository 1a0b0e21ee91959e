import pLimit from "p-limit";
import type { Controller } from "./controller/controller.ts";
import type { Projector } from "./projecting/projector.ts";
import type { PlatformSource } from "./sources/platform.source.ts";

/** What would be done, in words by what it is about; what is as it is to be is not in it. */
export type Plan = Readonly<Record<string, readonly string[]>>;

interface Means {
  readonly source: Pick<PlatformSource, "list">;
  readonly projector: Pick<Projector, "plan">;
  /** By the plural of their kind, as the resources are. */
  readonly controllers: Readonly<Record<string, Pick<Controller, "plan">>>;
  readonly resources: Readonly<Record<string, { readonly names: () => readonly string[] }>>;
  readonly signal: AbortSignal;
}

const sideBySide = 8;

/** Looks at everything that is saved and at everything that runs, and writes nothing. */
export async function planAll({ source, projector, controllers, resources, signal }: Means): Promise<Plan> {
  const saved = (await source.list(signal)).map(({ producer }) => producer);
  const producers = [...new Set([...saved, ...(resources["producers"]?.names() ?? [])])].sort();
  const named = (kind: string) => (resources[kind]?.names() ?? []).toSorted();
  const looks: readonly (readonly [about: string, look: () => Promise<readonly string[]>])[] = [
    ...producers.map((name) => [name, () => projector.plan(name)] as const),
    ...Object.entries(controllers).flatMap(([kind, controller]) =>
      named(kind).map((name) => [`${kind}/${name}`, () => controller.plan(name)] as const),
    ),
  ];
  const found = await pLimit(sideBySide).map(looks, async ([about, look]) => {
    signal.throwIfAborted();
    return [about, await look()] as const;
  });
  return Object.fromEntries(found.filter(([, words]) => words.length > 0));
}
