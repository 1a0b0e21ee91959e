import {
  getNullableType,
  isInputObjectType,
  isListType,
  isScalarType,
  type GraphQLArgument,
  type GraphQLInputType,
} from "graphql";
import type { Problem } from "../errors.ts";
import { inputRules, stringArguments } from "../schema/scalars.ts";

/** Collects what is wrong with a value that stands at some place of a field's arguments. */
type Check = (value: unknown, field: string, problems: Problem[]) => void;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function ruleCheck(ruleName: string | undefined): Check | undefined {
  const rule = ruleName === undefined ? undefined : inputRules[ruleName];
  return (
    rule &&
    ((value, field, problems) => {
      if (value !== null && value !== undefined && !rule.accepts(value)) {
        problems.push({ field, message: `must be ${rule.rule}` });
      }
    })
  );
}

function checkOf(type: GraphQLInputType, seen: ReadonlySet<string>): Check | undefined {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const item = checkOf(bare.ofType, seen);
    return (
      item &&
      ((value, field, problems) => {
        if (Array.isArray(value)) value.forEach((each, index) => item(each, `${field}.${index}`, problems));
      })
    );
  }
  if (isScalarType(bare)) return ruleCheck(bare.name);
  if (!isInputObjectType(bare) || seen.has(bare.name)) return undefined;
  return checkFields(Object.values(bare.getFields()), new Set([...seen, bare.name]));
}

function checkFields(
  fields: readonly { name: string; type: GraphQLInputType }[],
  seen: ReadonlySet<string>,
  owner = "",
): Check | undefined {
  const checks = fields.flatMap(({ name, type }) => {
    const check = checkOf(type, seen) ?? ruleCheck(stringArguments[`${owner}.${name}`]);
    return check ? [{ name, check }] : [];
  });
  if (checks.length === 0) return undefined;
  return (value, field, problems) => {
    if (!isObject(value)) return;
    for (const { name, check } of checks) check(value[name], field ? `${field}.${name}` : name, problems);
  };
}

/**
 * Makes the check of a field's arguments against the rules of their scalars. It runs before the permission is
 * asked for, so that no malformed name reaches an upstream, and it names every place that is wrong.
 */
export function argumentCheck(field: {
  readonly name: string;
  readonly args: readonly GraphQLArgument[];
}): (values: unknown) => readonly Problem[] {
  const check = checkFields(field.args, new Set(), field.name);
  return (values) => {
    const problems: Problem[] = [];
    check?.(values, "", problems);
    return problems;
  };
}
