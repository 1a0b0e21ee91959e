import { test } from "vitest";
import { breakEach, breakOneProducers } from "./breaking.ts";
import { silences } from "./faulty.platform.ts";

const timeout = 60_000;

test.each(Object.entries(silences))(
  "where a service %s what needs it is null once its time is up and names it, nothing else waits in vain, and no connection is left",
  { timeout },
  (_how, failing) => breakEach(failing),
);

test.each(Object.entries(silences))(
  "where one producer's service %s another's is answered as ever",
  { timeout },
  (_how, failing) => breakOneProducers(failing),
);
