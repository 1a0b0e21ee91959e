import type { Problem } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import { carryOut } from "../workspace/steps.ts";
import { changedContent } from "./function.change.ts";
import type { FunctionLook, FunctionsMeans } from "./function.look.ts";
import { byPlace, type ReadFunction } from "./function.reader.ts";
import { refuse } from "./function.rule.ts";
import { documentProblems } from "./serverless.rule.ts";
import { placing } from "./function.steps.ts";
import type { FunctionsService } from "./functions.service.ts";
import { upstreamName } from "./sls-api.answer.ts";

type ByName = ReadonlyMap<string, ReadFunction>;

function orderProblems(names: readonly string[], all: ByName): readonly Problem[] {
  return names.flatMap((name, index) => {
    const field = `input.names.${index}`;
    if (names.indexOf(name) < index) return [{ field, message: `${name} is given twice` }];
    return all.has(name) ? [] : [{ field, message: `there is no function ${name}` }];
  });
}

/** Gives functions their places on the canvas; only those whose place differs are written. */
export function createFunctionOrder(
  { slsApi, access }: FunctionsMeans,
  look: FunctionLook,
): FunctionsService["reorder"] {
  const byName = async (grant: FunctionsGrant): Promise<ByName> =>
    new Map((await look.list(grant)).map((each) => [each.name, each]));

  return (grant, names) =>
    access.write(grant, async (lost) => {
      const all = await byName(grant);
      refuse(orderProblems(names, all));
      const rank = ({ name }: ReadFunction) => (names.includes(name) ? names.indexOf(name) : names.length);
      const ordered = [...all.values()].sort((one, other) => rank(one) - rank(other) || byPlace(one, other));
      const moved = ordered.flatMap((before, itemOrder) => {
        if (before.itemOrder === itemOrder) return [];
        const wanted = changedContent(grant, before.name, before, { itemOrder, files: [] });
        refuse(documentProblems(grant, before.name, wanted, before));
        return [placing({ grant, slsApi, look: (name) => look.read(grant, name) }, before, wanted)];
      });
      if (moved.length === 0) return ordered;
      const { state } = await carryOut(moved, { look: () => byName(grant), lost, upstream: upstreamName });
      return [...state.values()].sort(byPlace);
    });
}
