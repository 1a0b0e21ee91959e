import type { Kind } from "./entity.kind.ts";
import { EntityWriter, withoutInstance } from "./entity.writer.ts";
import { dataSourceKind } from "./listed.kind.ts";
import { dataOf, type Entity } from "./loopback.body.ts";
import { LoopbackError, noModel, unknownId } from "./loopback.error.ts";
import { filterOf, meets, picked, whereOf, type Filter } from "./loopback.filter.ts";
import type { Call, LoopbackRoutes } from "./loopback.server.ts";
import type { Files, ProjectDisk } from "./project.disk.ts";

/** The methods that every kind has. */
export function addEntityRoutes(routes: LoopbackRoutes, disk: ProjectDisk, kind: Kind): void {
  const base = `/${kind.plural}`;
  const writer = new EntityWriter(disk, kind);

  routes.add("POST", base, ({ body }) => writer.post(body));
  routes.add("POST", `${base}/replaceOrCreate`, ({ body }) => writer.post(body));
  routes.add(["PUT", "PATCH"], base, ({ body }) => writer.merge(dataOf(body)));
  routes.add("GET", base, ({ query }) => found(disk, kind, query));
  routes.add("GET", `${base}/findOne`, async ({ query }) => {
    const [first] = await found(disk, kind, query);
    if (first === undefined) throw unknownId(kind.name, "undefined");
    return first;
  });
  routes.add("GET", `${base}/count`, ({ query }) => {
    const where = whereOf(query);
    return disk.read((files) => ({ count: kind.list(files).filter((each) => meets(each, where)).length }));
  });
  routes.add("GET", `${base}/:id`, ({ params, query }) => {
    const id = String(params["id"]);
    const filter = filterOf(query);
    return disk.read((files) => {
      const one = kind.list(files).find((each) => each["id"] === id);
      if (one === undefined) throw unknownId(kind.name, id);
      return told(kind, files, one, filter);
    });
  });
  routes.add("GET", `${base}/:id/exists`, ({ params }) =>
    disk.read((files) => ({ exists: kind.list(files).some((each) => each["id"] === params["id"]) })),
  );
  routes.add(["PUT", "PATCH"], `${base}/:id`, (call) => changedOnlyInTheAnswer(disk, kind, call));
  routes.add("POST", `${base}/:id/replace`, async ({ params, body }) => {
    await disk.read((files) => existing(kind, files, String(params["id"])));
    return writer.post(dataOf(body));
  });
  routes.add("DELETE", `${base}/:id`, ({ params }) => writer.remove(String(params["id"])));
}

/** A list as a query wants it. */
export function found(
  disk: ProjectDisk,
  kind: Kind,
  query: URLSearchParams,
  where: Entity = {},
): Promise<Entity[]> {
  const filter = filterOf(query);
  return disk.read((files) =>
    kind
      .list(files)
      .filter((each) => meets(each, where) && meets(each, filter.where))
      .slice(0, filter.limit)
      .map((each) => told(kind, files, each, filter)),
  );
}

/** PUT and PATCH by id answer what would be, and store nothing. */
function changedOnlyInTheAnswer(disk: ProjectDisk, kind: Kind, { params, body }: Call): Promise<Entity> {
  return disk.read((files) => {
    const one = existing(kind, files, String(params["id"]));
    if (kind === dataSourceKind) throw withoutInstance();
    const change = dataOf(body);
    return { ...one, ...kind.taken({ ...one, ...change }, files), id: one["id"] };
  });
}

function existing(kind: Kind, files: Files, id: string): Entity {
  const one = kind.list(files).find((each) => each["id"] === id);
  if (one === undefined) throw noModel(id);
  return one;
}

function told(kind: Kind, files: Files, entity: Entity, { include, fields }: Filter): Entity {
  const included = include.map((name) => {
    const relation = kind.relations[name];
    if (relation === undefined) {
      throw new LoopbackError(500, `Relation "${name}" is not defined for ${kind.name} model`);
    }
    return [name, relation(files, String(entity["id"]))];
  });
  return picked({ ...entity, ...(Object.fromEntries(included) as Entity) }, fields);
}
