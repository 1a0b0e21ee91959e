import { BadUserInput, Conflict } from "../../../errors.ts";
import type { JsonObject } from "../json.ts";
import { listOf, textOf } from "./document.reader.ts";
import { drawnIds } from "./document.rule.ts";

/** An arrow of the canvas that leads from or to something that is not there. */
interface Dangling {
  readonly index: number;
  readonly end: "fromId" | "toId";
  readonly id: string;
}

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

/** What connections are checked against. */
interface Surroundings {
  /** What is there, and its revision. */
  readonly now: { readonly document: JsonObject; readonly revision: string };
  readonly mine: JsonObject;
  readonly models: () => Promise<readonly JsonObject[]>;
  /** The ids that functions have on the canvas; undefined when they cannot be told. */
  readonly functions: () => Promise<ReadonlySet<string> | undefined>;
}

/**
 * Refuses connections that would lead nowhere: new ones, and those whose end is taken away by this write. What dangled
 * before may go on doing so. Models and functions are looked up only when the document itself does not have an end.
 */
export async function checkConnections(
  wanted: JsonObject,
  { now: { document: before, revision }, mine, models, functions }: Surroundings,
): Promise<void> {
  const there = drawnIds(wanted);
  const had = drawnIds(before);
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
  const callable = await functions();
  broken = callable ? broken.filter(({ id }) => !callable.has(id)) : broken.filter(({ id }) => had.has(id));
  if (broken.length === 0) return;
  const own = new Set(listOf(mine, "connections").map(keyOf));
  const others = broken.filter(({ index }) => !own.has(keyOf(listOf(wanted, "connections")[index] ?? {})));
  if (others.length > 0) throw tornApart(others, wanted, revision);
  throw new BadUserInput(
    broken.map(({ index, end, id }) => ({
      field: `connections.${index}.${end}`,
      message: `there is nothing with the id ${id} in this project`,
    })),
  );
}

/** Somebody has connected what this write takes away. */
function tornApart(others: readonly Dangling[], wanted: JsonObject, revision: string): Conflict {
  return new Conflict(
    "Others have connected something that you take away.",
    { revision },
    others.map(({ index }) => {
      const connection = listOf(wanted, "connections")[index] ?? {};
      const [from, to] = endsOf(connection).map(({ id }) => id);
      return { entity: `connections/${from}→${to}`, base: null, theirs: connection, mine: null };
    }),
  );
}
