import { UpstreamUnavailable } from "../../../errors.ts";
import type { JsonObject } from "../json.ts";
import { checkSize } from "../loopback.answer.ts";
import { isSame } from "../merge/canonical.ts";
import { filesOf, isWritten, treeOf, withFileParts } from "./model.files.ts";
import type { ModelStep, Writing } from "./model.steps.ts";
import type { ReadModel } from "./model.reader.ts";

/** Who a model was and what it is to be called. */
export interface Renaming {
  readonly from: ReadModel;
  readonly to: string;
}

/** The step that takes over what only files hold: the script, the validations and the access rules. */
export function takeoverSteps(
  writing: Writing,
  { from, to }: Renaming,
  tree: JsonObject,
): readonly ModelStep[] {
  const { grant, projectApi, look } = writing;
  const { definition, script } = filesOf(from.configFile, tree);
  const hasRules = from.validations.length > 0 || from.acls.length > 0;
  if (!hasRules && !isWritten(script)) return [];
  checkSize(treeOf(from.configFile, { definition, script }), `the files of ${from.name}`);
  let isScriptThere = !isWritten(script);
  const unreadable = () => new UpstreamUnavailable("project-api", `the files of ${from.name} are not there`);
  return [
    {
      title: `Take the script, validations and access rules of ${from.name} over to ${to}`,
      apply: async () => {
        const { models } = await look();
        const configFile = models.get(to)?.configFile;
        const own = configFile && filesOf(configFile, await projectApi.files(grant)).definition;
        if (!configFile || own === undefined || definition === undefined) throw unreadable();
        const files = {
          definition: withFileParts(own, definition),
          script: isWritten(script) ? script : undefined,
        };
        await projectApi.writeFiles(grant, treeOf(configFile, files));
        const written = filesOf(configFile, await projectApi.files(grant)).script;
        isScriptThere = !isWritten(script) || written === script;
      },
      isDone: ({ models }) => {
        const model = models.get(to);
        const rules = (of: ReadModel) => [of.validations, of.acls];
        return isScriptThere && model !== undefined && isSame(rules(model), rules(from));
      },
      // They go with the model that they were given to.
      undo: async () => undefined,
    },
  ];
}
