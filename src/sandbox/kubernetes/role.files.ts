import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import type { AccessRule } from "./caller.access.ts";

const folder = new URL("../../../deploy/actualizer/", import.meta.url);

const words = z.array(z.string());
const roleShape = z.object({
  kind: z.enum(["Role", "ClusterRole"]),
  rules: z.array(
    z.object({ verbs: words, apiGroups: words, resources: words, resourceNames: words.optional() }),
  ),
});

/** The rules of the roles in a file of those that are applied to a real cluster, so that none here is another. */
export function rulesIn(file: string): readonly AccessRule[] {
  const documents = parseAllDocuments(readFileSync(new URL(file, folder), "utf8"));
  return documents.flatMap((document) => {
    const { data } = roleShape.safeParse(document.toJS());
    return (data?.rules ?? []).map(({ resourceNames, ...rule }) => ({
      ...rule,
      ...(resourceNames === undefined ? {} : { resourceNames }),
    }));
  });
}
