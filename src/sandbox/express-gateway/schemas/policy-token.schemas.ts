import type { RegisteredSchema } from "../schema.catalogue.ts";

/** The schemas of the policies that read keys and tokens, and of log, which stands among them by name. */
export const tokenPolicySchemas: readonly RegisteredSchema[] = [
  {
    type: "policy",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/jwt.json",
      type: "object",
      properties: {
        secretOrPublicKey: {
          type: "string",
          description:
            "The secret (symmetric) or PEM-encoded public key (asymmetric) for verifying the token's signature.",
          examples: ["secretString", "PEMCertificate"],
        },
        secretOrPublicKeyFile: {
          type: "string",
          description:
            "The secret (symmetric) or PEM-encoded public key (asymmetric) file for verifying the token's signature.",
          examples: ["./path/to/cert.pem"],
        },
        jwtExtractor: {
          type: "string",
          enum: ["header", "query", "authScheme", "authBearer"],
          default: "authBearer",
          description: "The method to use to extract the JWT from the current HTTP Request",
        },
        jwtExtractorField: { type: "string", description: "An optional argument for the selected extractor" },
        audience: {
          type: "string",
          description: "If defined, the token audience (aud) will be verified against this value.",
        },
        issuer: {
          type: "string",
          description: "If defined the token issuer (iss) will be verified against this value",
        },
        checkCredentialExistence: {
          type: "boolean",
          default: true,
          description: "Value istructing the gateway whether verify the sub against the internal SOC",
        },
        algorithms: {
          type: "array",
          items: { type: "string", enum: ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512"] },
          description: "If defined, limits valid jwts to specified algorithms",
        },
      },
      required: ["jwtExtractor", "checkCredentialExistence"],
      oneOf: [{ required: ["secretOrPublicKey"] }, { required: ["secretOrPublicKeyFile"] }],
    },
  },
  {
    type: "policy",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/key-auth.json",
      allOf: [
        { $ref: "http://express-gateway.io/schemas/base/auth.json" },
        {
          type: "object",
          properties: {
            apiKeyHeader: {
              type: "string",
              default: "Authorization",
              description: "HTTP Header to look for the apiScheme + apiKey string",
            },
            apiKeyHeaderScheme: {
              type: "string",
              default: "apiKey",
              description: "HTTP Authorization Scheme to verify before extracting the API Key",
            },
            apiKeyField: {
              type: "string",
              default: "apiKey",
              description: "Query String parameter name to look for to extract the apiKey",
            },
            disableHeaders: {
              type: "boolean",
              default: false,
              description: "Entirely disable lookup API Key from the header",
            },
            disableHeadersScheme: {
              type: "boolean",
              default: false,
              description: "Enable or disable apiScheme check",
            },
            disableQueryParam: {
              type: "boolean",
              default: false,
              description: "Entirely disable lookup API Key from the query string",
            },
          },
        },
      ],
    },
  },
  {
    type: "policy",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/log.json",
      type: "object",
      properties: {
        message: {
          type: "string",
          description: "A template expression to print out on the log stream",
          examples: ["This is a log message"],
        },
      },
      required: ["message"],
    },
  },
  {
    type: "policy",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/oauth2.json",
      allOf: [
        { $ref: "http://express-gateway.io/schemas/base/auth.json" },
        { type: "object", properties: { jwt: { $ref: "jwt.json" } } },
      ],
    },
  },
  {
    type: "policy",
    schema: {
      $id: "http://express-gateway.io/schemas/policies/oauth2-introspect.json",
      allOf: [
        { $ref: "http://express-gateway.io/schemas/base/auth.json" },
        {
          type: "object",
          properties: {
            endpoint: {
              type: "string",
              format: "uri",
              description: "Endpoint that will be used to validate the provided token",
              examples: ["https://authorization.server/oauth2-introspect"],
            },
            authorization_value: {
              type: "string",
              description:
                "Value put as Authorization header that'll be sent as part of the HTTP request to the specified endpoint",
            },
            timeout: {
              type: "integer",
              description:
                "Time in milliseconds to wait before the first byte arrive from the specified endpoint",
              default: 10000,
            },
            ttl: {
              title: "TTL",
              type: "integer",
              default: 60,
              description:
                "Time, in seconds, in which the current token, if validated before, will be consider as valid without making a new request to the authorization endpoint",
            },
          },
          required: ["endpoint", "ttl"],
        },
      ],
    },
  },
];
