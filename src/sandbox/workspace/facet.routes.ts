import type { Kind } from "./entity.kind.ts";
import { found } from "./entity.routes.ts";
import { EntityWriter } from "./entity.writer.ts";
import { dataOf, type Entity } from "./loopback.body.ts";
import { noModel, noRelated, unknownId } from "./loopback.error.ts";
import { filterOf, picked } from "./loopback.filter.ts";
import type { LoopbackRoutes } from "./loopback.server.ts";
import { dataSourceKind, modelConfigKind } from "./listed.kind.ts";
import { modelKind } from "./model.kind.ts";
import type { ProjectDisk } from "./project.disk.ts";
import { components, serverSettings } from "./project.template.ts";

/** The facets, what is in them, and the settings of the server. */
export function addFacetRoutes(routes: LoopbackRoutes, disk: ProjectDisk): void {
  routes.add("GET", "/Facets", ({ query }) =>
    disk.read(() => facets.map((facet) => picked(facet, filterOf(query).fields))),
  );
  routes.add("GET", "/Facets/:facet", ({ params }) => {
    const name = String(params["facet"]);
    return disk.read(() => {
      const facet = facets.find((each) => each["name"] === name);
      if (facet === undefined) throw unknownId("Facet", name);
      return facet;
    });
  });
  const below: [string, Kind][] = [
    ["datasources", dataSourceKind],
    ["models", modelKind],
    ["modelConfigs", modelConfigKind],
  ];
  for (const [path, kind] of below) addBelowFacet(routes, disk, path, kind);
  routes.add("GET", "/Facets/:facet/settings", ({ params }) =>
    disk.read(() => settings.filter((each) => each["facetName"] === knownFacet(params["facet"]))),
  );
  routes.add("GET", "/FacetSettings", () => disk.read(() => settings));
  routes.add("GET", "/ComponentConfigs", () => disk.read(() => componentConfigs));
  routes.add("GET", "/ViewDefinitions", () => disk.read(() => []));
  routes.add("GET", "/DatabaseColumns", () => disk.read(() => []));
}

function addBelowFacet(routes: LoopbackRoutes, disk: ProjectDisk, path: string, kind: Kind): void {
  const base = `/Facets/:facet/${path}`;
  const writer = new EntityWriter(disk, kind);
  routes.add("GET", base, ({ params, query }) =>
    found(disk, kind, query, { facetName: knownFacet(params["facet"]) }),
  );
  routes.add("POST", base, ({ params, body }) =>
    writer.post({ ...dataOf(body), facetName: knownFacet(params["facet"]) }),
  );
  routes.add("DELETE", `${base}/:id`, async ({ params }) => {
    const id = String(params["id"]);
    const where = { facetName: knownFacet(params["facet"]), id };
    if ((await found(disk, kind, new URLSearchParams(), where)).length === 0) throw noRelated(kind.name, id);
    await writer.remove(id);
  });
}

const facets: readonly Entity[] = [
  { name: "common" },
  {
    name: "server",
    modelsMetadata: {
      sources: [
        "loopback/common/models",
        "loopback/server/models",
        "../common/models",
        "./models",
        "./internal",
      ],
      mixins: ["loopback/common/mixins", "loopback/server/mixins", "../common/mixins", "./mixins"],
    },
  },
];

const settings: readonly Entity[] = Object.entries(serverSettings).map(([name, value]) => ({
  id: `server.${name}`,
  facetName: "server",
  name,
  configFile: "server/config.json",
  value,
}));

const componentConfigs: readonly Entity[] = Object.entries(components).map(([name, value]) => ({
  id: `server.${name}`,
  facetName: "server",
  name,
  value,
  configFile: "server/component-config.json",
}));

function knownFacet(name: string | undefined): string {
  if (!facets.some((facet) => facet["name"] === name)) throw noModel(String(name));
  return String(name);
}
