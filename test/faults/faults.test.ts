import { expect, test, vi } from "vitest";
import { startSett } from "../support/sett.ts";
import {
  answersAgain,
  ask,
  breakEach,
  breakOneProducers,
  calmAnswer,
  env,
  names,
  patience,
  placesOf,
  serverOf,
} from "./breaking.ts";
import { comingAndGoing, outages, takingItsTime, type Failing } from "./faulty.platform.ts";
import { needing, without } from "./nouns.ts";

test.each(Object.entries(outages))(
  "while a service %s exactly what needs it is null and names it, and afterwards all is answered and no connection is left",
  (_how, failing) => breakEach(failing),
);

test.each(Object.entries(outages))(
  "where one producer's service %s another's is answered as ever",
  (_how, failing) => breakOneProducers(failing),
);

const wavering: readonly [how: string, failing: Failing][] = [
  ["comes and goes", comingAndGoing],
  ["takes its time", takingItsTime],
];

test.each(wavering)(
  "while a service %s each field is right, or null with an outage that names it, and no other suffers",
  async (_how, failing) => {
    const sett = await startSett({ env });
    const calm = await calmAnswer(sett);
    for (const name of names) {
      await failing.begin(serverOf(sett, name));
      for (let time = 0; time < 4; time += 1) {
        const answer = await ask(sett);
        const missing = placesOf(answer);
        const { places } = without(calm, needing[name] ?? []);
        for (const [place, code, upstream] of missing) {
          expect(places).toContain(place);
          expect([code, upstream]).toEqual(["UPSTREAM_UNAVAILABLE", name]);
        }
        expect(without(answer.data, needing[name] ?? []).data, name).toEqual(
          without(calm, needing[name] ?? []).data,
        );
        if (failing === takingItsTime) expect(answer.data, name).toEqual(calm);
      }
      await failing.end(serverOf(sett, name));
      await answersAgain(sett, calm);
    }
  },
);

test("a service that is away is named where it is asked whether the gateway is ready, and the gateway lives", async () => {
  const sett = await startSett({ env });
  for (const name of ["gitea", "git-api", "configstore"]) {
    await serverOf(sett, name).stop();
    const ready = await fetch(`${sett.url}/readyz`);
    expect([ready.status, ((await ready.json()) as { notReady: unknown }).notReady]).toEqual([503, [name]]);
    expect((await fetch(`${sett.url}/livez`)).status).toBe(200);
    await serverOf(sett, name).resume();
    await vi.waitFor(async () => expect((await fetch(`${sett.url}/readyz`)).status).toBe(200), patience);
  }
});
