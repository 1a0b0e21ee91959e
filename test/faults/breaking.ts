import { expect, vi } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";
import { servicesOf, type Failing } from "./faulty.platform.ts";
import { needing, nouns, without } from "./nouns.ts";

export const env = {
  UPSTREAM_TIMEOUT: "1500ms",
  WORKSPACE_TIMEOUT: "1500ms",
  FUNCTION_TIMEOUT: "1500ms",
  PERMISSION_TTL: "60m",
  VIEWER_TTL: "60m",
};
export const patience = { timeout: 15_000, interval: 50 };
export const names = Object.keys(needing);

export const ask = (sett: Sett) => sett.as("al").askText(nouns);

/** What is answered while nothing fails, with everything about permissions known from then on. */
export const calmAnswer = (sett: Sett): Promise<unknown> =>
  vi.waitFor(async () => {
    // Code that runs for the first time may take longer than a service may.
    await ask(sett);
    const { data, errors } = await ask(sett);
    expect(errors).toEqual([]);
    return data;
  }, patience);

/** Resolves when everything is answered as it was. */
export const answersAgain = (sett: Sett, calm: unknown) =>
  vi.waitFor(async () => expect(await ask(sett)).toMatchObject({ data: calm, errors: [] }), patience);

/** How many connections each service has once those that nobody uses are gone. */
async function connectionsOf(sett: Sett): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [name, server] of Object.entries(servicesOf(sett.sandbox))) {
    server.closeIdle();
    counts[name] = await server.connections();
  }
  return counts;
}

export const serverOf = (sett: Sett, name: string) => {
  const server = servicesOf(sett.sandbox)[name];
  if (!server) throw new Error(`no service is called ${name}`);
  return server;
};

/** The places where something is missing, each with the code and the service that the error there names. */
export const placesOf = ({ errors }: Awaited<ReturnType<typeof ask>>) =>
  errors.map(({ path, extensions: { code, upstream } }) => [path?.join("."), code, upstream]).sort();

async function expectMissing(sett: Sett, name: string, { data, places }: ReturnType<typeof without>) {
  const answer = await ask(sett);
  expect(answer.data, name).toEqual(data);
  expect(placesOf(answer)).toEqual(places.map((place) => [place, "UPSTREAM_UNAVAILABLE", name]).sort());
  expect(answer.text).not.toMatch(/127\.0\.0\.1|internal-7c21/);
}

/**
 * Lets one service after the other fail: exactly what needs it is null and names it, afterwards all is answered, and no
 * connection is left.
 */
export async function breakEach(failing: Failing): Promise<void> {
  const sett = await startSett({ env });
  const calm = await calmAnswer(sett);
  const before = await connectionsOf(sett);
  for (const name of names) {
    await failing.begin(serverOf(sett, name));
    await expectMissing(sett, name, without(calm, needing[name] ?? []));
    await failing.end(serverOf(sett, name));
    await answersAgain(sett, calm);
  }
  await vi.waitFor(async () => expect(await connectionsOf(sett)).toEqual(before), patience);
}

/** Services of which every producer has one of their own. */
const ofProducers = ["project-api", "workspace-api", "running-project", "sls-api"];

/** Lets one producer's services fail, one after the other: the other's are answered as ever. */
export async function breakOneProducers(failing: Failing): Promise<void> {
  const sett = await startSett({ env });
  const calm = (await calmAnswer(sett)) as { shared: unknown };
  for (const name of ofProducers) {
    await failing.begin(serverOf(sett, name), /^\/demo-dev\//);
    const { data, places } = without(calm.shared, needing[name] ?? []);
    await expectMissing(sett, name, {
      data: { ...calm, shared: data },
      places: places.map((place) => `shared.${place}`),
    });
    await failing.end(serverOf(sett, name));
    await answersAgain(sett, calm);
  }
}
