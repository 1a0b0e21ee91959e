import { BadUserInput, Conflict } from "../../../errors.ts";
import type { Json, JsonObject } from "../json.ts";
import { listOf, textOf } from "./document.reader.ts";

/** An arrow of the canvas that leads from or to something that is not there. */
interface Dangling {
  readonly index: number;
  readonly end: "fromId" | "toId";
  readonly id: string;
}

/** Every id there is in a document, at any depth. */
function idsIn(value: Json, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const each of value as readonly Json[]) idsIn(each, found);
  else if (typeof value === "object" && value !== null) {
    const { id } = value as JsonObject;
    if (typeof id === "string") found.add(id);
    for (const each of Object.values(value)) idsIn(each, found);
  }
  return found;
}

/** Ids of everything but the connections, which are nothing that one could connect. */
const idsOf = ({ connections: _connections, ...rest }: JsonObject) => idsIn(rest);

const endsOf = (connection: JsonObject) =>
  (["fromId", "toId"] as const).map((end) => ({ end, id: textOf(connection[end]) ?? "" }));

const keyOf = (connection: JsonObject) =>
  endsOf(connection)
    .map(({ id }) => id)
    .join(" ");

function danglingIn(document: JsonObject, known: ReadonlySet<string>): readonly Dangling[] {
  return listOf(document, "connections").flatMap((connection, index) =>
    endsOf(connection)
      .filter(({ id }) => !known.has(id))
      .map(({ end, id }) => ({ index, end, id })),
  );
}

/**
 * Refuses connections that would lead nowhere: new ones, and those whose end is taken away by this write. What dangled
 * before may go on doing so. Models are looked up only when the document itself does not have an end.
 */
export async function checkConnections(
  wanted: JsonObject,
  before: JsonObject,
  mine: JsonObject,
  models: () => Promise<readonly JsonObject[]>,
): Promise<void> {
  const there = idsOf(wanted);
  const had = idsOf(before);
  const older = new Set(listOf(before, "connections").map(keyOf));
  const isBroken = ({ index, id }: Dangling) => {
    const connection = listOf(wanted, "connections")[index];
    return had.has(id) || (connection !== undefined && !older.has(keyOf(connection)));
  };
  let broken = danglingIn(wanted, there).filter(isBroken);
  if (broken.length === 0) return;
  const outside = new Set((await models()).map((model) => textOf(model["lunchbadgerId"])));
  broken = broken.filter(({ id }) => !outside.has(id));
  if (broken.length === 0) return;
  const own = new Set(listOf(mine, "connections").map(keyOf));
  const others = broken.filter(({ index }) => !own.has(keyOf(listOf(wanted, "connections")[index] ?? {})));
  if (others.length > 0) throw tornApart(others, wanted);
  throw new BadUserInput(
    broken.map(({ index, end, id }) => ({
      field: `connections.${index}.${end}`,
      message: `there is nothing with the id ${id} in this project`,
    })),
  );
}

/** Somebody has connected what this write takes away. */
function tornApart(others: readonly Dangling[], wanted: JsonObject): Conflict {
  return new Conflict(
    "Others have connected something that you take away.",
    {},
    others.map(({ index }) => {
      const connection = listOf(wanted, "connections")[index] ?? null;
      return { entity: "connections", base: null, theirs: connection, mine: null };
    }),
  );
}
