import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** What each folder of src may import besides itself and the files right below src: docs/architecture.md, as a rule. */
const mayImport = {
  live: [],
  services: [
    "live",
    "permissions/grant",
    "permissions/caller",
    "permissions/catalogue",
    "permissions/subject",
    "permissions/platform-names",
  ],
  loaders: ["live", "services", "permissions/grant", "permissions/caller", "permissions/subject"],
  permissions: ["live", "loaders", "services", "schema/scalars", "schema/global-id"],
  schema: ["live", "permissions", "services"],
  resolvers: ["live", "schema", "permissions", "loaders", "services"],
  server: ["live", "resolvers", "schema", "permissions", "loaders", "services"],
  sandbox: [],
  actualizer: ["live", "services", "permissions/platform-names"],
};

const folders = Object.keys(mayImport);
const anyOf = (paths) => `(?:${paths.join("|")})(?:\\.ts$|/)`;
const restricted = (patterns) => ({
  "@typescript-eslint/no-restricted-imports": ["error", { patterns }],
});

const onlyThePolicyMints = {
  regex: "(?:^|/)(?:permissions/|\\./)mint\\.ts$",
  message: "Only the policy makes grants.",
};

/** Imports are relative, so the name of another folder below src tells where one leads. */
const oneWay = folders.map((folder) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: restricted([
    {
      regex: `^(?:\\.\\./)+(?!${anyOf([folder, ...mayImport[folder]])})(?:${folders.join("|")})/`,
      message: `src/${folder} may not import this: imports go one way (docs/architecture.md).`,
    },
    ...(folder === "sandbox"
      ? [
          {
            regex:
              "^(?:\\.\\./)+(?:main|config|variables|variable-types|(?:platform|patience|limit)\\.variables|address-template|context|errors|log|metrics|names)\\.ts$",
            message: "The sandbox knows nothing of the gateway.",
          },
        ]
      : []),
    onlyThePolicyMints,
  ]),
}));

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
      "no-restricted-exports": ["error", { restrictDefaultExports: { direct: true, named: true } }],
    },
  },
  ...oneWay,
  {
    files: ["src/*.ts"],
    ignores: ["src/main.ts"],
    rules: restricted([
      {
        regex: "^\\./sandbox/",
        message: "Only main.ts loads the sandbox, and only when nothing else is configured.",
      },
      onlyThePolicyMints,
    ]),
  },
  {
    files: ["src/permissions/policy.ts"],
    rules: restricted([{ regex: "^\\.\\./(?:sandbox|server|resolvers)/", message: "Imports go one way." }]),
  },
  {
    files: ["**/*.config.ts", "explorer/vite.config.ts", "eslint.config.js"],
    rules: { "no-restricted-exports": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { "no-undef": "off" },
  },
  prettier,
);
