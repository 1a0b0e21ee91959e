import type { Door, Seen, SeenModel } from "./door.ts";
import { propertyNames } from "./door.ts";

/** What a writer was told is there. */
export interface Acknowledged {
  /** The version of each model, by name. */
  readonly models: Map<string, string>;
  readonly endpoints: Map<string, string>;
  /** What was deleted or renamed away. */
  readonly gone: Set<string>;
  /** How many changes were acknowledged. */
  count: number;
}

/** How much is done. */
export interface Size {
  readonly writers: number;
  readonly readers: number;
  readonly rounds: number;
}

/** What came of it. */
export interface Report {
  readonly acknowledged: number;
  readonly refused: number;
  /** Acknowledged changes that are not there, by what they were. */
  readonly lost: readonly string[];
  /** What is there again although it was deleted. */
  readonly returned: readonly string[];
  /** What readers saw that no writer ever wrote. */
  readonly torn: readonly string[];
  readonly reads: number;
}

/** Each writer's own things: nobody else touches them, so what was acknowledged to it must be there at the end. */
async function write(door: Door, writer: number, rounds: number, failures: string[]): Promise<Acknowledged> {
  const told: Acknowledged = { models: new Map(), endpoints: new Map(), gone: new Set(), count: 0 };
  /** What was not acknowledged may be there or not: nothing is said of it. */
  const attempt = async (names: readonly string[], change: () => Promise<void>, acknowledge: () => void) => {
    try {
      await change();
      acknowledge();
      told.count += 1;
    } catch (error) {
      failures.push(String(error));
      for (const name of names) {
        told.models.delete(name);
        told.endpoints.delete(name);
        told.gone.delete(name);
      }
    }
  };
  const saveModel = (name: string, canvasId: string, version: string) =>
    attempt(
      [name],
      () => door.saveModel({ name, canvasId, version }),
      () => void told.models.set(name, version),
    );
  const saveEndpoint = (id: string, url: string) =>
    attempt(
      [id],
      () => door.saveEndpoint(id, url),
      () => void told.endpoints.set(id, url),
    );
  const forget = (name: string) => {
    told.models.delete(name);
    told.endpoints.delete(name);
    told.gone.add(name);
  };

  for (let round = 0; round < rounds; round += 1) {
    const first = `Writer${writer}Made${round}`;
    const second = `Writer${writer}Named${round}`;
    const canvasId = `canvas-${writer}-${round}`;
    const endpoint = `endpoint-${writer}-${round}`;
    await saveModel(first, canvasId, "made");
    await saveEndpoint(endpoint, "http://made");
    await saveModel(first, canvasId, "changed");
    await attempt(
      [first, second],
      () => door.renameModel({ name: first, canvasId, version: "changed" }, second),
      () => {
        forget(first);
        told.models.set(second, "changed");
      },
    );
    await saveEndpoint(endpoint, "http://changed");
    if (round % 2 === 0) continue;
    const [oldModel, oldEndpoint] = [`Writer${writer}Named${round - 1}`, `endpoint-${writer}-${round - 1}`];
    await attempt(
      [oldModel],
      () => door.deleteModel(oldModel),
      () => forget(oldModel),
    );
    await attempt(
      [oldEndpoint],
      () => door.deleteEndpoint(oldEndpoint),
      () => forget(oldEndpoint),
    );
  }
  return told;
}

/** What is wrong with a project as somebody sees it in the middle of it all. */
function tornIn({ models }: Seen): string[] {
  const own = models.filter(({ name }) => name.startsWith("Writer"));
  const isTorn = ({ versions, isConfigured }: SeenModel) =>
    versions.length !== propertyNames.length || new Set(versions).size !== 1 || !isConfigured;
  const twice = own.filter(({ canvasId }, index) =>
    own.slice(0, index).some((other) => other.canvasId === canvasId),
  );
  return [
    ...own.filter(isTorn).map(({ name, versions }) => `${name} is ${versions.join(", ")}`),
    ...twice.map(({ name }) => `${name} is there under two names`),
  ];
}

function compare(all: readonly Acknowledged[], { models, endpoints }: Seen) {
  const versions = new Map(models.map(({ name, versions: [version = "nothing"] }) => [name, version]));
  const missing = (told: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>) =>
    [...told].filter(([name, value]) => there.get(name) !== value).map(([name]) => name);
  return {
    lost: all.flatMap((told) => [...missing(told.models, versions), ...missing(told.endpoints, endpoints)]),
    returned: all.flatMap(({ gone }) =>
      [...gone].filter((name) => versions.has(name) || endpoints.has(name)),
    ),
  };
}

/** Lets several people work on one project at once, through their own doors, while others look on. */
export async function workTogether(
  doors: readonly Door[],
  { writers, readers, rounds }: Size,
): Promise<Report> {
  const doorOf = (index: number) => {
    const door = doors[index % doors.length];
    if (!door) throw new Error("There is no door.");
    return door;
  };
  let areWriting = true;
  let reads = 0;
  const torn: string[] = [];
  const failures: string[] = [];
  const look = async (reader: number) => {
    for (; areWriting; reads += 1) {
      const seen = await doorOf(reader)
        .see()
        .catch((error: unknown) => void torn.push(String(error)));
      if (seen) torn.push(...tornIn(seen));
    }
  };
  const looking = Array.from({ length: readers }, (_, reader) => look(reader));
  const told = await Promise.all(
    Array.from({ length: writers }, (_, writer) => write(doorOf(writer), writer, rounds, failures)),
  );
  areWriting = false;
  await Promise.all(looking);
  return {
    acknowledged: told.reduce((sum, { count }) => sum + count, 0),
    refused: failures.length,
    ...compare(told, await doorOf(0).see()),
    torn,
    reads,
  };
}
