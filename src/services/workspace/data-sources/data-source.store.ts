import { StillUnderway, UpstreamRejected, UpstreamUnavailable } from "../../../errors.ts";
import type { ProjectGrant } from "../../../permissions/grant.ts";
import type { JsonObject } from "../json.ts";
import { isSame } from "../merge/canonical.ts";
import type { Step } from "../steps.ts";
import type { ConnectionTest, StoredDataSource, WorkspaceApi } from "../workspace-api.client.ts";
import { contentOf } from "./data-source.reader.ts";

/** All data sources of a project, as they are stored. */
export type All = readonly StoredDataSource[];

/** Where data sources are kept. Its errors repeat nothing that the workspace says: that may quote what was sent. */
export interface DataSourceStore {
  readonly look: (grant: ProjectGrant) => Promise<All>;
  readonly test: (grant: ProjectGrant<"write">, stored: StoredDataSource) => Promise<ConnectionTest>;
  readonly saving: (
    grant: ProjectGrant<"write">,
    stored: StoredDataSource | undefined,
    wanted: DataSourceBody,
  ) => Step<All>;
  readonly removing: (grant: ProjectGrant<"write">, stored: StoredDataSource) => Step<All>;
}

/** A data source as it is sent. */
export type DataSourceBody = JsonObject & { readonly id: string; readonly name: string };

const collection = "DataSourceDefinitions";

export const named = (all: All, name: string) => all.find((each) => each.name === name);

export function bodyOf(name: string, content: JsonObject): DataSourceBody {
  return { ...content, id: `server.${name}`, facetName: "server", name };
}

/** What is stored, to be sent again. */
function again({ configFile: _configFile, ...stored }: StoredDataSource): DataSourceBody {
  return bodyOf(stored.name, stored);
}

function withoutWords(error: unknown): unknown {
  if (error instanceof UpstreamRejected) {
    return new UpstreamRejected("workspace-api", "The workspace refuses this data source.");
  }
  if (!(error instanceof UpstreamUnavailable) || error instanceof StillUnderway) return error;
  return new UpstreamUnavailable(error.upstream, error.reason.replace(/(answered \d+): .*/s, "$1"));
}

async function quietly<Result>(call: Promise<Result>): Promise<Result> {
  try {
    return await call;
  } catch (error) {
    throw withoutWords(error);
  }
}

export function createDataSourceStore(workspaceApi: WorkspaceApi): DataSourceStore {
  const put = (grant: ProjectGrant<"write">, body: DataSourceBody) =>
    quietly(workspaceApi.put(grant, collection, [body]));
  const drop = (grant: ProjectGrant<"write">, id: string) =>
    quietly(workspaceApi.remove(grant, collection, id));

  return {
    look: (grant) => quietly(workspaceApi.dataSources(grant)),
    test: (grant, { id }) => quietly(workspaceApi.testConnection(grant, id)),
    saving: (grant, stored, wanted) => ({
      title: `Save the data source ${wanted.name}`,
      apply: () => put(grant, wanted),
      isDone: (all) => {
        const there = named(all, wanted.name);
        return there !== undefined && isSame(contentOf(there), contentOf(wanted));
      },
      undo: () => (stored ? put(grant, again(stored)) : drop(grant, wanted.id)),
    }),
    removing: (grant, stored) => ({
      title: `Delete the data source ${stored.name}`,
      apply: () => drop(grant, stored.id),
      isDone: (all) => named(all, stored.name) === undefined,
      undo: () => put(grant, again(stored)),
    }),
  };
}
