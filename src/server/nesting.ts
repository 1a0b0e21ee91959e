import { Lexer, Source, TokenKind } from "graphql";

/** What descends into brackets by recursion, parsers and writers among them, this deep still has stack to spare. */
export const bracketLimit = 500;

/** Whether more brackets are opened within each other than can be followed; each step opens one (1) or closes one (-1). */
function isBottomless(steps: Iterable<number>): boolean {
  let depth = 0;
  for (const step of steps) {
    depth += step;
    if (depth > bracketLimit) return true;
  }
  return false;
}

const opening = new Set<string>([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const closing = new Set<string>([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function* stepsOfDocument(text: string, tokenLimit: number): Iterable<number> {
  const lexer = new Lexer(new Source(text));
  for (let count = 0; count <= tokenLimit; count += 1) {
    const { kind } = lexer.advance();
    if (kind === TokenKind.EOF) return;
    if (opening.has(kind)) yield 1;
    else if (closing.has(kind)) yield -1;
  }
}

function* stepsOfJson(text: string): Iterable<number> {
  let isInText = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign === '"') isInText = !isInText;
    else if (isInText && sign === "\\") index += 1;
    else if (isInText) continue;
    else if (sign === "{" || sign === "[") yield 1;
    else if (sign === "}" || sign === "]") yield -1;
  }
}

/** Whether a document nests deeper than its parser can follow. Throws where the text is no document's. */
export const isBottomlessDocument = (text: string, tokenLimit: number): boolean =>
  isBottomless(stepsOfDocument(text, tokenLimit));

/**
 * Whether JSON nests deeper than what works on it can follow. Reading it is safe at any depth; writing it, comparing it
 * or looking for variables in it is not.
 */
export const isBottomlessJson = (text: string): boolean =>
  // What is that short has no room for so many brackets.
  text.length > bracketLimit && isBottomless(stepsOfJson(text));
