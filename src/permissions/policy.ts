import { Forbidden, NotFound, SettError } from "../errors.ts";
import type { Age, Lookups } from "../loaders/lookups.ts";
import type { Metrics } from "../metrics.ts";
import type { Tracing } from "../tracing/tracing.ts";
import { nounOf, type Noun, type Permission } from "./catalogue.ts";
import type { GrantOf } from "./grant.ts";
import { Decisions, type Decision, type DecisionMeans } from "./policy.decisions.ts";
import { asRefusal } from "./refusals.ts";
import { readSubject, subjectKey, type RepositoryName, type Subject } from "./subject.ts";

/** Decides, for one request, what its caller may do. */
export interface Policy {
  /** The grant, or the refusal as an error. */
  readonly require: <Asked extends Permission>(
    permission: Asked,
    value: unknown,
    age?: Age,
  ) => Promise<GrantOf<Asked>>;
  /** The same question as a yes or no; an outage is neither, and is thrown. */
  readonly can: (permission: Permission, value: unknown) => Promise<boolean>;
  /** Drops what was decided about a repository, because somebody has just changed it. */
  readonly forget: (name: RepositoryName) => void;
}

interface Means extends DecisionMeans {
  readonly metrics: Metrics;
  readonly tracing?: Tracing | undefined;
}

/** How a noun is called in the answer that hides it. */
const hiddenNouns: Record<Noun, string> = {
  viewer: "viewer",
  platform: "platform",
  producer: "producer",
  repo: "repository",
  project: "project",
  functions: "project",
  pod: "pod",
};

const outcomeOf = (decision: Decision) => (typeof decision === "string" ? decision : "granted");

/** A class: every request has a policy, and makes none of its functions anew. */
class RequestPolicy implements Policy {
  readonly #lookups: Lookups;
  readonly #metrics: Metrics;
  readonly #tracing: Tracing | undefined;
  readonly #decisions: Decisions;
  readonly #decided = new Map<string, Promise<Decision>>();

  constructor(means: Means) {
    this.#lookups = means.lookups;
    this.#metrics = means.metrics;
    this.#tracing = means.tracing;
    this.#decisions = new Decisions(means);
  }

  async require<Asked extends Permission>(
    permission: Asked,
    value: unknown,
    age: Age = "recent",
  ): Promise<GrantOf<Asked>> {
    const decision = await this.#ask(permission, value, age);
    if (decision === "lacking") throw asRefusal(new Forbidden(permission), { permission, value });
    if (decision === "absent") {
      throw asRefusal(new NotFound(hiddenNouns[nounOf(permission)]), { permission, value });
    }
    return decision as GrantOf<Asked>;
  }

  async can(permission: Permission, value: unknown): Promise<boolean> {
    try {
      return typeof (await this.#ask(permission, value, "recent")) !== "string";
    } catch (error) {
      if (error instanceof SettError && error.code === "FORBIDDEN") return false;
      throw error;
    }
  }

  forget(name: RepositoryName): void {
    this.#lookups.forget(name);
    this.#decided.clear();
  }

  #ask(permission: Permission, value: unknown, age: Age): Promise<Decision> {
    const subject = readSubject[nounOf(permission)](value);
    const key = `${permission} ${subjectKey(subject)}`;
    const known = this.#decided.get(key);
    if (known && age === "recent") return known;
    const decision = this.#decide(permission, subject, age).then((made) => {
      this.#metrics.decisions.inc(permission, outcomeOf(made));
      return made;
    });
    this.#decided.set(key, decision);
    decision.catch(() => this.#decided.delete(key));
    return decision;
  }

  #decide(permission: Permission, subject: Subject, age: Age): Promise<Decision> {
    if (!this.#tracing) return this.#decisions.decide(permission, subject, age);
    const facts = { "sett.permission": permission, "sett.subject": subjectKey(subject) };
    return this.#tracing.within({ name: `permission ${permission}`, facts }, async (span) => {
      const made = await this.#decisions.decide(permission, subject, age);
      span?.tell({ "sett.outcome": outcomeOf(made) });
      return made;
    });
  }
}

export const createPolicy = (means: Means): Policy => new RequestPolicy(means);
