/** What names stand for in a rule. */
export type RuleScope = Readonly<Record<string, unknown>>;

/** A rule that has been read; throws where it cannot be answered, as for a field that is not there. */
export type RuleExpression = (scope: RuleScope) => unknown;

const token =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<name>[A-Za-z_]\w*)|(?<sign>&&|\|\||[=!<>]=|[-<>!+().,[\]?:]))/y;

const binary: readonly Readonly<Record<string, (one: never, other: never) => unknown>>[] = [
  { "==": isEqual, "!=": (one, other) => !isEqual(one, other) },
  {
    "<=": (one: number, other: number) => one <= other,
    ">=": (one: number, other: number) => one >= other,
    "<": (one: number, other: number) => one < other,
    ">": (one: number, other: number) => one > other,
  },
  {
    "+": (one: string, other: string) => one + other,
    "-": (one: number, other: number) => one - other,
  },
];

const methods: Readonly<Record<string, (on: string, given: string) => unknown>> = {
  matches: (on, given) => new RegExp(given).test(on),
  startsWith: (on, given) => on.startsWith(given),
  endsWith: (on, given) => on.endsWith(given),
  contains: (on, given) => on.includes(given),
  size: sizeOf,
};

/**
 * Reads a rule in the part of the cluster's language that is known here: fields, texts, numbers, comparison, `+`, `-`,
 * `!`, `&&`, `||`, `? :`, `has`, `size`, and a few methods of texts. Throws where a rule says anything else.
 */
export function readRule(rule: string): RuleExpression {
  const tokens = tokensOf(rule);
  let at = 0;
  const takes = (sign: string): boolean => tokens[at] === sign && (at += 1) > 0;
  const expect = (sign: string): void => {
    if (!takes(sign)) throw new SyntaxError(`Syntax error: expected '${sign}'`);
  };
  const list = (): RuleExpression[] => {
    const found: RuleExpression[] = [];
    while (!takes(")")) {
      if (found.length > 0) expect(",");
      found.push(choice());
    }
    return found;
  };

  function choice(): RuleExpression {
    const condition = any();
    if (!takes("?")) return condition;
    const one = choice();
    expect(":");
    const other = choice();
    return (scope) => (condition(scope) === true ? one(scope) : other(scope));
  }

  function any(): RuleExpression {
    const parts = [all()];
    while (takes("||")) parts.push(all());
    return parts.length === 1 ? (parts[0] ?? any) : (scope) => parts.some((part) => part(scope) === true);
  }

  function all(): RuleExpression {
    const parts = [operated()];
    while (takes("&&")) parts.push(operated());
    return parts.length === 1 ? (parts[0] ?? all) : (scope) => parts.every((part) => part(scope) === true);
  }

  function operated(level = 0): RuleExpression {
    const operators = binary[level];
    if (operators === undefined) return unary();
    let left = operated(level + 1);
    for (;;) {
      const operator = operators[tokens[at] ?? ""];
      if (operator === undefined) return left;
      at += 1;
      const [one, other] = [left, operated(level + 1)];
      left = (scope) => operator(one(scope) as never, other(scope) as never);
    }
  }

  function unary(): RuleExpression {
    if (!takes("!")) return fields(primary());
    const inner = unary();
    return (scope) => inner(scope) !== true;
  }

  function fields(inner: RuleExpression): RuleExpression {
    if (takes("[")) {
      const key = choice();
      expect("]");
      return fields((scope) => fieldOf(inner(scope), key(scope)));
    }
    if (!takes(".")) return inner;
    const name = tokens[at] ?? "";
    at += 1;
    if (!takes("(")) return fields((scope) => fieldOf(inner(scope), name));
    const [given = () => ""] = list();
    const method = methods[name];
    if (method === undefined) throw new SyntaxError(`undeclared reference to '${name}'`);
    return fields((scope) => method(inner(scope) as string, given(scope) as string));
  }

  function primary(): RuleExpression {
    const word = tokens[at] ?? "";
    at += 1;
    if (word === "(") {
      const inner = choice();
      expect(")");
      return inner;
    }
    if (/^\d/.test(word)) return () => Number(word);
    if (/^['"]/.test(word)) return () => word.slice(1, -1).replace(/\\(.)/g, "$1");
    if (word === "true" || word === "false") return () => word === "true";
    if (word === "size" && takes("(")) return sizeCall(list());
    if (word === "has" && takes("(")) return hasCall(list());
    if (word !== "self" && word !== "oldSelf") throw new SyntaxError(`undeclared reference to '${word}'`);
    return (scope) => scope[word];
  }

  const read = choice();
  if (at < tokens.length) throw new SyntaxError(`Syntax error: extraneous input '${tokens[at] ?? ""}'`);
  return read;
}

function tokensOf(rule: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < rule.trimEnd().length) {
    const from = token.lastIndex;
    const found = token.exec(rule)?.[0];
    if (found === undefined)
      throw new SyntaxError(`Syntax error: token recognition error at '${rule.slice(from)}'`);
    tokens.push(found.trim());
  }
  return tokens;
}

function sizeCall([of = () => ""]: readonly RuleExpression[]): RuleExpression {
  return (scope) => sizeOf(of(scope));
}

function hasCall([of = () => ""]: readonly RuleExpression[]): RuleExpression {
  return (scope) => {
    try {
      return of(scope) !== undefined;
    } catch {
      return false;
    }
  };
}

function fieldOf(value: unknown, key: unknown): unknown {
  const found = (value as Readonly<Record<string, unknown>> | undefined)?.[String(key)];
  if (found === undefined) throw new Error(`no such key: ${String(key)}`);
  return found;
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return [...value].length;
  return Array.isArray(value) ? value.length : Object.keys(value as object).length;
}
