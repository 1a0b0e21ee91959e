import { isSecretName, isSecretText, withoutCredentials } from "./workspace/data-sources/secret.rule.ts";

/** What is shown of a variable's value: nothing of a secret, and an address without who signs in there. */
export function shownVariable(name: string, value: string): string | undefined {
  if (value === "") return value;
  if (isSecretName(name)) return undefined;
  const shown = withoutCredentials(value);
  return isSecretText(shown) ? undefined : shown;
}
