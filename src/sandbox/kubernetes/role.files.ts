import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import type { AccessRule } from "./caller.access.ts";

const folder = new URL("../../../deploy/chart/files/rules/", import.meta.url);

const words = z.array(z.string());
const rulesShape = z.array(
  z.object({ verbs: words, apiGroups: words, resources: words, resourceNames: words.optional() }),
);

/** The rules in a file of those that the chart gives to a real cluster, so that none here is another. */
export function rulesIn(file: string): readonly AccessRule[] {
  const rules = rulesShape.parse(parse(readFileSync(new URL(file, folder), "utf8")));
  return rules.map(({ resourceNames, ...rule }) => ({
    ...rule,
    ...(resourceNames === undefined ? {} : { resourceNames }),
  }));
}
