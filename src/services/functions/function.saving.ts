import { NotFound, UpstreamUnavailable } from "../../errors.ts";
import type { FunctionsGrant } from "../../permissions/grant.ts";
import type { JsonObject } from "../workspace/json.ts";
import { isSame } from "../workspace/merge/canonical.ts";
import { carryOut } from "../workspace/steps.ts";
import { changedContent, fileChanges, type Content, type FunctionChange } from "./function.change.ts";
import type { FunctionLook, FunctionsMeans } from "./function.look.ts";
import { mergedContent, unknownStart } from "./function.merge.ts";
import type { ReadFunction } from "./function.reader.ts";
import { fieldProblems, fileProblems, refuse } from "./function.rule.ts";
import { documentProblems } from "./serverless.rule.ts";
import { writing } from "./function.steps.ts";
import type { FunctionsService } from "./functions.service.ts";
import { upstreamName } from "./sls-api.answer.ts";

/** A change of a function, and the revision that it started from. */
export interface FunctionChangeFrom extends FunctionChange {
  readonly revision: string | undefined;
}

/** A function's content as it was remembered. */
function contentIn({ serverless, files }: JsonObject): Content {
  return {
    serverless: serverless as JsonObject,
    files: new Map(Object.entries(files as Readonly<Record<string, string>>)),
  };
}

const isUnchanged = (one: Content, other: Content) =>
  isSame(one.serverless, other.serverless) && fileChanges(one.files, other.files).size === 0;

/** Saves what differs of a function, together with what others have changed of it meanwhile. */
export function createFunctionSaving(
  { slsApi, access }: FunctionsMeans,
  look: FunctionLook,
): FunctionsService["save"] {
  type Write = FunctionsGrant<"write">;

  const wantedContent = async (
    grant: Write,
    now: ReadFunction,
    change: FunctionChangeFrom,
  ): Promise<Content> => {
    const { name } = now;
    const { revision } = change;
    const isStale = revision !== undefined && revision !== now.revision;
    const recalled = isStale ? await look.recall(grant, name, revision) : undefined;
    const base = recalled === undefined ? now : contentIn(recalled as JsonObject);
    const mine = changedContent(grant, name, base, change);
    if (isStale && recalled === undefined) throw unknownStart(now, mine, now.revision);
    refuse(fileProblems(change, base.files));
    const wanted = isStale ? mergedContent(base, now, mine, now.revision) : mine;
    refuse(documentProblems(grant, name, wanted, now));
    return wanted;
  };

  return async (grant, name, change) => {
    refuse(fieldProblems(change));
    return access.write(grant, async (lost) => {
      const now = await look.read(grant, name);
      if (!now) throw new NotFound("function");
      const wanted = await wantedContent(grant, now, change);
      const { revision } = change;
      const outcome =
        revision === undefined ? "LAST_WRITE_WINS" : revision === now.revision ? "SAVED" : "MERGED";
      if (isUnchanged(wanted, now)) return { saved: now, outcome };
      const looking = (of: string) => look.read(grant, of);
      const { state } = await carryOut([writing({ grant, slsApi, look: looking }, now, wanted)], {
        look: () => looking(name),
        lost,
        upstream: upstreamName,
      });
      if (!state) throw new UpstreamUnavailable(upstreamName, "a saved function is not there");
      return { saved: state, outcome };
    });
  };
}
