import { z } from "zod";
import { optional, wholeNumber, type Variable } from "./variable-types.ts";

/** Where the sandbox's services listen, when it runs as a process of its own. */
export const sandboxVariables = {
  SANDBOX_PORT: {
    about:
      "Port of the first of the services of a sandbox that runs alone (npm run sandbox); the nine others take those that follow. 0 takes free ones.",
    unset: "0",
    type: wholeNumber(0, 65_526),
  },
  SANDBOX_NAME: {
    about:
      "The name by which other machines reach a sandbox that runs alone; with it and SANDBOX_EXPOSED its services listen on every address.",
    unset: "",
    type: optional(z.string().regex(/^[A-Za-z0-9.-]+$/, "must be the name or the address of a host")),
  },
} satisfies Record<string, Variable>;
