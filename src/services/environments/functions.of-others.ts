import { BadUserInput } from "../../errors.ts";
import type { TreeFile } from "../gitea/trees.service.ts";
import { environmentsIn, isFunctionDocument, mostDocumentBytes } from "./promoted.function.ts";
import type { FindFolders } from "./promotion.plan.ts";

/** More functions than anybody keeps; each document is a call. */
const mostFunctions = 1000;

/** Whether a document names other environments and none besides; undefined where it does not tell. */
function isOfOthers(path: string, text: string, producer: string, others: readonly string[]) {
  try {
    const named = environmentsIn({ path, text }, producer);
    return named && named.length > 0 && named.every((env) => others.includes(env));
  } catch {
    return undefined;
  }
}

/**
 * Finds, in a repository that several environments share, the folders of functions that are other environments' only.
 * Where a document does not tell whose it is, its folder counts as others' if that is said.
 */
export function foldersOfOthers(
  producer: string,
  others: readonly string[],
  { ifUntold }: { readonly ifUntold: boolean },
): FindFolders {
  return async (files, text) => {
    const documents = files.filter(({ path }) => isFunctionDocument(path));
    if (documents.length > mostFunctions) {
      throw new BadUserInput([
        { field: "input.functions", message: `there are more than ${mostFunctions} functions` },
      ]);
    }
    const isLeft = async (file: TreeFile) => {
      if (file.size > mostDocumentBytes || !file.mode.startsWith("100")) return ifUntold;
      return isOfOthers(file.path, await text(file), producer, others) ?? ifUntold;
    };
    const left = await Promise.all(documents.map(isLeft));
    const folders = documents
      .filter((_, index) => left[index])
      .map(({ path }) => path.split("/", 1)[0] ?? "");
    return new Set(folders);
  };
}
