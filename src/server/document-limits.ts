import {
  Kind,
  OperationTypeNode,
  parse,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { LRUCache } from "lru-cache";
import type { Config } from "../config.ts";
import { BadUserInput } from "../errors.ts";
import { isBottomlessDocument } from "./nesting.ts";

/** How large a document is, its fragments written out. */
interface Size {
  /** Fields within fields. */
  readonly depth: number;
  /** Selections within selections, fragments of both kinds included; Infinity for one that leads back to itself. */
  readonly nesting: number;
  readonly aliases: number;
  readonly fields: number;
  /** Whether a subscription leaves open which field it asks for: no validation can tell then. */
  readonly isOpen?: boolean;
}

type DocumentLimits = Pick<Config, "DEPTH_LIMIT" | "ALIAS_LIMIT" | "FIELD_LIMIT" | "TOKEN_LIMIT">;

const nothing: Size = { depth: 0, nesting: 0, aliases: 0, fields: 0 };
const introspection = new Set(["__schema", "__type"]);
const conditions = new Set(["skip", "include"]);

/** Validation descends into selections by recursion, whatever they are; this deep it still has stack to spare. */
const nestingLimit = 200;

/** Measures each fragment once, however often it is spread: a bomb of fragments costs no more than its text. */
function measure(document: DocumentNode): Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const measured = new Map<string, Size>();

  function ofFragment(name: string): Size {
    const known = measured.get(name);
    if (known) return known;
    // What is found here while it is being measured is the fragment itself.
    measured.set(name, { ...nothing, nesting: Infinity });
    const size = ofSelections(fragments.get(name)?.selectionSet);
    measured.set(name, size);
    return size;
  }

  function ofSelections(selections: SelectionSetNode | undefined): Size {
    let { depth, nesting, aliases, fields } = nothing;
    for (const node of selections?.selections ?? []) {
      const inner =
        node.kind === Kind.FRAGMENT_SPREAD ? ofFragment(node.name.value) : ofSelections(node.selectionSet);
      const isField = node.kind === Kind.FIELD;
      // How deep introspection nests is the concern of a validation rule of its own.
      const innerDepth = isField && introspection.has(node.name.value) ? 0 : inner.depth;
      depth = Math.max(depth, innerDepth + (isField ? 1 : 0));
      nesting = Math.max(nesting, inner.nesting + 1);
      aliases += inner.aliases + (isField && node.alias ? 1 : 0);
      fields += inner.fields + (isField ? 1 : 0);
    }
    return { depth, nesting, aliases, fields };
  }

  /** Whether something right below a subscription is skipped or included. */
  function isOpen(selections: SelectionSetNode | undefined, seen: ReadonlySet<string> = new Set()): boolean {
    return (selections?.selections ?? []).some((node) => {
      if (node.directives?.some(({ name }) => conditions.has(name.value))) return true;
      if (node.kind === Kind.INLINE_FRAGMENT) return isOpen(node.selectionSet, seen);
      if (node.kind !== Kind.FRAGMENT_SPREAD || seen.has(node.name.value)) return false;
      return isOpen(fragments.get(node.name.value)?.selectionSet, new Set([...seen, node.name.value]));
    });
  }

  return document.definitions.reduce<Size>((all, node) => {
    // Fragments that no operation spreads are validated all the same.
    if (node.kind === Kind.FRAGMENT_DEFINITION) {
      return { ...all, nesting: Math.max(all.nesting, ofFragment(node.name.value).nesting) };
    }
    if (node.kind !== Kind.OPERATION_DEFINITION) return all;
    const size = ofSelections(node.selectionSet);
    return {
      depth: Math.max(all.depth, size.depth),
      nesting: Math.max(all.nesting, size.nesting),
      aliases: all.aliases + size.aliases,
      fields: all.fields + size.fields,
      isOpen:
        all.isOpen === true ||
        (node.operation === OperationTypeNode.SUBSCRIPTION && isOpen(node.selectionSet)),
    };
  }, nothing);
}

/** Sizes of the texts seen last are kept, up to so many characters of text. */
const keptCharacters = 4_000_000;

/**
 * Makes the check of a query's text against the limits. It runs before the query is validated, which for a large
 * one is most of the work; text that cannot be parsed passes, for the server says better what is wrong with it.
 */
export function createDocumentCheck(limits: DocumentLimits): (text: string) => BadUserInput | undefined {
  const sizes = new LRUCache<string, Size>({
    maxSize: keptCharacters,
    sizeCalculation: (_size, text) => text.length + 1,
  });

  const sizeOf = (text: string): Size | undefined => {
    const known = sizes.get(text);
    if (known) return known;
    try {
      if (isBottomlessDocument(text, limits.TOKEN_LIMIT)) return { ...nothing, nesting: Infinity };
      const size = measure(parse(text, { maxLexicalTokens: limits.TOKEN_LIMIT, noLocation: true }));
      sizes.set(text, size);
      return size;
    } catch (error) {
      // Nested so deep that the parser's own stack did not suffice.
      return error instanceof RangeError ? { ...nothing, nesting: Infinity } : undefined;
    }
  };

  return (text) => {
    const size = sizeOf(text);
    if (!size) return undefined;
    if (size.isOpen) {
      const message = "may neither skip nor include the field of a subscription";
      return new BadUserInput([{ field: "query", message }]);
    }
    const problems = [
      { name: "fields", is: size.fields, limit: limits.FIELD_LIMIT },
      { name: "aliases", is: size.aliases, limit: limits.ALIAS_LIMIT },
      { name: "levels", is: size.depth, limit: limits.DEPTH_LIMIT },
      {
        name: "levels, fragments included",
        is: size.nesting,
        limit: Math.max(nestingLimit, limits.DEPTH_LIMIT),
      },
    ].filter(({ is, limit }) => is > limit);
    if (problems.length === 0) return undefined;
    return new BadUserInput(
      problems.map(({ name, is, limit }) => ({
        field: "query",
        message: `has ${Number.isFinite(is) ? is : "too many"} ${name}; at most ${limit} are taken`,
      })),
    );
  };
}
