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
  /** Files that come only where there are none yet, and never go. */
  readonly isKept: (path: string) => boolean;
  /** Files that come otherwise than they are. */
  readonly isTranslated: (path: string) => boolean;
  readonly translate: (text: string, there: string | undefined) => string;
}

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

/** The changes that make one commit's files those of another. Only what differs is read. */
export async function promotionPlan(
  trees: TreesService,
  source: Place,
  target: { readonly grant: RepositoryGrant; readonly commit: string | undefined },
  translation: Translation,
): Promise<readonly FileChange[]> {
  const { isOwn, isKept, isTranslated, translate } = translation;
  const [comes, there] = await Promise.all([
    trees.files(source.grant, source.commit),
    target.commit === undefined ? [] : trees.files(target.grant, target.commit),
  ]);
  const known = new Map(there.map((file) => [file.path, file]));
  const wanted = comes.filter(({ path }) => !isOwn(path) && !(isKept(path) && known.has(path)));
  refuseStrange(wanted);
  const names = new Set(comes.map(({ path }) => path));
  const gone = there.filter(({ path }) => !names.has(path) && !isOwn(path) && !isKept(path));
  const differing = wanted.filter(({ path, sha }) => isTranslated(path) || known.get(path)?.sha !== sha);
  refuseTooMuch(differing, gone);

  const text = async (grant: RepositoryGrant, { path, sha }: Pick<TreeFile, "path" | "sha">) => {
    const content = await trees.content(grant, sha);
    return isUtf8(content) ? content.toString("utf8") : refuse(`${path} is not UTF-8 text`);
  };
  const changeOf = async ({ path, sha }: TreeFile): Promise<readonly FileChange[]> => {
    const before = known.get(path);
    if (!isTranslated(path)) {
      return [{ path, sha: before?.sha, content: await trees.content(source.grant, sha) }];
    }
    const own = before && (await text(target.grant, before));
    const content = Buffer.from(translate(await text(source.grant, { path, sha }), own), "utf8");
    return blobSha(content) === before?.sha ? [] : [{ path, sha: before?.sha, content }];
  };
  const limit = pLimit(readsAtOnce);
  const changes = await limit.map(differing, changeOf);
  // What goes makes room first: a file may come where a folder was.
  return [...gone.map(({ path, sha }) => ({ path, sha, content: undefined })), ...changes.flat()];
}
