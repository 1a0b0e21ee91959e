import { z } from "zod";
import { auditVariables } from "./audit.variables.ts";
import { clusterVariables } from "./cluster.variables.ts";
import { limitVariables } from "./limit.variables.ts";
import { oidcVariables } from "./oidc.variables.ts";
import { patienceVariables } from "./patience.variables.ts";
import { platformVariables } from "./platform.variables.ts";
import { sandboxVariables } from "./sandbox.variables.ts";
import { signInVariables } from "./sign-in.variables.ts";
import { tracingVariables } from "./tracing.variables.ts";
import { duration, list, optional, origin, wholeNumber, yesOrNo, type Variable } from "./variable-types.ts";

/** Every variable that the gateway reads; `.env.example` and `docs/configuration.md` are held to this table. */
export const variables = {
  PORT: { about: "Port to listen on; 0 takes a free one.", unset: "4000", type: wholeNumber(0, 65_535) },
  HOST: { about: "Address to listen on.", unset: "127.0.0.1", type: z.string().min(1) },
  ...platformVariables,
  ...sandboxVariables,
  ...clusterVariables,
  ...signInVariables,
  ...oidcVariables,
  ...patienceVariables,
  ...limitVariables,
  ...tracingVariables,
  ...auditVariables,
  INTROSPECTION: { about: "Whether the schema may be asked for.", unset: "true", type: yesOrNo },
  EXPLORER: { about: "Whether GraphiQL is served at /.", unset: "true", type: yesOrNo },
  BOARD: { about: "Whether the live board is served at /board.", unset: "true", type: yesOrNo },
  DOCUMENTS: {
    about:
      "Which documents run: any; trusted, those only that are registered; or register, any, and what is sent is registered.",
    unset: "any",
    type: z.enum(["any", "trusted", "register"], "must be any, trusted or register"),
  },
  TRUSTED_DOCUMENTS: {
    about:
      "Path of the registered documents, a JSON object of texts by their SHA-256; unset, the canvas' own.",
    unset: "",
    type: optional(z.string()),
  },
  CORS_ORIGINS: {
    about: "Origins whose pages may call the gateway, separated by commas.",
    unset: "",
    type: list(origin),
  },
  DRAIN_DELAY: {
    about:
      "How long connections are still taken once the process is asked to stop, so that whoever sends them has time to learn of it: /readyz is 503 meanwhile.",
    unset: "0s",
    type: duration.refine((milliseconds) => milliseconds <= 60 * 60_000, "must be at most 1h"),
  },
  SHUTDOWN_DEADLINE: {
    about: "How long running operations may take to finish once the process is asked to stop.",
    unset: "10s",
    type: duration,
  },
  LOG_LEVEL: {
    about: "fatal, error, warn, info, debug, trace or silent.",
    unset: "info",
    type: z.enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be fatal, error, warn, info, debug, trace or silent",
    ),
  },
} satisfies Record<string, Variable>;
