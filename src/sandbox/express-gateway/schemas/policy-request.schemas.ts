import type { RegisteredSchema } from "../schema.catalogue.ts";

/** The schemas of the policies that come first by name, and what those share that authenticate. */
export const requestPolicySchemas: readonly RegisteredSchema[] = [
  {
    type: "internal",
    schema: {
      $id: "http://express-gateway.io/schemas/base/auth.json",
      type: "object",
      properties: {
        passThrough: {
          type: "boolean",
          default: false,
          description: "Specify whether continue with pipeline processing in case the authentication fails",
        },
      },
      required: ["passThrough"],
    },
  },
  {
    type: "policy",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/basic-auth.json",
      allOf: [{ $ref: "http://express-gateway.io/schemas/base/auth.json" }],
    },
  },
  {
    type: "policy",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/cors.json",
      type: "object",
      properties: {
        origin: {
          type: ["string", "boolean", "array", "object"],
          items: { type: ["string", "object"], if: { type: "object" }, then: { instanceof: "RegExp" } },
          if: { type: "object" },
          then: { instanceof: "RegExp" },
          default: "*",
          description: "Configures the Access-Control-Allow-Origin CORS header.",
        },
        methods: {
          type: ["string", "array"],
          items: { type: "string" },
          default: ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"],
          description: "Configures the Access-Control-Allow-Methods CORS header.",
        },
        allowedHeaders: {
          type: ["string", "array"],
          items: { type: "string" },
          description: "Configures the Access-Control-Allow-Headers CORS header.",
        },
        exposedHeaders: {
          type: "array",
          items: { type: "string" },
          description: "Configures the Access-Control-Expose-Headers CORS header.",
        },
        credentials: {
          type: "boolean",
          description:
            " Configures the Access-Control-Allow-Credentials CORS header. Set to true to pass the header, otherwise it is omitted.",
        },
        maxAge: {
          type: "integer",
          description:
            "Configures the Access-Control-Max-Age CORS header. Set to an integer to pass the header, otherwise it is omitted.",
        },
        optionsSuccessStatus: {
          type: "integer",
          default: 204,
          description: "Provides a status code to use for successful OPTIONS requests",
        },
      },
    },
  },
  {
    type: "policy",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/expression.json",
      type: "object",
      properties: {
        jscode: {
          type: "string",
          description: "Javascript code to execute against the current egContext",
          examples: ["req.testValue = 10"],
        },
      },
      required: ["jscode"],
    },
  },
  {
    type: "policy",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/headers.json",
      type: "object",
      properties: {
        headersPrefix: {
          type: "string",
          default: "",
          description: "A prefix string to be attached to any sent headers",
        },
        forwardHeaders: {
          type: "object",
          description: "A key-value pair of headers/value to be added to the current http request",
          examples: [{ "X-API-Gateway": "Express-Gateway" }],
        },
      },
      required: ["headersPrefix", "forwardHeaders"],
    },
  },
];
