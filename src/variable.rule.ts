/** How much may be said to a workspace in its environment. */
export const variableBounds = { count: 100, name: 100, value: 10_000, total: 200_000 } as const;

const form = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What the platform says itself, or what would make another process of the workspace's, in whichever case. */
const reservedNames: ReadonlySet<string> = new Set([
  ...["PATH", "HOME", "USER", "SHELL", "PWD", "IFS", "ENV", "BASH_ENV", "HOST", "HOSTNAME", "PORT"],
  ...["WATCH_URL", "__PROTO__"],
]);
const reservedBeginnings = ["LB_", "GIT_", "SSH_", "LD_", "DYLD_", "NODE_", "NPM_", "KUBERNETES_"];

function isReserved(name: string): boolean {
  const plain = name.toUpperCase();
  if (plain === "NODE_ENV") return false;
  return reservedNames.has(plain) || reservedBeginnings.some((beginning) => plain.startsWith(beginning));
}

const bytesOf = (text: string) => Buffer.byteLength(text);

/** What is wrong with a variable's name, in words. */
export function variableNameProblem(name: string): string | undefined {
  if (name.length > variableBounds.name) return `a name has at most ${variableBounds.name} characters`;
  if (!form.test(name)) return "a name is letters, digits and _, and begins with no digit";
  return isReserved(name) ? `${name} is the platform's own` : undefined;
}

/** What is wrong with a variable's value, in words that do not tell it. */
export function variableValueProblem(value: string): string | undefined {
  if (bytesOf(value) > variableBounds.value) return `a value has at most ${variableBounds.value} bytes`;
  return /[\0\p{Surrogate}]/u.test(value) ? "a value is text" : undefined;
}

/** What is wrong with a variable. */
export const variableProblem = (name: string, value: string): string | undefined =>
  variableNameProblem(name) ?? variableValueProblem(value);

/** What is wrong with variables together. */
export function variablesProblem(variables: Readonly<Record<string, string>>): string | undefined {
  const { count, total } = variableBounds;
  const entries = Object.entries(variables);
  if (entries.length > count) return `there are at most ${count} variables`;
  const bytes = entries.reduce((sum, [name, value]) => sum + bytesOf(name) + bytesOf(value), 0);
  return bytes > total ? `all variables together have at most ${total} bytes` : undefined;
}
