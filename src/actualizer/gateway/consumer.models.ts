const texts = { type: ["string", "array"], items: { type: "string" } };
const uri = { type: "string", format: "uri" };

const generated = (passwordKey: string) => ({
  type: "object",
  properties: {
    autoGeneratePassword: { type: "boolean", default: true },
    scopes: texts,
    passwordKey: { type: "string", default: passwordKey },
  },
  required: ["autoGeneratePassword", "passwordKey"],
});

/** What gateways keep of those who call them, as JSON schemas: the ones that Express Gateway comes with. */
export const consumerModels = {
  users: {
    $id: "http://express-gateway.io/models/users.json",
    type: "object",
    properties: {
      firstname: { type: "string" },
      lastname: { type: "string" },
      username: { type: "string" },
      email: { type: "string", format: "email" },
      redirectUri: uri,
    },
    required: ["username", "firstname", "lastname"],
  },
  applications: {
    $id: "http://express-gateway.io/models/applications.json",
    type: "object",
    properties: { name: { type: "string" }, redirectUri: uri },
    required: ["name"],
  },
  credentials: {
    $id: "http://express-gateway.io/models/credentials.json",
    type: "object",
    properties: {
      "basic-auth": generated("password"),
      "key-auth": { type: "object", properties: { scopes: texts } },
      jwt: { type: "object", properties: {} },
      oauth2: generated("secret"),
    },
  },
} as const;
