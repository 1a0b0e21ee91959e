import {
  astFromValue,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isRequiredArgument,
  isScalarType,
  OperationTypeNode,
  print,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from "graphql";
import type { Choices } from "./choices.ts";
import { valueOf, type Names } from "./value.pools.ts";

/** An operation made up at random. */
export interface Operation {
  readonly kind: OperationTypeNode;
  readonly roots: readonly string[];
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Material extends Names {
  readonly schema: GraphQLSchema;
}

/** A document beyond this is refused for its size, and tells nothing else. */
const mostFields = 40;
const deepest = 6;

/** What leaves little of what there was is seldom asked for. */
const destructive = /^(?:delete|clear|reset|remove|unshare|setProducer|undeploy|reinstall)/;

/** How often of a hundred times an argument is given that need not be: one that no pool has is seldom right. */
const likelihood = ({ type }: GraphQLArgument) => (getNamedType(type).name === "Cursor" ? 3 : 40);

/** Makes one operation, to be written down. */
class Draft {
  readonly #material: Material;
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  readonly variables: Record<string, unknown> = {};
  #fields = 0;
  #names = 0;

  constructor(material: Material) {
    this.#material = material;
  }

  text(kind: OperationTypeNode, selection: string): string {
    const declared = this.#declared.length > 0 ? `(${this.#declared.join(", ")})` : "";
    return [`${kind} Made${declared} ${selection}`, ...this.#fragments].join("\n");
  }

  field(field: GraphQLField<unknown, unknown>, depth: number, mustAlias = false): string {
    const { choices } = this.#material;
    this.#fields += 1;
    const alias = mustAlias || choices.chance(10) ? `${this.#name("a")}: ` : "";
    const given = field.args.filter((each) => isRequiredArgument(each) || choices.chance(likelihood(each)));
    const written = given.map((each) => `${each.name}: ${this.#argument(each)}`);
    const type = getNamedType(field.type);
    return [
      `${alias}${field.name}`,
      written.length > 0 ? `(${written.join(", ")})` : "",
      depth > 0 ? this.#condition() : "",
      isCompositeType(type) ? ` ${this.selection(type, depth + 1)}` : "",
    ].join("");
  }

  selection(type: GraphQLCompositeType, depth: number, mustAlias = false): string {
    const { choices, schema } = this.#material;
    if (isAbstractType(type)) {
      const types = choices.some(schema.getPossibleTypes(type), 1 + choices.below(3));
      const parts = types.map((each) => `... on ${each.name} ${this.selection(each, depth, true)}`);
      return `{ __typename ${parts.join(" ")} }`;
    }
    const fields = this.#chosen(type, depth);
    const written = fields.map((each) => this.field(each, depth, mustAlias));
    if (written.length === 0 || choices.chance(10)) written.push("__typename");
    return `{ ${written.join(" ")}${this.#apart(type, depth)} }`;
  }

  /** More fields of the same, in a fragment of either kind. */
  #apart(type: GraphQLObjectType, depth: number): string {
    const { choices } = this.#material;
    if (depth >= deepest || this.#fields > mostFields || !choices.chance(12)) return "";
    const selection = this.selection(type, depth + 1, true);
    if (choices.chance(50))
      return ` ...${choices.chance(50) ? ` on ${type.name}` : ""}${this.#condition()} ${selection}`;
    const name = this.#name("F");
    this.#fragments.push(`fragment ${name} on ${type.name} ${selection}`);
    return ` ...${name}${this.#condition()}`;
  }

  #chosen(type: GraphQLObjectType, depth: number): readonly GraphQLField<unknown, unknown>[] {
    const { choices } = this.#material;
    const all = Object.values(type.getFields());
    const leaves = all.filter((each) => isLeafType(getNamedType(each.type)));
    const isFull = depth >= deepest || this.#fields > mostFields;
    const plain = choices.some(leaves, isFull ? 1 : choices.below(4));
    if (isFull) return plain;
    const inner = all.filter((each) => !leaves.includes(each));
    return [...plain, ...choices.some(inner, choices.below(depth > 2 ? 2 : 3))];
  }

  #argument({ name, type }: GraphQLArgument): string {
    const { choices } = this.#material;
    const value = valueOf(type, this.#material, name);
    if (choices.chance(40) && !isScalarType(getNamedType(type))) return this.#variable(String(type), value);
    try {
      const node = astFromValue(value, type);
      if (node) return print(node);
    } catch {
      // What cannot be written down as what it should be is sent as it is.
    }
    return this.#variable(String(type), value);
  }

  #variable(type: string, value: unknown): string {
    const name = this.#name("v");
    this.#declared.push(`$${name}: ${type}`);
    this.variables[name] = value;
    return `$${name}`;
  }

  #condition(): string {
    const { choices } = this.#material;
    if (!choices.chance(6)) return "";
    const value = choices.chance(60);
    const written = choices.chance(50) ? String(value) : this.#variable("Boolean!", value);
    return ` @${choices.pick(["skip", "include"])}(if: ${written})`;
  }

  #name(beginning: string): string {
    this.#names += 1;
    return `${beginning}${this.#names}`;
  }
}

/** What somebody may make of a text who does not know the language, or wants to see it break. */
function spoilt(text: string, choices: Choices): string {
  const place = choices.below(text.length);
  const junk = choices.pick(["}", "{", '"', "nosuch", "@can", "...", "\u0000", "💥", "(", "#", '"""', "$"]);
  return choices.chance(50) ? text.slice(0, place) : `${text.slice(0, place)}${junk}${text.slice(place)}`;
}

/** Makes an operation up: most are valid, and ask for what is there. */
export function makeOperation(kind: OperationTypeNode, material: Material): Operation {
  const { schema, choices } = material;
  const draft = new Draft(material);
  const all = Object.values(schema.getRootType(kind)?.getFields() ?? {});
  const count = kind === OperationTypeNode.QUERY ? 1 + choices.below(3) : 1;
  const mild = all.filter(({ name }) => !destructive.test(name) || choices.chance(15));
  const roots = choices.some(mild, count);
  const selection = `{ ${roots.map((root) => draft.field(root, 0)).join(" ")} }`;
  const text = draft.text(kind, selection);
  const isSpoilt = !material.isApt && choices.chance(4);
  return {
    kind,
    roots: roots.map(({ name }) => name),
    text: isSpoilt ? spoilt(text, choices) : text,
    variables: draft.variables,
  };
}
