import { BadUserInput, Conflict, UpstreamUnavailable } from "../../../errors.ts";
import type { ProjectGrant } from "../../../permissions/grant.ts";
import { withoutSecrets } from "../data-sources/secrets.ts";
import type { JsonObject } from "../json.ts";
import { largestBody } from "../loopback.answer.ts";
import { revisionOf } from "../merge/canonical.ts";
import { madeOnce } from "../merge/made.once.ts";
import { carryOut, type Step } from "../steps.ts";
import type { WorkspaceMeans } from "../workspace.service.ts";
import { checkFiles, holdsSecrets, type WantedFile } from "./file.rule.ts";
import { filesOf, missingFrom, objectIn, treeOf, type FileChanges, type Files } from "./file.tree.ts";

/** A file as anybody who reads the project may see it; what nobody asks for is not made. */
export interface ReadFile {
  readonly path: string;
  /** Undefined where there are secrets in it that cannot be told from the rest. */
  readonly text: string | undefined;
  readonly revision: string;
}

/** What became of files that were to be saved. */
export interface SavedFiles {
  readonly files: readonly ReadFile[];
  readonly deleted: readonly string[];
}

/** The files of a project, but for those that the workspace keeps to itself. */
export interface WorkspaceFilesService {
  /** All of them, in the order of paths. */
  readonly read: (grant: ProjectGrant) => Promise<readonly ReadFile[]>;
  readonly save: (grant: ProjectGrant<"write">, wanted: readonly WantedFile[]) => Promise<SavedFiles>;
}

/** A file of data sources without the secrets in it. */
function withoutSecretsIn(text: string): string | undefined {
  const sources = objectIn(text);
  return sources && `${JSON.stringify(withoutSecrets(sources).shown, null, 2)}\n`;
}

class ShownFile implements ReadFile {
  readonly path: string;
  readonly #text: string;
  #shown: { readonly text: string | undefined } | undefined;
  #revision: string | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.#text = text;
  }

  get text() {
    const show = () => (holdsSecrets(this.path) ? withoutSecretsIn(this.#text) : this.#text);
    return (this.#shown ??= { text: show() }).text;
  }

  /** It is of what is shown: a hash of a secret may give it away. */
  get revision() {
    return (this.#revision ??= revisionOf(this.text ?? null));
  }
}

/** The files of a tree, once: an answer that still holds is the same when it is asked for again. */
const filesIn = madeOnce(filesOf);
const shownIn = madeOnce((tree: JsonObject): readonly ReadFile[] =>
  Array.from(filesIn(tree), ([path, text]) => new ShownFile(path, text)),
);

/** Whether a file is below a folder, or is the file of that path itself. */
export function isBelow(folder: string, { path }: ReadFile): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** Refuses to replace what is not what the writer read; what they would make of it anyway is no conflict. */
function checkRevisions(wanted: readonly WantedFile[], files: Files): void {
  const stale = wanted.flatMap(({ path, text, revision }) => {
    const current = files.get(path);
    const now = current === undefined ? null : new ShownFile(path, current).revision;
    if (revision === undefined || revision === now || current === text) return [];
    return [{ path, revision: now, theirs: current ?? null, mine: text ?? null }];
  });
  if (stale.length === 0) return;
  throw new Conflict(
    `Others changed ${stale.map(({ path }) => path).join(", ")} since you read it.`,
    { files: stale.map(({ path, revision }) => ({ path, revision })) },
    stale.map(({ path, theirs, mine }) => ({ entity: path, base: null, theirs, mine })),
  );
}

function checkSize(tree: JsonObject): void {
  if (Buffer.byteLength(JSON.stringify({ files: tree })) <= largestBody) return;
  const message = `more than ${largestBody} bytes cannot be saved at once`;
  throw new BadUserInput([{ field: "input.files", message }]);
}

function titleOf(changes: FileChanges): string {
  const deleted = [...changes.values()].filter((text) => text === undefined).length;
  const written = changes.size - deleted;
  const parts = [written > 0 && `write ${written}`, deleted > 0 && `delete ${deleted}`].filter(Boolean);
  const title = `${parts.join(" and ")} ${changes.size === 1 ? "file" : "files"}`;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

export function createFilesService({ projectApi, access }: WorkspaceMeans): WorkspaceFilesService {
  const look = async (grant: ProjectGrant) => filesIn(await projectApi.files(grant));

  /** Writes what is missing: a deletion sent twice fails, and takes what is sent with it down. */
  const write = async (grant: ProjectGrant<"write">, changes: FileChanges, files: Files) => {
    const missing = missingFrom(files, changes);
    if (missing.size > 0) await projectApi.writeFiles(grant, treeOf(missing));
  };

  const writing = (grant: ProjectGrant<"write">, changes: FileChanges, before: Files): Step<Files> => {
    let known: Files | undefined = before;
    const were = new Map(Array.from(changes.keys(), (path) => [path, before.get(path)]));
    return {
      title: titleOf(changes),
      apply: async () => {
        const files = known ?? (await look(grant));
        known = undefined;
        await write(grant, changes, files);
      },
      isDone: (files) => missingFrom(files, changes).size === 0,
      undo: async () => write(grant, were, await look(grant)),
    };
  };

  return {
    read: async (grant) => shownIn(await projectApi.files(grant)),
    save: (grant, wanted) =>
      access.write(grant, async (lost) => {
        const before = await look(grant);
        checkFiles(wanted, before);
        checkRevisions(wanted, before);
        const changes = missingFrom(before, new Map(wanted.map(({ path, text }) => [path, text])));
        checkSize(treeOf(changes));
        const after =
          changes.size === 0
            ? before
            : (await carryOut([writing(grant, changes, before)], { look: () => look(grant), lost })).state;
        const saved = wanted.filter(({ text }) => text !== undefined);
        return {
          files: saved.map(({ path }) => new ShownFile(path, savedText(after, path))),
          deleted: wanted.filter(({ text }) => text === undefined).map(({ path }) => path),
        };
      }),
  };
}

function savedText(files: Files, path: string): string {
  const text = files.get(path);
  if (text === undefined) throw new UpstreamUnavailable("project-api", "a saved file is not there");
  return text;
}
