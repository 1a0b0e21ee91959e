import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFiles } from "../../src/services/workspace/files/file.rule.ts";
import { filesOf, missingFrom, treeOf } from "../../src/services/workspace/files/file.tree.ts";
import { BadUserInput, type Problem } from "../../src/errors.ts";

const segment = fc.stringMatching(/^[a-c]{1,2}$|^__proto__$|^constructor$/);

/** Paths of which none is another's folder. */
const paths = fc
  .uniqueArray(
    fc.array(segment, { minLength: 1, maxLength: 4 }).map((names) => names.join("/")),
    { maxLength: 12 },
  )
  .map((all) => all.filter((path) => !all.some((other) => other.startsWith(`${path}/`))));

const files = paths.chain((all) => fc.tuple(...all.map((path) => fc.tuple(fc.constant(path), fc.string()))));

test("a tree made of files holds these files, whatever their names mean to JavaScript", () => {
  fc.assert(
    fc.property(files, (each) => {
      const wanted = new Map(each);
      const sent = JSON.parse(JSON.stringify(treeOf(wanted))) as ReturnType<typeof treeOf>;
      expect(filesOf(sent)).toEqual(wanted);
      expect(missingFrom(filesOf(sent), wanted).size).toBe(0);
    }),
  );
});

test("files are in the order of their paths", () => {
  const tree = { b: "1", a: { z: "2", b: { c: "3" } }, "a.txt": "4" };
  expect([...filesOf(tree).keys()]).toEqual(["a.txt", "a/b/c", "a/z", "b"]);
});

const present = new Map([
  ["package.json", "{}"],
  ["server/model-config.json", "{}"],
  ["server/models/car.js", ""],
]);

test.each<[what: string, path: string, text: string | undefined, field: string]>([
  ["the saved canvas", "lunchbadger.json", "{}", "path"],
  ["what is installed", "node_modules/express/index.js", "", "path"],
  ["what is installed, further down", "server/node_modules/x.js", "", "path"],
  ["git's own files", ".gitignore", "", "path"],
  ["a lock file", "yarn.lock", undefined, "path"],
  ["the file of data sources", "server/datasources.json", "{}", "path"],
  ["the file of data sources of one environment", "server/datasources.production.json", "{}", "path"],
  ["a name that JavaScript uses itself", "server/__proto__/x", "", "path"],
  ["a file where a folder is", "server/models", "text", "path"],
  ["a file in what is a file", "server/models/car.js/x", "text", "path"],
  ["a folder that is to be deleted", "server/models", undefined, "path"],
  ["a file that is not there and is to be deleted", "server/nope.js", undefined, "path"],
  ["a package.json that is no JSON", "package.json", "{", "text"],
  ["a package.json that is no object", "package.json", "[]", "text"],
  ["the package.json that is to be deleted", "package.json", undefined, "text"],
  ["models' configuration that is no object", "server/model-config.json", "null", "text"],
  ["models' configuration that is to be deleted", "server/model-config.json", undefined, "text"],
  ["a model that is no JSON", "server/models/car.json", "car", "text"],
  ["a model without a name", "server/models/car.json", '{"base": "Model"}', "text"],
  ["a server's settings that are no object", "server/config.json", '"x"', "text"],
])("%s is refused", (_what, path, text, field) => {
  expect(problemsOf([{ path, text, revision: undefined }])).toMatchObject([
    { field: `input.files.0.${field}` },
  ]);
});

test("two of one path, and one in another, are refused", () => {
  const file = (path: string) => ({ path, text: "x", revision: undefined });
  expect(problemsOf([file("a"), file("b"), file("a")])).toEqual([
    { field: "input.files.2.path", message: "is named twice" },
  ]);
  expect(problemsOf([file("a/b"), file("a")])).toMatchObject([
    { field: "input.files.0.path" },
    { field: "input.files.1.path" },
  ]);
});

test("what the workspace can do is taken", () => {
  const wanted = [
    { path: "server/models/car.js", text: undefined, revision: undefined },
    { path: "server/models/bike.json", text: '{"name": "Bike"}', revision: undefined },
    { path: "server/data/cars.json", text: "[1, 2]", revision: undefined },
    { path: "package.json", text: '{"name": "cars"}', revision: undefined },
    { path: "client/index.html", text: "", revision: undefined },
  ];
  expect(problemsOf(wanted)).toEqual([]);
});

function problemsOf(wanted: Parameters<typeof checkFiles>[0]): readonly Problem[] {
  try {
    checkFiles(wanted, present);
    return [];
  } catch (error) {
    if (!(error instanceof BadUserInput)) throw error;
    return error.extensions["problems"] as readonly Problem[];
  }
}
