import type {
  EnvironmentFacts,
  ListedProducer,
  PlatformSource,
  ProducerFacts,
} from "../../../src/actualizer/sources/platform.source.ts";
import { noOptions } from "../../../src/services/environment.options.ts";
import { fileOf } from "../actualizer.source.ts";

/** What is on a canvas, as far as it counts here. */
export interface Drawn {
  readonly disabled?: boolean;
  /** The names of its gateways, which are also their ids. */
  readonly gateways?: readonly string[];
}

/** The file that a canvas with such things on it is saved in. */
export const drawn = (producer: string, env: string, { gateways = [], ...rest }: Drawn = {}) =>
  fileOf(
    { ...rest, gateways: gateways.map((name) => ({ id: name, name, pipelines: [] })) },
    `${producer}-${env}`,
  );

interface Saved {
  readonly login: string;
  readonly environments: Map<string, EnvironmentFacts>;
  /** Repositories that are there, and are no environments. */
  readonly others: Set<string>;
  updates: number;
}

/** What people have saved, with whatever can go wrong when it is asked for. */
export class SavedPlatform implements PlatformSource {
  readonly #saved = new Map<string, Saved>();
  /** Whom anybody has asked for, in order. */
  readonly reads: string[] = [];
  lists = 0;
  /** What listing answers in place of all there is. */
  listing: "whole" | "fails" | "empty" | ReadonlySet<string> = "whole";
  /** Who cannot be asked for. */
  readonly unreachable = new Set<string>();
  /** Let in between a question and its answer. */
  beforeAnswer: (producer: string) => Promise<void> = async () => undefined;

  /** Somebody saves an environment, with a canvas on which a project is drawn unless it is said otherwise. */
  save(
    producer: string,
    env: string,
    facts: Partial<EnvironmentFacts> & { readonly drawn?: Drawn } = {},
  ): void {
    const { drawn: what, ...rest } = facts;
    const saved = this.#saved.get(producer) ?? {
      login: `customer-${producer}`,
      environments: new Map<string, EnvironmentFacts>(),
      others: new Set<string>(),
      updates: 0,
    };
    saved.updates += 1;
    saved.others.delete(env);
    saved.environments.set(env, {
      env,
      repository: { owner: saved.login, name: env, commit: "0123456789abcdef" },
      functionsRepository: { owner: saved.login, name: "functions" },
      document: drawn(producer, env, what),
      models: [],
      functions: [],
      options: noOptions,
      ...rest,
    });
    this.#saved.set(producer, saved);
  }

  drop(producer: string, env?: string): void {
    if (env === undefined) this.#saved.delete(producer);
    else {
      this.#saved.get(producer)?.environments.delete(env);
      this.#saved.get(producer)?.others.delete(env);
    }
  }

  /** The repository stays, and is not found as an environment any more. */
  unmark(producer: string, env: string): void {
    this.drop(producer, env);
    this.#saved.get(producer)?.others.add(env);
  }

  async list(): Promise<readonly ListedProducer[]> {
    this.lists += 1;
    if (this.listing === "fails") throw new Error("only half of it could be read");
    if (this.listing === "empty") return [];
    const { listing } = this;
    const named = [...this.#saved].filter(([name]) => listing === "whole" || listing.has(name));
    return named.map(([producer, { login, environments, updates }]) => ({
      producer,
      login,
      repositories: [...environments.keys()].map((name, index) => ({
        ...{ id: index + 1, name, description: "", branch: "master" },
        updatedAt: `update ${updates}`,
      })),
    }));
  }

  async read(
    producer: string,
    _signal?: AbortSignal,
    expected: readonly string[] = [],
  ): Promise<ProducerFacts | undefined> {
    this.reads.push(producer);
    if (this.unreachable.has(producer)) throw new Error("Gitea does not answer");
    const saved = this.#saved.get(producer);
    const facts = saved && {
      ...{ producer, login: saved.login, environments: [...saved.environments.values()] },
      lost: expected
        .filter((env) => !saved.environments.has(env))
        .map((env) => ({ env, because: saved.others.has(env) ? "It is not marked." : undefined })),
    };
    await this.beforeAnswer(producer);
    return facts;
  }
}
