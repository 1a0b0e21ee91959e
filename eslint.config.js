import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import globals from "typescript-eslint";

const tseslint = globals;

/** What each folder of src may import besides itself: the arrows of docs/architecture.md. */
const mayImport = {
  services: ["permissions/grant.ts", "permissions/catalogue.ts"],
  loaders: ["services", "permissions/grant.ts", "permissions/catalogue.ts"],
  permissions: ["loaders", "services", "schema/scalars"],
  schema: ["permissions", "services"],
  resolvers: ["schema", "permissions", "loaders", "services"],
  server: ["resolvers", "schema", "permissions", "loaders", "services"],
  sandbox: [],
};
const shared = ["config.ts", "context.ts", "errors.ts", "log.ts", "names.ts"];
