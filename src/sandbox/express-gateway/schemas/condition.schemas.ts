import type { RegisteredSchema } from "../schema.catalogue.ts";

/** The schemas of the conditions. */
export const conditionSchemas: readonly RegisteredSchema[] = [
  {
    type: "internal",
    schema: {
      $id: "http://express-gateway.io/schemas/conditions/base.json",
      type: "object",
      properties: {
        name: { type: "string", description: "Name of the condition to apply to the current CA pair" },
      },
      required: ["name"],
    },
  },
  { type: "condition", schema: { $id: "http://express-gateway.io/schemas/conditions/always.json" } },
  { type: "condition", schema: { $id: "http://express-gateway.io/schemas/conditions/never.json" } },
  {
    type: "condition",
    schema: {
      $id: "http://express-gateway.io/schemas/conditions/allOf.json",
      type: "object",
      properties: { conditions: { type: "array", items: { $ref: "base.json" } } },
      required: ["conditions"],
    },
  },
  {
    type: "condition",
    schema: {
      $id: "http://express-gateway.io/schemas/conditions/oneOf.json",
      type: "object",
      properties: { conditions: { type: "array", items: { $ref: "base.json" } } },
      required: ["conditions"],
    },
  },
  {
    type: "condition",
    schema: {
      $id: "http://express-gateway.io/schemas/conditions/not.json",
      type: "object",
      properties: { condition: { $ref: "base.json" } },
      required: ["condition"],
    },
  },
  {
    type: "condition",
    schema: {
      $id: "http://express-gateway.io/schemas/conditions/pathMatch.json",
      type: "object",
      properties: {
        pattern: {
          type: "string",
          format: "regex",
          description: "RegExp to match against the req.url property",
        },
      },
      required: ["pattern"],
    },
  },
  {
    type: "condition",
    schema: {
      $id: "http://express-gateway.io/schemas/conditions/pathExact.json",
      type: "object",
      properties: { path: { type: "string", description: "Path to match against the req.url property" } },
      required: ["path"],
    },
  },
  {
    type: "condition",
    schema: {
      $id: "http://express-gateway.io/schemas/conditions/method.json",
      definitions: {
        httpMethod: { type: "string", enum: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] },
      },
      type: "object",
      properties: {
        methods: {
          anyOf: [
            { $ref: "#/definitions/httpMethod" },
            { type: "array", items: { $ref: "#/definitions/httpMethod" } },
          ],
          description: "HTTP Method to match against",
        },
      },
      required: ["methods"],
    },
  },
  {
    type: "condition",
    schema: {
      $id: "http://express-gateway.io/schemas/conditions/hostMatch.json",
      type: "object",
      properties: {
        pattern: {
          type: "string",
          description: "Pattern to match against the HOST header in the current HTTP Request",
        },
      },
      required: ["pattern"],
    },
  },
  {
    type: "condition",
    schema: {
      $id: "http://express-gateway.io/schemas/conditions/expression.json",
      type: "object",
      properties: {
        expression: {
          type: "string",
          description: "Javascript Expression to execute with the current egContext object",
        },
      },
      required: ["expression"],
    },
  },
  { type: "condition", schema: { $id: "http://express-gateway.io/schemas/conditions/authenticated.json" } },
  { type: "condition", schema: { $id: "http://express-gateway.io/schemas/conditions/anonymous.json" } },
  {
    type: "condition",
    schema: { $id: "http://express-gateway.io/schemas/conditions/tlsClientAuthenticated.json" },
  },
  {
    type: "condition",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/json-schema.json",
      type: "object",
      properties: {
        schema: {
          type: "object",
          description: "Json schema to validate against.",
          examples: [{ type: "string" }],
        },
        logErrors: {
          type: "boolean",
          default: false,
          description: "Value istructing the gateway to report the errors on the logger or not",
        },
      },
      required: ["schema", "logErrors"],
    },
  },
];
