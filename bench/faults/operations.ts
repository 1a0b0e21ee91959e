import { needing, nouns } from "../../test/faults/nouns.ts";

/** What is asked over and over: by whom, and which services it cannot do without, permissions aside. */
export interface Operation {
  readonly name: string;
  readonly token: string;
  /** The nth time that it is sent. */
  readonly text: (time: number) => string;
  readonly needs: readonly string[];
  /** What is changed is not the same each time. */
  readonly isMutation: boolean;
  /** The producers whose services it asks. */
  readonly producers: readonly string[];
}

const servicesFor = (text: string) =>
  Object.keys(needing).filter((name) =>
    (needing[name] ?? []).some((field) => new RegExp(`\\b${field}\\b`).test(text)),
  );

const query = (name: string, person: string, text: string, producers: readonly string[]): Operation => ({
  name,
  token: `${person}-token`,
  text: () => text,
  needs: servicesFor(text),
  isMutation: false,
  producers,
});

const fields = [
  "revision",
  "files { path }",
  "workspace { status }",
  "models { name }",
  "dataSources { name }",
  "openApi",
  "gateways { name live { policies } }",
  "functions { name }",
  'repo { branches { nodes { name } } file(path: "README.md") { size } }',
  "pods { name events { reason } }",
  "pods { name phase } presence { login }",
];

/** Each field by itself, of demo's project and of al's own. */
const alone = fields.flatMap((field) =>
  [
    ["demo", "demo"],
    ["al", "demo"],
    ["al", "al"],
  ].map(([person = "", producer = ""]) =>
    query(
      `${field} of ${producer}'s by ${person}`,
      person,
      `{ project(producer: "${producer}") { env ${field} } }`,
      [producer],
    ),
  ),
);

const input = (rest: string) => `input: { project: { producer: "eve" } ${rest} }`;

const mutation = (name: string, person: string, needs: readonly string[], text: Operation["text"]) => ({
  name,
  token: `${person}-token`,
  text: (time: number) => `mutation { ${text(time)} }`,
  needs,
  isMutation: true,
  producers: ["eve"],
});

const mutations: readonly Operation[] = [
  mutation("saveServiceEndpoint of eve's", "eve", ["project-api"], (time) => {
    const endpoint = `name: "Wind" urls: ["http://wind-${time}.example"]`;
    return `saveServiceEndpoint(${input(`serviceEndpoint: { id: "eeeeeeee-0000-4000-8000-000000000001" ${endpoint} }`)}) { outcome }`;
  }),
  mutation(
    "saveFunction of eve's",
    "eve",
    ["sls-api"],
    (time) =>
      `saveFunction(${input(`name: "whisper" files: [{ path: "notes.txt" text: "${time}" }]`)}) { outcome }`,
  ),
  mutation(
    "createProducer",
    "admin",
    ["git-api", "configstore"],
    () => `createProducer(input: { name: "eve" }) { createdRepos }`,
  ),
];

const viewer = query("viewer", "zu", "{ viewer { login } }", []);
const open = { ...query("what is open to everybody", "", "{ __typename }", []), token: "" };
const together = query("everything together", "al", nouns, ["demo", "al"]);

/** What is asked in turn, again and again. */
export const operations: readonly Operation[] = [...alone, viewer, open, together, ...mutations];
