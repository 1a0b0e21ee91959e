import { z } from "zod";
import { addressFrom } from "../../address-template.ts";
import { UpstreamUnavailable } from "../../errors.ts";
import type { ProjectGrant } from "../../permissions/grant.ts";
import type { EventSource, StreamListener } from "../http/event.source.ts";
import type { EventSources } from "../http/event.sources.ts";
import type { WorkspaceUpstream } from "../http/upstream.ts";
import type { JsonObject } from "./json.ts";
import { checkSize, messageOf, refusalOf } from "./loopback.answer.ts";
import { jsonObject } from "./shapes.ts";
import { readStreamedStatus, statusShape, type StoredStatus } from "./status.reader.ts";

const treeShape = z.object({ files: jsonObject });

/** What a workspace says when it has done a reset: it takes the result, which is none, for a promise. */
const afterReset = "reset(...).then is not a function";

/** Hears how a running project is, and of times in which it cannot be heard. */
export interface StatusListener extends Omit<StreamListener, "heard"> {
  readonly changed: (status: StoredStatus) => void;
}

/**
 * The Project API of a producer's workspace. It asks nobody who they are. A write that throws UpstreamUnavailable may
 * have been done all the same.
 */
export interface ProjectApi {
  readonly document: (grant: ProjectGrant) => Promise<JsonObject | undefined>;
  /** Replaces fields of the document, lists as a whole; others stay. */
  readonly change: (grant: ProjectGrant<"write">, fields: JsonObject) => Promise<void>;
  readonly clear: (grant: ProjectGrant<"admin">) => Promise<void>;
  /** All files as a tree of names to text, without what the workspace keeps to itself. */
  readonly files: (grant: ProjectGrant) => Promise<JsonObject>;
  /** Writes a tree over the files; null deletes. */
  readonly writeFiles: (grant: ProjectGrant<"write">, tree: JsonObject) => Promise<void>;
  readonly status: (grant: ProjectGrant) => Promise<StoredStatus>;
  /** Hears of it at once and whenever it is told anew, until it is closed. */
  readonly follow: (grant: ProjectGrant, listener: StatusListener) => EventSource;
  readonly restart: (grant: ProjectGrant<"write">) => Promise<void>;
  readonly reinstall: (grant: ProjectGrant<"write">) => Promise<void>;
  readonly hardReset: (grant: ProjectGrant<"admin">) => Promise<void>;
}

/** What the Project API calls a project. */
export const projectId = ({ producer, env }: ProjectGrant) => `${producer}-${env}`;

interface Means {
  readonly upstream: WorkspaceUpstream;
  readonly address: string;
  readonly sources: EventSources;
  /** After how long a stream is opened anew: it gives no sign of life. */
  readonly lifeMs: number;
}

export function createProjectApi({ upstream, address, sources, lifeMs }: Means): ProjectApi {
  const send = async (
    grant: ProjectGrant<"write">,
    method: "POST" | "PUT" | "PATCH",
    path: readonly string[],
    body?: JsonObject,
  ) => {
    const what = `${method} /${path[0] ?? ""}`;
    if (body) checkSize(body, "the project");
    const answer = await upstream.call(grant, { method, path, body, understands: [500], outlasts: true });
    if (answer.status !== 200 && answer.status !== 204) throw refusalOf(upstream.name, answer, what);
  };

  const read = async <Shape>(
    grant: ProjectGrant,
    path: readonly string[],
    shape: z.ZodType<Shape>,
  ): Promise<Shape | undefined> => {
    const answer = await upstream.call(grant, { method: "GET", path, torn: true });
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw refusalOf(upstream.name, answer, `GET /${path[0] ?? ""}`);
    return answer.as(shape);
  };

  const readKnown = async <Shape>(
    grant: ProjectGrant,
    path: readonly string[],
    shape: z.ZodType<Shape>,
  ): Promise<Shape> => {
    const found = await read(grant, path, shape);
    if (found !== undefined) return found;
    throw new UpstreamUnavailable(upstream.name, `GET /${path[0] ?? ""} answered 404`);
  };

  return {
    document: (grant) => read(grant, ["Projects", projectId(grant)], jsonObject),
    change: (grant, fields) => send(grant, "PATCH", ["Projects", projectId(grant)], fields),
    clear: (grant) => send(grant, "POST", ["Projects", projectId(grant), "clear"]),
    files: async (grant) => (await readKnown(grant, ["WorkspaceFiles", "files"], treeShape)).files,
    writeFiles: (grant, tree) => send(grant, "PUT", ["WorkspaceFiles", "files"], { files: tree }),
    status: (grant) => readKnown(grant, ["WorkspaceStatus", "1"], statusShape),
    follow: ({ producer, env }, { opened, broke, changed }) => {
      const base = addressFrom(address, producer, env);
      const path = ["WorkspaceStatus", "change-stream"];
      const heard = (data: string) => {
        const status = readStreamedStatus(data);
        if (status) changed(status);
      };
      return sources.open({ upstream: upstream.name, base, path, lifeMs }, { opened, broke, heard });
    },
    restart: (grant) => send(grant, "POST", ["WorkspaceStatus", "restart"]),
    reinstall: (grant) => send(grant, "POST", ["WorkspaceStatus", "reinstall"]),
    hardReset: async (grant) => {
      const path = ["WorkspaceStatus", "hard-reset"];
      const answer = await upstream.call(grant, { method: "POST", path, understands: [500] });
      if (answer.status === 204 || (answer.status === 500 && messageOf(answer) === afterReset)) return;
      throw refusalOf(upstream.name, answer, "POST /WorkspaceStatus");
    },
  };
}
