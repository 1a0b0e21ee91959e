import type { RegisteredSchema } from "../schema.catalogue.ts";

/** The schemas of the two files that a gateway is configured by. */
export const configSchemas: readonly RegisteredSchema[] = [
  {
    type: "config",
    schema: {
      $id: "http://express-gateway.io/models/system.config.json",
      type: "object",
      properties: {
        db: {
          type: "object",
          properties: {
            redis: {
              type: "object",
              properties: {
                emulate: { type: "boolean", default: false },
                namespace: { type: "string", default: "EG" },
              },
              required: ["emulate", "namespace"],
            },
          },
          required: ["redis"],
        },
        crypto: {
          type: "object",
          properties: {
            cipherKey: { type: "string", default: "sensitiveKey" },
            algorithm: { type: "string", default: "aes256" },
            saltRounds: { type: "number", default: 10 },
          },
          required: ["cipherKey", "algorithm", "saltRounds"],
          default: {},
        },
        session: { type: "object", default: {} },
        accessTokens: {
          type: "object",
          properties: {
            tokenType: { type: "string", enum: ["jwt", "opaque"], default: "opaque" },
            timeToExpiry: { type: "number", default: 720000 },
            issuer: { type: "string" },
            audience: { type: ["string", "array"], items: { type: "string" } },
            subject: { type: "string" },
            algorithm: { type: "string", default: "HS256" },
          },
          required: ["tokenType", "timeToExpiry"],
          default: {},
        },
        refreshTokens: {
          type: "object",
          properties: { timeToExpiry: { type: "number", default: 720000 } },
          required: ["timeToExpiry"],
          default: {},
        },
        authorizationCodes: {
          type: "object",
          properties: { timeToExpiry: { type: "number", default: 300000 } },
          required: ["timeToExpiry"],
          default: {},
        },
        plugins: { type: "object" },
      },
      required: ["db", "crypto", "session", "accessTokens", "refreshTokens", "authorizationCodes"],
    },
  },
  {
    type: "config",
    schema: {
      $id: "http://express-gateway.io/models/gateway.config.json",
      definitions: {
        baseApiEndpoint: {
          type: "object",
          properties: {
            host: { type: "string" },
            paths: { type: ["string", "array"], items: { type: "string" } },
            pathRegex: { type: "string", format: "regex" },
            scopes: { type: "array", uniqueItems: true, items: { type: "string" } },
            methods: { type: ["string", "array"], items: { type: "string" } },
          },
        },
        conditionAction: {
          type: ["object", "null"],
          properties: {
            action: { type: "object", default: {} },
            condition: {
              type: "object",
              properties: { name: { type: "string" } },
              required: ["name"],
              default: { name: "always" },
            },
          },
        },
      },
      type: "object",
      properties: {
        http: { type: "object", properties: { port: { type: "number" } } },
        https: {
          type: "object",
          properties: {
            port: { type: "number" },
            tls: {
              type: "object",
              additionalProperties: {
                type: "object",
                properties: {
                  key: { type: "string" },
                  cert: { type: "string" },
                  ca: { type: "array", uniqueItems: true, items: { type: "string" } },
                },
              },
            },
          },
        },
        admin: {
          allOf: [
            {
              properties: {
                port: { type: "number", default: 9876 },
                host: { type: "string" },
                hostname: { type: "string" },
              },
              required: ["port"],
            },
          ],
        },
        apiEndpoints: {
          type: ["object", "null"],
          additionalProperties: {
            anyOf: [
              { $ref: "#/definitions/baseApiEndpoint" },
              { type: "array", items: { $ref: "#/definitions/baseApiEndpoint" } },
            ],
          },
        },
        serviceEndpoints: {
          type: ["object", "null"],
          additionalProperties: {
            type: "object",
            properties: {
              url: { type: "string", format: "uri" },
              urls: { type: "array", items: { type: "string", format: "uri" } },
            },
            oneOf: [{ required: ["url"] }, { required: ["urls"] }],
          },
        },
        policies: { type: "array", items: { type: "string" } },
        pipelines: {
          type: ["object", "array", "null"],
          additionalProperties: {
            type: "object",
            properties: {
              apiEndpoint: { type: "string" },
              apiEndpoints: { type: "array", items: { type: "string" } },
              policies: {
                type: "array",
                items: [
                  {
                    type: "object",
                    maxProperties: 1,
                    additionalProperties: {
                      anyOf: [
                        { $ref: "#/definitions/conditionAction" },
                        { type: "array", items: { $ref: "#/definitions/conditionAction" } },
                      ],
                    },
                  },
                ],
              },
            },
            required: ["policies"],
          },
        },
      },
    },
  },
];
