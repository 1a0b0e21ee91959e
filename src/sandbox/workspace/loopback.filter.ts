import { argumentOf, type Entity } from "./loopback.body.ts";
import { LoopbackError } from "./loopback.error.ts";

/** What a query asks of a list: the parts of LoopBack's filter that are answered here. */
export interface Filter {
  include: string[];
  where: Entity;
  /** The fields to answer; none for all of them. */
  fields: string[];
  limit: number;
}

/** The filter of a query, in JSON or in brackets. */
export function filterOf(query: URLSearchParams): Filter {
  const text = query.get("filter");
  const asked = text === null ? inBrackets(query) : argumentOf("filter", text);
  const { include, where, fields, limit } = (asked ?? {}) as Entity;
  return {
    include: [include ?? []].flat().map(String),
    where: (where ?? {}) as Entity,
    fields: fieldsOf(fields),
    limit: limitOf(limit),
  };
}

/** The condition of a count or a bulk change. */
export function whereOf(query: URLSearchParams): Entity {
  const text = query.get("where");
  return text === null ? {} : (argumentOf("where", text) as Entity);
}

/** Whether something fulfils a condition. */
export function meets(entity: Entity, where: Entity): boolean {
  return Object.entries(where).every(([field, clause]) => {
    if (typeof clause !== "object" || clause === null) return String(entity[field]) === String(clause);
    return Object.entries(clause as Entity).every(([operator, value]) => {
      if (operator === "neq") return String(entity[field]) !== String(value);
      if (operator !== "inq" && operator !== "nin") return true;
      if (!Array.isArray(value)) throw invalidClause(field, clause);
      return value.map(String).includes(String(entity[field])) === (operator === "inq");
    });
  });
}

/** Only the fields that are asked for. */
export function picked(entity: Entity, fields: readonly string[]): Entity {
  if (fields.length === 0) return entity;
  return Object.fromEntries(Object.entries(entity).filter(([name]) => fields.includes(name)));
}

function invalidClause(field: string, clause: unknown): LoopbackError {
  const told = `The ${field} property has invalid clause ${JSON.stringify(clause)}`;
  return new LoopbackError(
    400,
    `${told}: Error: Value is not an array or object with sequential numeric indices`,
  );
}

/** `filter[where][name]=Car` and the like; a name that comes twice makes a list. */
function inBrackets(query: URLSearchParams): Entity {
  const filter: Entity = {};
  for (const [key, value] of query) {
    const path = /^filter((?:\[[^\]]*\])+)$/.exec(key)?.[1]?.slice(1, -1).split("][");
    if (path === undefined) continue;
    const [first = "", second = ""] = path;
    if (second === "" || first === "include") {
      filter[first] = first in filter ? [filter[first], value].flat() : value;
    } else filter[first] = { ...(filter[first] as Entity | undefined), [second]: value };
  }
  return filter;
}

function fieldsOf(fields: unknown): string[] {
  if (Array.isArray(fields)) return fields.map(String);
  const chosen = Object.entries((fields ?? {}) as Entity).filter(([, value]) => String(value) === "true");
  return chosen.map(([name]) => name);
}

function limitOf(limit: unknown): number {
  if (limit === undefined) return Infinity;
  const number = Number(limit);
  if (Number.isInteger(number) && number > 0) return number;
  throw new LoopbackError(400, `The limit parameter ${JSON.stringify(limit)} is not valid`);
}
