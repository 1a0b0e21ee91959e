import type { Entity } from "./loopback.body.ts";

/** The documents in the file they are kept in, by id; those that cannot be read are left out. */
export function savedProjects(text: string | undefined): Record<string, Entity> {
  const file = objectIn(text);
  const texts = objectAt(objectAt(file, "models"), "Project");
  const projects = Object.entries(texts).map(([id, each]) => [id, objectIn(each)] as const);
  return Object.fromEntries(projects.filter(([, project]) => Object.keys(project).length > 0));
}

/** Whether the platform is told not to run a project. */
export function isDisabled(text: string | undefined, id: string): boolean {
  return savedProjects(text)[id]?.["disabled"] === true;
}

function objectAt(value: Entity, key: string): Entity {
  return asObject(value[key]);
}

function objectIn(text: unknown): Entity {
  try {
    return asObject(JSON.parse(String(text)));
  } catch {
    return {};
  }
}

function asObject(value: unknown): Entity {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Entity) : {};
}
