import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { createNodeResolver, importX } from "eslint-plugin-import-x";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** What each folder of src may import besides itself and what all share: the arrows of docs/architecture.md. */
const mayImport = {
  services: [
    "permissions/grant.ts",
    "permissions/caller.ts",
    "permissions/catalogue.ts",
    "permissions/subject.ts",
    "permissions/platform-names.ts",
  ],
  loaders: ["services", "permissions/grant.ts", "permissions/caller.ts", "permissions/subject.ts"],
  permissions: ["loaders", "services", "schema/scalars.ts"],
  schema: ["permissions", "services"],
  resolvers: ["schema", "permissions", "loaders", "services"],
  server: ["resolvers", "schema", "permissions", "loaders", "services"],
  sandbox: [],
};
const folders = Object.keys(mayImport);
const shared = ["config.ts", "variables.ts", "context.ts", "errors.ts", "log.ts", "metrics.ts", "names.ts"];

const zones = [
  ...folders.map((folder) => ({
    target: `./src/${folder}`,
    from: "./src",
    except: [folder, ...mayImport[folder], ...(folder === "sandbox" ? [] : shared)].map(
      (path) => `./${path}`,
    ),
    message: `src/${folder} may not import this: imports go one way (docs/architecture.md).`,
  })),
  {
    target: "./src/!(main).ts",
    from: "./src/sandbox",
    message: "Only main.ts loads the sandbox, and only when nothing else is configured.",
  },
];

export default defineConfig(
  { ignores: ["dist", "coverage", "test-results", "test/generated"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js", "explorer/*.mjs", "*.config.ts"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".js"] })] },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-extraneous-class": ["error", { allowWithDecorator: true }],
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-confusing-void-expression": "off",
      // The graph's types are classes for the decorators' sake; what resolvers answer need only have their shape.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      "@typescript-eslint/no-misused-spread": "off",
      // A grant's level is said even where it is the default: it is what the line is about.
      "@typescript-eslint/no-unnecessary-type-arguments": "off",
      "@typescript-eslint/unbound-method": "off",
      "no-control-regex": "off",
      "import-x/no-restricted-paths": ["error", { zones }],
      "import-x/no-cycle": "off",
      "import-x/no-default-export": "error",
    },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/permissions/policy.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "permissions/mint\\.ts$|^\\./mint\\.ts$", message: "Only the policy makes grants." },
          ],
        },
      ],
    },
  },
  {
    files: ["**/*.config.ts", "explorer/vite.config.ts", "eslint.config.js"],
    rules: { "import-x/no-default-export": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { "no-undef": "off" },
  },
  prettier,
);
