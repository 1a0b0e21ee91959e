import { randomUUID } from "node:crypto";
import { inspect } from "node:util";
import { isBlank } from "./entity.rule.ts";
import type { Entity } from "./loopback.body.ts";
import { LoopbackError, type Issue } from "./loopback.error.ts";

/** What is embedded in a kind of item: the field, and what its items are in turn. */
interface Embedded {
  required?: readonly string[];
  lists?: Readonly<Record<string, Embedded>>;
  /** Single items: they get ids, too. */
  singles?: readonly string[];
}

const details: Embedded = { singles: ["subscribers", "parameters"] };
const plan: Embedded = { required: ["name"], lists: { tiers: { lists: { details: {} } }, details } };
const apiEndpoint: Embedded = { required: ["name"] };
const api: Embedded = { required: ["name"], lists: { apiEndpoints: apiEndpoint, plans: { ...plan } } };
const pipeline: Embedded = { required: ["name"] };

/** The lists of a project whose items are looked at; of others, anything is kept. */
export const projectLists: Readonly<Record<string, Embedded>> = {
  gateways: { required: ["name"], lists: { pipelines: pipeline } },
  apis: api,
  serviceEndpoints: { required: ["name", "urls"] },
  apiEndpoints: apiEndpoint,
  connections: { required: ["fromId", "toId"] },
  states: { required: ["key", "value"] },
  portals: { required: ["name"], lists: { apis: api } },
};

/** A project with an id for every item that came without one: they are new on every save. */
export function withIds(project: Entity): Entity {
  return withListIds(project, projectLists);
}

/** What is wrong with the lists of a project. */
export function listIssues(project: Entity): Issue[] {
  return Object.entries(projectLists).flatMap(([field, kind]) => {
    const problem = problemIn(project[field], kind);
    return problem === undefined ? [] : [{ field, ...problem, value: shortened(project[field]) }];
  });
}

function withListIds(item: Entity, lists: Readonly<Record<string, Embedded>>): Entity {
  const changed: Entity = { ...item };
  for (const [field, kind] of Object.entries(lists)) {
    const list = item[field];
    if (list === undefined || list === null) continue;
    if (!Array.isArray(list)) {
      throw new LoopbackError(400, `could not create List from JSON string: ${JSON.stringify(list)}`);
    }
    changed[field] = (list as Entity[]).map((each) => withItemIds(each, kind));
  }
  return changed;
}

function withItemIds(item: Entity, { lists = {}, singles = [] }: Embedded): Entity {
  const inner = singles.filter((field) => typeof item[field] === "object" && item[field] !== null);
  const ided = inner.map((field) => [field, { id: randomUUID(), ...(item[field] as Entity) }]);
  return { id: randomUUID(), ...withListIds(item, lists), ...(Object.fromEntries(ided) as Entity) };
}

function problemIn(list: unknown, kind: Embedded): { code: string; message: string } | undefined {
  if (!Array.isArray(list)) return undefined;
  const items = list as Entity[];
  for (const item of items) {
    const [problem] = [...blanks(item, kind), ...inner(item, kind)];
    if (problem === undefined) continue;
    return { code: "invalid", message: `contains invalid item: \`${String(item["id"])}\` (${problem})` };
  }
  const ids = new Set(items.map((item) => item["id"]));
  if (ids.size < items.length) return { code: "uniqueness", message: "contains duplicate `id`" };
  return undefined;
}

function blanks(item: Entity, { required = [] }: Embedded): string[] {
  return required.filter((field) => isBlank(item[field])).map((field) => `\`${field}\` can't be blank`);
}

function inner(item: Entity, { lists = {} }: Embedded): string[] {
  return Object.entries(lists).flatMap(([field, kind]) => {
    const problem = problemIn(item[field], kind);
    return problem === undefined ? [] : [`\`${field}\` ${problem.message}`];
  });
}

function shortened(value: unknown): string {
  const text = inspect(value);
  return text.length > 32 ? `${text.slice(0, 25)}...${text.slice(-3)}` : text;
}
