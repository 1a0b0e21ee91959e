import { Kind, parse, type SelectionSetNode } from "graphql";

/** What a selection leaves of some JSON, as a server answers it that only passes fields on. */
function pick(value: unknown, selections: SelectionSetNode | undefined): unknown {
  if (value === undefined || value === null) return null;
  if (!selections) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => pick(item, selections));
  const object = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    selections.selections.map((field) => {
      if (field.kind !== Kind.FIELD) throw new Error("A measured question has no fragments.");
      return [field.alias?.value ?? field.name.value, pick(object[field.name.value], field.selectionSet)];
    }),
  );
}

/** What a question is to be answered whose root fields each pass on one answer of the upstream. */
export function selected(query: string, answers: Readonly<Record<string, unknown>>): unknown {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("A measured question is one operation.");
  return Object.fromEntries(
    operation.selectionSet.selections.map((field) => {
      if (field.kind !== Kind.FIELD) throw new Error("A measured question has no fragments.");
      const name = field.alias?.value ?? field.name.value;
      return [name, pick(answers[name], field.selectionSet)];
    }),
  );
}
