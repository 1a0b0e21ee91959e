import { found } from "./entity.routes.ts";
import { EntityWriter } from "./entity.writer.ts";
import type { Kind } from "./entity.kind.ts";
import { dataOf, oneOrMany } from "./loopback.body.ts";
import { noModel, noRelated } from "./loopback.error.ts";
import type { LoopbackRoutes } from "./loopback.server.ts";
import { modelKind, modelParts } from "./model.kind.ts";
import { changePart, fileOfModel, modelPath } from "./model.file.ts";
import type { ProjectDisk } from "./project.disk.ts";

/** What belongs to a model, below the model's own address. */
export function addModelPartRoutes(routes: LoopbackRoutes, disk: ProjectDisk): void {
  for (const [part, kind] of Object.entries(modelParts)) addPart(routes, disk, part, kind);
}

function addPart(routes: LoopbackRoutes, disk: ProjectDisk, part: string, kind: Kind): void {
  const base = `/ModelDefinitions/:id/${part}`;
  const writer = new EntityWriter(disk, kind);
  const model = async (id: string | undefined): Promise<string> =>
    disk.read((files) => {
      if (!modelKind.list(files).some((each) => each["id"] === id)) throw noModel(String(id));
      return String(id);
    });

  routes.add("GET", base, async ({ params, query }) =>
    found(disk, kind, query, { modelId: await model(params["id"]) }),
  );
  routes.add("GET", `${base}/:child`, async ({ params, query }) => {
    const modelId = await model(params["id"]);
    const child = String(params["child"]);
    const [one] = await found(disk, kind, query, { modelId, id: child });
    if (one === undefined) throw noRelated(kind.name, child);
    return one;
  });
  if (kind.ownFile === undefined) return;

  routes.add("POST", base, async ({ params, body }) => {
    const modelId = await model(params["id"]);
    const sent = oneOrMany(body);
    return writer.post(
      Array.isArray(sent) ? sent.map((each) => ({ ...each, modelId })) : { ...dataOf(sent), modelId },
    );
  });
  routes.add("DELETE", base, async ({ params }) => {
    const id = await model(params["id"]);
    await disk.write(
      (files, before) => {
        const path = fileOfModel(before, id);
        if (path !== undefined) changePart(files, path, part, () => ({}));
      },
      { own: modelPath(id.replace(/^server\./, "")), committed: kind.committed },
    );
  });
  routes.add("DELETE", `${base}/:child`, async ({ params }) => {
    await model(params["id"]);
    const child = String(params["child"]);
    const { count } = await writer.remove(child);
    if (count === 0) throw noRelated(kind.name, child);
  });
}
