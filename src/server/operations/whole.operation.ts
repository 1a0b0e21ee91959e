import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";

/** Values of variables, by their names. */
export type Variables = Readonly<Record<string, unknown>>;

/** An operation with the fragments of its document: all of it that a run depends on. */
export interface WholeOperation {
  readonly operation: OperationDefinitionNode;
  readonly fragments: readonly FragmentDefinitionNode[];
}

/** A document of this operation alone. */
export const toDocument = ({ operation, fragments }: WholeOperation): DocumentNode => ({
  kind: Kind.DOCUMENT,
  definitions: [operation, ...fragments],
});

/** An operation of a document, with all fragments that are there. */
export function wholeOperation(document: DocumentNode, operation: OperationDefinitionNode): WholeOperation {
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  return { operation, fragments };
}

/** How many fields an operation selects, fragments written out. */
export function countFields({ operation, fragments }: WholeOperation): number {
  const counted = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    const count = ofSelections(fragments.find((fragment) => fragment.name.value === name)?.selectionSet);
    counted.set(name, count);
    return count;
  };
  const ofSelections = (selections: SelectionSetNode | undefined): number => {
    let count = 0;
    for (const node of selections?.selections ?? []) {
      if (node.kind === Kind.FRAGMENT_SPREAD) count += ofFragment(node.name.value);
      else count += ofSelections(node.selectionSet) + (node.kind === Kind.FIELD ? 1 : 0);
    }
    return count;
  };
  return ofSelections(operation.selectionSet);
}

const conditions = new Set(["include", "skip"]);
const isCondition = ({ name }: DirectiveNode) => conditions.has(name.value);

/** The variables by which something of an operation is skipped or included. */
export function conditionsOf(whole: WholeOperation): readonly string[] {
  const names = new Set<string>();
  visit(toDocument(whole), {
    Directive: (node) => {
      const value = isCondition(node) ? node.arguments?.[0]?.value : undefined;
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

function holds({ name, arguments: given = [] }: DirectiveNode, variables: Variables): boolean {
  const value = given[0]?.value;
  const told =
    value?.kind === Kind.VARIABLE
      ? variables[value.name.value] === true
      : value?.kind === Kind.BOOLEAN && value.value;
  return name.value === "include" ? told : !told;
}

/** The same operation as these variables have it: without what is skipped, and nothing left to decide. */
export function decided(whole: WholeOperation, variables: Variables): WholeOperation {
  const decide = <Node extends { readonly directives?: readonly DirectiveNode[] | undefined }>(
    node: Node,
  ) => {
    const asked = node.directives?.filter(isCondition) ?? [];
    if (asked.length === 0) return undefined;
    if (!asked.every((directive) => holds(directive, variables))) return null;
    return { ...node, directives: node.directives?.filter((directive) => !isCondition(directive)) };
  };
  const visitor = { Field: decide, InlineFragment: decide, FragmentSpread: decide };
  return {
    operation: visit(whole.operation, visitor),
    fragments: whole.fragments.map((fragment) => visit(fragment, visitor)),
  };
}
