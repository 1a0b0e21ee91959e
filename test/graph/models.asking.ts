import {
  DeleteModelDocument,
  ReadModelDocument,
  ReadModelsDocument,
  SaveModelDocument,
  type DeleteModelInput,
  type SaveModelInput,
} from "../generated/operations.ts";
import type { PersonName, Sett } from "../support/sett.ts";

type Without<Input> = Omit<Input, "project">;

const project = { producer: "demo" };

/** Somebody who works on the models of demo's project. */
export function modelsAs(sett: Sett, name: PersonName = "demo") {
  const person = sett.as(name);
  return {
    save: (input: Without<SaveModelInput>) => person.ask(SaveModelDocument, { input: { project, ...input } }),
    delete: (input: Without<DeleteModelInput>) =>
      person.ask(DeleteModelDocument, { input: { project, ...input } }),
    read: async (model: string) => {
      const { data } = await person.ask(ReadModelDocument, { producer: "demo", name: model });
      return data?.project?.model;
    },
    all: async () => (await person.ask(ReadModelsDocument, { producer: "demo" })).data?.project?.models ?? [],
  };
}

/** Everything that demo's workspace keeps in files, lunchbadger.json apart. */
export function filesOf(sett: Sett): Readonly<Record<string, unknown>> {
  const { "lunchbadger.json": _document, ...files } = sett.sandbox.workspaces
    .pod("demo", "dev")
    .state.files();
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      path.endsWith(".json") ? (JSON.parse(text) as unknown) : text,
    ]),
  );
}

/** What demo's workspace was asked to write since this was last asked, as `POST /ModelDefinitions`. */
export function workspaceWrites(sett: Sett): readonly string[] {
  return sett
    .upstreamCalls()
    .filter((call) => /^(?:workspace|project)-api (?!GET)/.test(call))
    .map((call) => call.replace(/^\S+ (\S+) \/demo-dev\/api/, "$1 "));
}
