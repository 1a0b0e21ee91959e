import { templateOf } from "../sls/runtime.templates.ts";
import { newDocument, writtenDocument } from "../sls/serverless.document.ts";
import { idOf } from "./car.ids.ts";

interface SeededFunction {
  readonly producer: string;
  readonly name: string;
  readonly language: string;
  readonly version: string;
  readonly lunchbadger: { readonly id: string; readonly itemOrder: number };
  readonly isDeployed: boolean;
  /** What differs from the runtime's template. */
  readonly files: Readonly<Record<string, string>>;
}

/** The functions that are there at first: demo's run and do not run, eve's are nobody else's business. */
const functions: readonly SeededFunction[] = [
  {
    producer: "demo",
    name: "hello",
    language: "nodejs",
    version: "8",
    lunchbadger: { id: idOf("function", 1), itemOrder: 0 },
    isDeployed: true,
    files: { "handler.js": "module.exports = { fn: (event) => `hello, ${event.data || 'driver'}` };\n" },
  },
  {
    producer: "demo",
    name: "convert",
    language: "python",
    version: "3.6",
    lunchbadger: { id: idOf("function", 2), itemOrder: 1 },
    isDeployed: false,
    files: { "handler.py": "def fn(event, context):\n    return float(event['data']) * 1.609344\n" },
  },
  {
    producer: "eve",
    name: "whisper",
    language: "nodejs",
    version: "8",
    lunchbadger: { id: idOf("function", 3), itemOrder: 0 },
    isDeployed: true,
    files: { "handler.js": "module.exports = { fn: (event) => String(event.data).toLowerCase() };\n" },
  },
];

/** The functions that run at first, by producer and name. */
export const deployedFunctions: readonly Pick<SeededFunction, "producer" | "name">[] = functions.filter(
  ({ isDeployed }) => isDeployed,
);

/** What a producer's repository of functions holds at first: a folder for each. */
export function functionFiles(producer: string, env: string): Readonly<Record<string, string>> {
  const own = functions.filter((each) => each.producer === producer);
  return Object.fromEntries(own.flatMap((each) => Object.entries(folderOf(each, env))));
}

function folderOf(seeded: SeededFunction, env: string): Record<string, string> {
  const { producer, name, language, version, lunchbadger, files } = seeded;
  const place = { producer, env, namespace: "customer" };
  const document = newDocument(place, { name, env: language, version, lunchbadger });
  const all = { "serverless.yml": writtenDocument(document), ...templateOf(language, version), ...files };
  return Object.fromEntries(Object.entries(all).map(([path, text]) => [`${name}/${path}`, text]));
}
