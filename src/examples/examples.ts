import { dataSources, models, project } from "./canvas.examples.ts";
import type { ExampleGroup, ExamplePlace, ExampleRole } from "./example.ts";
import { consumers, gateways } from "./gateway.examples.ts";
import { subscriptions } from "./live.examples.ts";
import { permissions, sharing, viewer } from "./people.examples.ts";
import { environments, platform, producers } from "./platform.examples.ts";
import { files, repo } from "./repo.examples.ts";
import { deployments, functions, pods } from "./running.examples.ts";

const sources = [
  ...[viewer, permissions, sharing, producers, repo, project, models, dataSources, files],
  ...[functions, gateways, consumers, environments, deployments, pods, subscriptions, platform],
];

/**
 * The examples about a place. Where it is known who is there, each says as whom it runs; elsewhere none does, and those
 * that show a refusal are left out: whom it would refuse there, nobody knows.
 */
export function examplesFor(
  place: ExamplePlace,
  people?: Readonly<Record<ExampleRole, string>>,
): readonly ExampleGroup[] {
  const groups = sources.map(({ noun, examples }) => ({
    noun,
    examples: examples(place).flatMap(({ by, ...example }) => {
      if (people) return [{ ...example, as: people[by] }];
      return example.refused === undefined ? [example] : [];
    }),
  }));
  return groups.filter(({ examples }) => examples.length > 0);
}
