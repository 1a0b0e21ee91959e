/** The folder the real pod keeps a project in: its failures carry paths below it. */
export const projectRoot = "/srv/platform/lunchbadger/workspace";

/** Where a project says what it needs. */
export const packagePath = "package.json";

/** Where the documents of the canvas are kept in a project's repository. */
export const documentPath = "lunchbadger.json";

/** The settings of the server, by name. */
export const serverSettings = {
  host: "0.0.0.0",
  port: 3000,
  remoting: {
    context: false,
    rest: { handleErrors: false, normalizeHttpPath: false, xml: false },
    json: { strict: false, limit: "100kb" },
    urlencoded: { extended: true, limit: "100kb" },
    cors: false,
  },
  restApiRoot: "/api",
};

/** The components of the server, by name. */
export const components = { "@lunchbadger/loopback-component-explorer": { mountPath: "/explorer" } };

/** The files of a project nobody has worked on yet. */
export function blankFiles(name: string): [string, string][] {
  const modelSources = ["loopback/common/models", "loopback/server/models", "../common/models", "./models"];
  return [
    [".editorconfig", "root = true\n\n[*]\nindent_style = space\nindent_size = 2\nend_of_line = lf\n"],
    [".eslintignore", "/client/"],
    [".eslintrc", written({ extends: "standard", rules: { semi: ["error", "always"] } })],
    [packagePath, written(packageOf(name))],
    ["server/boot/root.js", "'use strict';\n\nmodule.exports = function(server) {\n\n};\n"],
    ["server/component-config.json", written(components)],
    ["server/config.json", written(serverSettings)],
    ["server/datasources.json", written({})],
    ["server/middleware.development.json", written({ "final:after": { "strong-error-handler": {} } })],
    ["server/middleware.json", written({ initial: {}, session: {}, auth: {}, parse: {}, routes: {} })],
    ["server/model-config.json", written({ _meta: { sources: [...modelSources, "./internal"] } })],
    ["server/server.js", "'use strict';\n\nvar loopback = require('loopback');\n\nloopback().listen();\n"],
  ];
}

/** JSON as the pod writes it to its files. */
export function written(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}

function packageOf(name: string): object {
  return {
    name,
    version: "1.0.0",
    main: "server/server.js",
    engines: { node: ">=8" },
    scripts: { lint: "eslint .", start: "node .", posttest: "npm run lint && nsp check" },
    dependencies: {
      cors: "^2.5.2",
      "loopback-boot": "^2.6.5",
      "serve-favicon": "^2.0.1",
      "strong-error-handler": "^2.0.0",
      "@lunchbadger/loopback-component-explorer": "^3.0.0",
      loopback: "^3.22.0",
    },
    devDependencies: {
      "eslint-config-standard": "10.2.1",
      "eslint-plugin-import": "2.3.0",
      "eslint-plugin-node": "4.2.2",
      "eslint-plugin-promise": "3.5.0",
      "eslint-plugin-standard": "3.0.1",
      eslint: "^4.9.0",
      nsp: "^2.1.0",
    },
    repository: { type: "", url: "" },
    license: "UNLICENSED",
    description: name,
  };
}
