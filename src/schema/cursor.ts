/** Cursors are places in a list, dressed so that nobody is tempted to count with them. */

const form = /^after:(\d{1,9})$/;

export function encodeCursor(index: number): string {
  return Buffer.from(`after:${index}`, "utf8").toString("base64url");
}

/** The place after which to go on; undefined when it is no cursor. */
export function decodeCursor(cursor: string): number | undefined {
  if (cursor.length > 100) return undefined;
  const match = form.exec(Buffer.from(cursor, "base64url").toString("utf8"));
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
