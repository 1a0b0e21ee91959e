import { isUtf8 } from "node:buffer";
import pLimit from "p-limit";
import { BadUserInput } from "../../errors.ts";
import type { RepositoryGrant } from "../../permissions/grant.ts";
import { blobSha } from "../gitea/file.writer.ts";
import type { FileChange, TreeFile, TreesService } from "../gitea/trees.service.ts";

/** What becomes of files on their way. */
export interface Translation {
  /** Files that neither go nor come. */
  readonly isOwn: (path: string) => boolean;
  /** Files that come only where there are none of the kind yet, and never go. */
  readonly isKept: (path: string) => boolean;
  /** Files that come otherwise than they are. */
  readonly isTranslated: (path: string) => boolean;
  readonly translate: (
    file: { readonly path: string; readonly text: string },
    there: string | undefined,
  ) => string;
  /** Folders that are none of it where it comes from, and where it goes: they neither go nor come, nor are replaced. */
  readonly others: Readonly<Record<"source" | "target", FindFolders>>;
}

/** Finds folders among the files of a commit, by what is in them. */
export type FindFolders = (
  files: readonly TreeFile[],
  text: (file: TreeFile) => Promise<string>,
) => Promise<ReadonlySet<string>>;

/** A commit in a repository. */
interface Place<Grant extends RepositoryGrant = RepositoryGrant> {
  readonly grant: Grant;
  readonly commit: string;
}

/** Most files, and bytes in them, that one commit is made of. */
const mostFiles = 1000;
const mostBytes = 5_000_000;

const readsAtOnce = 4;

const refuse = (message: string): never => {
  throw new BadUserInput([{ field: "input.from", message }]);
};

/** Links and submodules cannot be written through Gitea's API, and would lead elsewhere than they do. */
function refuseStrange(files: readonly TreeFile[]): void {
  const strange = files.find(({ mode }) => !mode.startsWith("100"));
  if (strange) refuse(`${strange.path} is a link or a submodule, which cannot be promoted`);
}

function refuseTooMuch(changed: readonly TreeFile[], gone: readonly TreeFile[]): void {
  if (changed.length + gone.length > mostFiles) refuse(`more than ${mostFiles} files differ`);
  const bytes = changed.reduce((sum, { size }) => sum + size, 0);
  if (bytes > mostBytes) refuse(`what differs is more than ${mostBytes} bytes`);
}

/** Git has a word of where such a file is, which elsewhere leads nowhere. */
const isKeptElsewhere = (content: Buffer) =>
  content.toString("latin1", 0, 100).startsWith("version https://git-lfs.");

const folderOf = (path: string) => path.split("/", 1)[0] ?? "";

/** Files of a commit without those in folders that are somebody else's. */
const without = (files: readonly TreeFile[], folders: ReadonlySet<string>) =>
  files.filter(({ path }) => !path.includes("/") || !folders.has(folderOf(path)));

/** The changes that make one commit's files those of another. Only what differs is read. */
export async function promotionPlan(
  trees: TreesService,
  source: Place,
  target: { readonly grant: RepositoryGrant; readonly commit: string | undefined },
  translation: Translation,
): Promise<readonly FileChange[]> {
  const { isOwn, isKept, isTranslated, translate, others } = translation;
  const limit = pLimit(readsAtOnce);
  const text = async (grant: RepositoryGrant, { path, sha }: Pick<TreeFile, "path" | "sha">) => {
    const content = await limit(() => trees.content(grant, sha));
    return isUtf8(content) ? content.toString("utf8") : refuse(`${path} is not UTF-8 text`);
  };
  const [all, allThere] = await Promise.all([
    trees.files(source.grant, source.commit),
    target.commit === undefined ? [] : trees.files(target.grant, target.commit),
  ]);
  const [ofOthers, ofOthersThere] = await Promise.all([
    others.source(all, (file) => text(source.grant, file)),
    others.target(allThere, (file) => text(target.grant, file)),
  ]);
  const [comes, there] = [without(all, ofOthers), without(allThere, ofOthersThere)];
  const known = new Map(there.map((file) => [file.path, file]));
  const hasKept = there.some(({ path }) => isKept(path));
  const wanted = comes.filter(({ path }) => !isOwn(path) && !(hasKept && isKept(path)));
  refuseStrange(wanted);
  const [taken] = wanted.filter((file) => without([file], ofOthersThere).length === 0);
  if (taken) refuse(`${folderOf(taken.path)} is another environment's function where it would go`);
  const names = new Set(comes.map(({ path }) => path));
  const gone = there.filter(({ path }) => !names.has(path) && !isOwn(path) && !isKept(path));
  const differing = wanted.filter(({ path, sha }) => isTranslated(path) || known.get(path)?.sha !== sha);
  refuseTooMuch(differing, gone);

  const changeOf = async ({ path, sha }: TreeFile): Promise<readonly FileChange[]> => {
    const before = known.get(path);
    if (!isTranslated(path)) {
      const content = await limit(() => trees.content(source.grant, sha));
      if (isKeptElsewhere(content)) refuse(`${path} is kept by Git LFS, which cannot be promoted`);
      return [{ path, sha: before?.sha, content }];
    }
    const own = before && (await text(target.grant, before));
    const content = Buffer.from(
      translate({ path, text: await text(source.grant, { path, sha }) }, own),
      "utf8",
    );
    return blobSha(content) === before?.sha ? [] : [{ path, sha: before?.sha, content }];
  };
  const changes = await Promise.all(differing.map(changeOf));
  // What goes makes room first: a file may come where a folder was.
  return [...gone.map(({ path, sha }) => ({ path, sha, content: undefined })), ...changes.flat()];
}
