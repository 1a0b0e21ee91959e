import { isPodKind, type PodKind } from "../live/pod.kind.ts";
import { fromGlobalId } from "../schema/global-id.ts";
import type { Noun } from "./catalogue.ts";

/** A repository's name as asked for; Gitea does not mind the case of letters. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/** A producer's environment as asked for. */
export interface ProjectName {
  readonly producer: string;
  readonly env: string;
}

/** A pod as asked for. */
export interface PodName extends ProjectName {
  readonly pod: string;
  readonly kind: PodKind;
}

/** What a permission is asked about. */
export type Subject = undefined | string | RepositoryName | ProjectName | PodName;

const text = (value: unknown, key: string): string => {
  const found: unknown = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  if (typeof found !== "string") throw new TypeError(`A permission's subject has no ${key}.`);
  return found;
};

/** The environment that every producer has: who speaks of all functions of a producer means those there. */
const firstEnvironment = "dev";

/** Functions by the producer's name, or by the id of something that belongs to them; the id of anything else names none. */
function functionsOf(text: string): ProjectName {
  const id = fromGlobalId(text);
  if (!id) return { producer: text, env: firstEnvironment };
  const [producer = "", env = ""] = id.kind === "Deployment" ? id.parts : [];
  return { producer, env };
}

/** A pod by its id, or by something that has one; the id of anything else names none. */
function podOf(value: unknown): PodName {
  const id = fromGlobalId(typeof value === "string" ? value : text(value, "id"));
  const [producer = "", env = "", kind = "", pod = ""] = id?.kind === "Pod" ? id.parts : [];
  return { producer, env, pod, kind: isPodKind(kind) ? kind : "WORKSPACE" };
}

/** Reads, from the value that a field's `@can(on:)` points at, what its permission is about. */
export const readSubject: Record<Noun, (value: unknown) => Subject> = {
  viewer: () => undefined,
  platform: () => undefined,
  producer: (value) => (typeof value === "string" ? value : text(value, "producer")),
  repo: (value) => ({ owner: text(value, "owner"), name: text(value, "name") }),
  project: (value) => ({ producer: text(value, "producer"), env: text(value, "env") }),
  functions: (value) =>
    typeof value === "string"
      ? functionsOf(value)
      : { producer: text(value, "producer"), env: text(value, "env") },
  pod: podOf,
};

/** One string for a subject, the same however its letters are cased. */
export function subjectKey(subject: Subject): string {
  if (subject === undefined) return "";
  if (typeof subject === "string") return subject;
  // Letters are made small before they are put together: what is put together first has to be copied for that.
  if ("owner" in subject) return `${subject.owner.toLowerCase()}/${subject.name.toLowerCase()}`;
  const project = `${subject.producer.toLowerCase()}/${subject.env.toLowerCase()}`;
  return "pod" in subject ? `${project}/${`${subject.kind}/${subject.pod}`.toLowerCase()}` : project;
}
