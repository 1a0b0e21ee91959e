import type { Context } from "../../context.ts";
import type { SettError } from "../../errors.ts";
import { allowanceKey, type Allowances } from "./allowances.ts";

/**
 * Says why a document that is not known yet is not looked into any further, if so. To be asked with is an operation
 * of its credential's allowance, whatever becomes of it: also what cannot be parsed takes its time.
 */
export type FirstLook = (text: string | undefined, context: Context) => Promise<SettError | undefined>;

export const createFirstLook =
  (allowances: Pick<Allowances, "begin">, check: (text: string) => SettError | undefined): FirstLook =>
  async (text, context) => {
    const tooMany = await allowances.begin(allowanceKey(context));
    // Who has shown what cannot be read is told that, and not to come again with it.
    if (tooMany) return context.refusal ?? tooMany;
    return text === undefined ? undefined : check(text);
  };
