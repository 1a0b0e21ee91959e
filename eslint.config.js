import js from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/** What each folder of src may import besides itself and the files right below src: docs/architecture.md, as a rule. */
const mayImport = {
  examples: [],
  live: [],
  tracing: [],
  services: [
    "live",
    "tracing",
    "permissions/grant",
    "permissions/caller",
    "permissions/catalogue",
    "permissions/subject",
    "permissions/platform-names",
    // A folder of its own is called like another: these are files of its own.
    "actualizer/(?:actualizer.service|function.watching|joined.names|resource.names)",
  ],
  loaders: ["live", "tracing", "services", "permissions/grant", "permissions/caller", "permissions/subject"],
  permissions: ["live", "tracing", "loaders", "services", "schema/scalars", "schema/global-id"],
  schema: ["live", "permissions", "services"],
  resolvers: ["live", "schema", "permissions", "loaders", "services"],
  server: ["examples", "live", "tracing", "resolvers", "schema", "permissions", "loaders", "services"],
  // The pure half of it: with that the sandbox fills a cluster that is to run from the start.
  sandbox: [
    "examples",
    "actualizer/(?:resources|projection|desired|gateway)/[a-z.-]+",
    "actualizer/settings",
    "services/environment.options",
  ],
  actualizer: [
    "live",
    "tracing",
    "services",
    "permissions/platform-names",
    "permissions/grant",
    "permissions/caller",
    "permissions/subject",
    "permissions/actualizer.grants",
    // How HTTP is listened to and hooks are taken, which knows nothing of the graph.
    "server/(?:listener|routes|webhook.handler)",
  ],
  // What it looks at it asks as the gateway does; what a gateway starts on where nothing is configured it can start, too.
  doctor: [
    "services",
    "permissions/(?:platform-names|grant|caller|subject|doctor.grants)",
    "actualizer/(?:actualizer.config|sandboxed.actualizer)",
    "sandbox/sandbox",
  ],
};

const folders = Object.keys(mayImport);
const anyOf = (paths) => `(?:${paths.join("|")})(?:\\.ts$|/)`;
const restricted = (patterns) => ({
  "@typescript-eslint/no-restricted-imports": ["error", { patterns }],
});

const onlyThePolicyMints = {
  regex: "(?:^|/)(?:permissions/|\\./)mint\\.ts$",
  message: "Only the policy makes grants, and one place each of the actualizer's and the doctor's.",
};

const onlyTheActualizerIsLetThrough = {
  regex: "(?:^|/)(?:permissions/|\\./)actualizer\\.grants\\.ts$",
  message: "The actualizer's grants are for nobody else.",
};

const onlyTheDoctorIsLetThrough = {
  regex: "(?:^|/)(?:permissions/|\\./)doctor\\.grants\\.ts$",
  message: "The doctor's grants are for nobody else.",
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
    ...(folder === "actualizer" ? [] : [onlyTheActualizerIsLetThrough]),
    ...(folder === "doctor" ? [] : [onlyTheDoctorIsLetThrough]),
  ]),
}));

export default defineConfig(
  { ignores: ["dist", "client/dist", "coverage", "test-results", "test/generated", "client/src/generated"] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["eslint.config.js", "pages/*.mjs", "*.config.ts"] },
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
  // As a process of its own it is told what a gateway is told.
  { files: ["src/sandbox/main.ts"], rules: restricted([onlyThePolicyMints, onlyTheActualizerIsLetThrough]) },
  {
    files: ["src/*.ts"],
    ignores: ["src/main.ts", "src/sett.ts"],
    rules: restricted([
      {
        regex: "^\\./sandbox/",
        message: "Only main.ts loads the sandbox, and only when nothing else is configured.",
      },
      onlyThePolicyMints,
      onlyTheActualizerIsLetThrough,
      onlyTheDoctorIsLetThrough,
    ]),
  },
  {
    files: [
      "src/permissions/policy.decisions.ts",
      "src/permissions/actualizer.grants.ts",
      "src/permissions/doctor.grants.ts",
    ],
    rules: restricted([{ regex: "^\\.\\./(?:sandbox|server|resolvers)/", message: "Imports go one way." }]),
  },
  {
    files: ["**/*.config.ts", "pages/vite.config.ts", "eslint.config.js"],
    rules: { "no-restricted-exports": "off" },
  },
  {
    files: ["**/*.js", "**/*.mjs"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { "no-undef": "off" },
  },
  prettier,
);
