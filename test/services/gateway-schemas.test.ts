import { expect, test } from "vitest";
import type { GatewaySchema } from "../../src/services/gateways/admin.client.ts";
import { createPolicyRules } from "../../src/services/gateways/policy.rules.ts";
import { areBounded } from "../../src/services/gateways/schema.bounds.ts";

const base = "http://express-gateway.io/schemas/policies/";

const schema = (name: string, body: object): GatewaySchema => ({
  type: "policy",
  schema: { $id: `${base}${name}.json`, ...body },
});

const problemsOf = (schemas: readonly GatewaySchema[], action: unknown) =>
  createPolicyRules(schemas).problemsOf([{ policies: [{ p: [{ action: action as null }] }] }], "x");

test("schemas that refer to each other are used, however they name each other", () => {
  const schemas = [
    schema("p", { allOf: [{ $ref: "q.json" }, { $ref: `${base}r.json#/definitions/size` }] }),
    schema("q", { properties: { a: { type: "string" } }, required: ["a"] }),
    schema("r", { definitions: { size: { properties: { b: { type: "integer" } } } } }),
  ];
  expect(areBounded(schemas)).toBe(true);
  expect(problemsOf(schemas, { b: "x" }).map(({ field }) => field)).toEqual([
    "x.0.policies.0.steps.0.action.a",
    "x.0.policies.0.steps.0.action.b",
  ]);
});

test("schemas that refer to themselves are not used", () => {
  expect(areBounded([schema("p", { properties: { inner: { $ref: "p.json" } } })])).toBe(false);
  expect(areBounded([schema("p", { $ref: "q.json" }), schema("q", { $ref: "p.json" })])).toBe(false);
  expect(areBounded([schema("p", { definitions: { a: { not: { $ref: "#" } } } })])).toBe(false);
});

test("schemas that grow beyond all bounds as references are followed are not used", () => {
  const doubling = Array.from({ length: 30 }, (_, index) =>
    schema(`p${index}`, { allOf: [{ $ref: `p${index + 1}.json` }, { $ref: `p${index + 1}.json` }] }),
  );
  expect(areBounded(doubling)).toBe(false);
});

test("a pattern of a gateway's cannot hold anybody up", () => {
  const schemas = [schema("p", { properties: { a: { type: "string", pattern: "^(a+)+$" } } })];
  const started = performance.now();
  expect(problemsOf(schemas, { a: `${"a".repeat(40)}!` })).toEqual([]);
  expect(performance.now() - started).toBeLessThan(1000);
});

test("what a schema makes up for what is left out never gets into what is saved", () => {
  const schemas = [schema("p", { properties: { max: { type: "integer", default: 5 } }, required: ["max"] })];
  const action = {};
  expect(problemsOf(schemas, action)).toEqual([]);
  expect(action).toEqual({});
});
