import pLimit from "p-limit";
import { parse } from "yaml";
import { UpstreamRejected, UpstreamUnavailable } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import type { TreeEntry } from "../../services/gitea/snapshot.service.ts";
import type { FunctionDefinition } from "../gateway/platform.entries.ts";
import { mostOf } from "../projection/project.bounds.ts";
import { bytesOfText, keepContents } from "./kept.contents.ts";
import { sideBySide, type Reading, type SourceMeans } from "./source.means.ts";

/** A folder of a function's. */
interface FunctionFolder {
  readonly name: string;
  /** Another one when anything in the folder is. */
  readonly sha: string;
  /** That of the document that makes it a function. */
  readonly documentSha: string;
}

/** The functions that a repository keeps at a commit. */
export interface FunctionFolders {
  readonly grant: RepositoryGrant;
  readonly commit: string;
  readonly folders: readonly FunctionFolder[];
}

const documentName = "serverless.yml";

/** Far more than anybody writes about a function, and little enough to be read without holding all else up. */
const mostDocumentBytes = 200_000;
const keptBytes = { folders: 8_000_000, ids: 4_000_000 };

function foldersIn(entries: readonly TreeEntry[]): readonly FunctionFolder[] {
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  return entries.flatMap(({ path: name, kind, sha }) => {
    // Only what is at the top is looked at by what deploys them, and nothing that is hidden.
    if (kind !== "folder" || name.includes("/") || name.startsWith(".")) return [];
    const document = byPath.get(`${name}/${documentName}`);
    return document?.kind === "file" ? [{ name, sha, documentSha: document.sha }] : [];
  });
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

/** The id that a function's document says it has on the canvas; none is an empty text. */
function idIn(text: string, path: string): string {
  let document: unknown;
  try {
    // Whether keys are unique is asked of each key by going through all.
    document = parse(text, { logLevel: "error", uniqueKeys: false });
  } catch {
    throw new UpstreamRejected("gitea", `${path} is no YAML.`);
  }
  const { id } = objectOf(objectOf(document)["lunchbadger"]);
  return typeof id === "string" ? id : "";
}

/** Reads functions out of the repositories that keep them. What was read of a commit or a file is not read again. */
export function createFunctionFolders({ snapshots, readFile }: Pick<SourceMeans, "snapshots" | "readFile">) {
  const keptFolders = keepContents<readonly FunctionFolder[]>(keptBytes.folders, (folders) =>
    folders.reduce((bytes, { name }) => bytes + bytesOfText(name) + 250, 50),
  );
  const keptIds = keepContents<string>(keptBytes.ids, bytesOfText);

  const idOf = ({ grant, commit }: FunctionFolders, { name, documentSha }: FunctionFolder) =>
    keptIds(documentSha, async () => {
      const path = `${name}/${documentName}`;
      const file = await readFile(grant, path, commit);
      if (file?.sha !== documentSha)
        throw new UpstreamUnavailable("gitea", "a file is not what its tree says");
      if (file.content.length > mostDocumentBytes)
        throw new UpstreamRejected("gitea", `${path} is too large.`);
      return idIn(file.content.toString("utf8"), path);
    });

  return {
    read: async (grant: RepositoryGrant, isEmpty: boolean): Promise<FunctionFolders | undefined> => {
      const commit = await snapshots.head(grant, isEmpty);
      if (commit === undefined) return undefined;
      const folders = await keptFolders(commit, async () =>
        foldersIn(await snapshots.tree(grant, commit, "all")),
      );
      return { grant, commit, folders };
    },

    /** What of them gateways and the cluster need; their ids only where somebody asks, since each is in a file. */
    definitions: async (
      kept: FunctionFolders | undefined,
      withIds: boolean,
      { signal }: Pick<Reading, "signal">,
    ): Promise<readonly FunctionDefinition[]> => {
      if (!kept) return [];
      return pLimit(sideBySide).map(kept.folders, async (folder, index) => {
        signal.throwIfAborted();
        const id = withIds && index < mostOf.functions ? await idOf(kept, folder) : "";
        return { name: folder.name, revision: folder.sha, ...(id === "" ? {} : { id }) };
      });
    },
  };
}
