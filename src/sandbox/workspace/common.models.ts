import type { Entity } from "./loopback.body.ts";

/** Properties by model and name: with a `type` and more, or the type itself. */
const properties: Readonly<Record<string, Readonly<Record<string, string | object>>>> = {
  ACL: {
    accessType: "string",
    model: { type: "string", description: "The name of the model" },
    permission: "string",
    principalId: "string",
    principalType: "string",
    property: { type: "string", description: "The name of the property, method, scope, or relation" },
  },
  AccessToken: {
    created: { type: "Date", defaultFn: "now" },
    id: { type: "string", isId: true },
    scopes: { type: ["string"], description: "Array of scopes granted to this access token." },
    ttl: {
      type: "number",
      description: "time to live in seconds (2 weeks by default)",
      ttl: true,
      default: 1209600,
    },
  },
  Application: {
    anonymousAllowed: { type: "boolean", default: true },
    authenticationEnabled: { type: "boolean", default: true },
    authenticationSchemes: [
      {
        scheme: { type: "string", description: "See the API docs for the list of supported values." },
        credential: { type: "object", description: "Scheme-specific credentials" },
      },
    ],
    callbackUrls: { type: ["string"], description: "OAuth 2.0 code/token callback URLs" },
    clientKey: "string",
    collaborators: {
      type: ["string"],
      description: "A list of users ids who have permissions to work on this app",
    },
    created: { type: "date", defaultFn: "now" },
    description: "string",
    email: "string",
    emailVerified: "boolean",
    icon: { type: "string", description: "The icon image url" },
    id: { type: "string", isId: true },
    javaScriptKey: "string",
    masterKey: "string",
    modified: { type: "date", defaultFn: "now" },
    name: { type: "string", required: true },
    owner: { type: "string", description: "The user id of the developer who registers the application" },
    permissions: { type: ["string"], description: "A list of permissions required by the application" },
    pushSettings: {
      apns: {
        production: {
          type: "boolean",
          description: [
            "Production or development mode. It denotes what default APNS",
            "servers to be used to send notifications.",
            "See API documentation for more details.",
          ],
        },
        certData: { type: "string", description: "The certificate data loaded from the cert.pem file" },
        keyData: { type: "string", description: "The key data loaded from the key.pem file" },
        pushOptions: { type: { gateway: "string", port: "number" } },
        feedbackOptions: {
          type: { gateway: "string", port: "number", batchFeedback: "boolean", interval: "number" },
        },
      },
      gcm: { serverApiKey: "string" },
    },
    realm: "string",
    restApiKey: "string",
    status: {
      type: "string",
      description: "Status of the application, production/sandbox/disabled",
      default: "sandbox",
    },
    url: { type: "string", description: "The application URL for OAuth 2.0" },
    windowsKey: "string",
  },
  Change: {
    checkpoint: "number",
    id: { type: "string", isId: true },
    modelId: "string",
    modelName: "string",
    prev: "string",
    rev: "string",
  },
  Checkpoint: {
    seq: "number",
    sourceId: "string",
    time: "date",
  },
  Email: {
    from: { type: "String", required: true },
    html: "String",
    subject: { type: "String", required: true },
    text: "String",
    to: { type: "String", required: true },
  },
  KeyValueModel: {},
  Role: {
    created: { type: "date", defaultFn: "now" },
    description: "string",
    id: { type: "string", isId: true, generated: true },
    modified: { type: "date", defaultFn: "now" },
    name: { type: "string", required: true },
  },
  RoleMapping: {
    id: { type: "string", isId: true, generated: true },
    principalId: { type: "string", index: true },
    principalType: {
      type: "string",
      description:
        "The principal type, such as USER, APPLICATION, ROLE, or user model name in case of multiple user models",
    },
  },
  Scope: {
    description: "string",
    name: { type: "string", required: true },
  },
  User: {
    email: { type: "string", required: true },
    emailVerified: "boolean",
    password: { type: "string", required: true },
    realm: "string",
    username: "string",
    verificationToken: "string",
  },
};
/** Relations of the models of LoopBack itself. */
export const commonRelations: readonly Entity[] = [
  { modelId: "common.AccessToken", type: "belongsTo", foreignKey: "userId", name: "user", model: "User" },
  { modelId: "common.Role", type: "hasMany", foreignKey: "roleId", name: "principals", model: "RoleMapping" },
  { modelId: "common.RoleMapping", type: "belongsTo", foreignKey: "roleId", name: "role", model: "Role" },
  {
    modelId: "common.User",
    type: "hasMany",
    foreignKey: "userId",
    options: { disableInclude: true },
    name: "accessTokens",
    model: "AccessToken",
  },
].map((relation) => ({ id: `${relation.modelId}.${relation.name}`, facetName: "common", ...relation }));

/** The models of LoopBack itself: listed with a project's own, never to be changed, their names taken. */
export const commonModels: readonly Entity[] = Object.keys(properties).map((name) => ({
  id: `common.${name}`,
  facetName: "common",
  readonly: true,
  name,
}));

/** Properties of the models of LoopBack itself. */
export const commonProperties: readonly Entity[] = Object.entries(properties).flatMap(([model, fields]) =>
  Object.entries(fields).map(([name, field]) => ({
    id: `common.${model}.${name}`,
    modelId: `common.${model}`,
    facetName: "common",
    name,
    ...(typeof field === "string" || !("type" in field) ? { type: field } : field),
  })),
);
