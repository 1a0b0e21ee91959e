import { idOf, serverFacet, sorted, without, type Kind } from "./entity.kind.ts";
import { blankIssues, uniquenessIssues } from "./entity.rule.ts";
import type { Entity } from "./loopback.body.ts";
import { parsed, type Files } from "./project.disk.ts";
import { written } from "./project.template.ts";

/** Data sources: all of them in one file. */
export const dataSourceKind: Kind = listedKind({
  name: "DataSourceDefinition",
  plural: "DataSourceDefinitions",
  file: "server/datasources.json",
  required: ["facetName", "facetName", "name", "name", "connector"],
  taken: (body) => ("port" in body ? { ...body, port: portOf(body["port"]) } : body),
  read: (name, entry) => ({ name, configFile: "server/datasources.json", ...entry }),
});

/** To which data source a model is attached: all of it in one file, checked against nothing. */
export const modelConfigKind: Kind = listedKind({
  name: "ModelConfig",
  plural: "ModelConfigs",
  file: "server/model-config.json",
  required: ["facetName", "facetName", "name"],
  taken: (body) => body,
  read: (name, entry) => ({ name, ...entry }),
});

interface ListedKind {
  name: string;
  plural: string;
  file: string;
  required: string[];
  taken(body: Entity): Entity;
  read(name: string, entry: Entity): Entity;
}

function listedKind({ name, plural, file, required, taken, read }: ListedKind): Kind {
  const list = (files: Files): Entity[] =>
    sorted(
      Object.entries(parsed(files, file))
        .filter(([key]) => key !== "_meta")
        .map(([key, entry]) => ({
          id: idOf(serverFacet, key),
          facetName: serverFacet,
          ...read(key, entry as Entity),
        })),
    );
  const change = (files: Files, how: (entries: Entity) => Entity): void =>
    void files.set(file, written(how(parsed(files, file))));

  return {
    name,
    plural,
    committed: true,
    relations: {},
    list,
    taken: (body) => taken({ ...body, id: idOf(body["facetName"], body["name"]) }),
    issues: (entity, files, sentId) => [
      ...blankIssues(entity, ...required),
      ...uniquenessIssues(entity, sentId, list(files)),
    ],
    put: (files, entity) => {
      if (entity["facetName"] !== serverFacet) return;
      const entry = without(entity, "id", "facetName", "name", "configFile");
      change(files, (entries) => ({ ...entries, [String(entity["name"])]: entry }));
    },
    remove: (files, id) => {
      const found = list(files).filter((each) => each["id"] === id);
      change(files, (entries) => without(entries, ...found.map((each) => String(each["name"]))));
      return found.length;
    },
  };
}

/** A port that is no number is kept as null. */
function portOf(port: unknown): number | null {
  const number = port === null || port === "" ? NaN : Number(port);
  return Number.isNaN(number) ? null : number;
}
