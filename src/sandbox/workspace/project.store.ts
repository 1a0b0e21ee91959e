import { randomUUID } from "node:crypto";
import { blankIssues } from "./entity.rule.ts";
import type { Entity } from "./loopback.body.ts";
import { invalid } from "./loopback.error.ts";
import { listIssues, projectLists, withIds } from "./project.validation.ts";
import { written } from "./project.template.ts";

/** The saved documents of a pod: one, unless somebody saves another by mistake. */
export class ProjectStore {
  readonly #projects = new Map<string, Entity>();
  /** The file, where it has been made or left by somebody since the last save; its text may be none. */
  #file: { text: string | undefined } | undefined;

  all(): Entity[] {
    return [...this.#projects.values()];
  }

  find(id: string): Entity | undefined {
    return this.#projects.get(id);
  }

  put(project: Entity): void {
    this.#projects.set(String(project["id"]), project);
    this.#file = undefined;
  }

  delete(id: string): number {
    this.#file = undefined;
    return this.#projects.delete(id) ? 1 : 0;
  }

  /** The file all documents are kept in; undefined when somebody has deleted it. */
  file(): string | undefined {
    this.#file ??= { text: this.#written() };
    return this.#file.text;
  }

  /** What somebody else made of the file: it is not read, and the next save overwrites it. */
  leaveFile(text: string | undefined): void {
    this.#file = { text };
  }

  #written(): string {
    const projects = Object.fromEntries([...this.#projects].map(([id, each]) => [id, JSON.stringify(each)]));
    return written({ ids: { Project: this.#projects.size }, models: { Project: projects } });
  }
}

/** A document nobody has worked on yet. */
export function blankProject(id: string): Entity {
  return { ...newProject({ id, name: "main" }), functions: [], microServices: [] };
}

/** A document with the lists that are given to a new one; two of them are not. */
export function newProject(body: Entity): Entity {
  const lists = Object.keys(projectLists).map((field) => [field, []]);
  return { id: randomUUID(), name: undefined, ...(Object.fromEntries(lists) as Entity), ...body };
}

/** A body whose items have ids, when nothing is wrong with it. */
export function checkedProject(body: Entity, { nameNeeded }: { nameNeeded: boolean }): Entity {
  const project = withIds(body);
  const issues = [...(nameNeeded ? blankIssues(project, "name") : []), ...listIssues(project)];
  if (issues.length > 0) throw invalid("Project", issues);
  return project;
}
