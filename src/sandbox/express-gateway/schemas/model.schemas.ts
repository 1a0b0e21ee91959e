import type { RegisteredSchema } from "../schema.catalogue.ts";

/** The schemas of users, credentials and applications. */
export const modelSchemas: readonly RegisteredSchema[] = [
  {
    type: "model",
    schema: {
      $id: "http://express-gateway.io/models/users.json",
      type: "object",
      properties: {
        firstname: { type: "string" },
        lastname: { type: "string" },
        username: { type: "string" },
        email: { type: "string", format: "email" },
        redirectUri: { type: "string", format: "uri" },
      },
      required: ["username", "firstname", "lastname"],
    },
  },
  {
    type: "model",
    schema: {
      $id: "http://express-gateway.io/models/credentials.json",
      type: "object",
      definitions: {
        credentialBase: {
          type: "object",
          required: ["autoGeneratePassword"],
          properties: {
            autoGeneratePassword: { type: "boolean", default: true },
            scopes: { type: ["string", "array"], items: { type: "string" } },
          },
        },
      },
      properties: {
        "basic-auth": {
          type: "object",
          required: ["autoGeneratePassword", "passwordKey"],
          properties: {
            autoGeneratePassword: { type: "boolean", default: true },
            scopes: { type: ["string", "array"], items: { type: "string" } },
            passwordKey: { type: "string", default: "password" },
          },
        },
        "key-auth": {
          type: "object",
          properties: { scopes: { type: ["string", "array"], items: { type: "string" } } },
        },
        jwt: { type: "object" },
        oauth2: {
          type: "object",
          required: ["autoGeneratePassword", "passwordKey"],
          properties: {
            autoGeneratePassword: { type: "boolean", default: true },
            scopes: { type: ["string", "array"], items: { type: "string" } },
            passwordKey: { type: "string", default: "secret" },
          },
        },
      },
    },
  },
  {
    type: "model",
    schema: {
      $id: "http://express-gateway.io/models/applications.json",
      type: "object",
      properties: { name: { type: "string" }, redirectUri: { type: "string", format: "uri" } },
      required: ["name"],
    },
  },
];
