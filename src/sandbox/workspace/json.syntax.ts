/** Parses JSON and complains in the words of the Node.js the real services run on, which are older than this one's. */
export function parseLikeNode8(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new SyntaxError(complaint(text, (error as Error).message), { cause: error });
  }
}

function complaint(text: string, modern: string): string {
  const position = positionIn(text, modern);
  const character = text[position];
  if (character === undefined || modern.includes("Unexpected end")) return "Unexpected end of JSON input";
  const what = character === '"' ? "string" : /\d/.test(character) ? "number" : `token ${character}`;
  return `Unexpected ${what} in JSON at position ${position}`;
}

/** Newer messages give the position or the character; where only the character is given it is the first such. */
function positionIn(text: string, modern: string): number {
  const told = /at position (\d+)/.exec(modern)?.[1];
  if (told !== undefined) return Number(told);
  const character = /Unexpected token '(.)'/s.exec(modern)?.[1];
  const found = character === undefined ? -1 : text.indexOf(character);
  return found === -1 ? text.length : found;
}
