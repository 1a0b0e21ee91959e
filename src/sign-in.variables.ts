import { z } from "zod";
import {
  httpAddress,
  lastingDuration,
  list,
  optional,
  origin,
  wholeNumber,
  type Variable,
} from "./variable-types.ts";

const oneWord = z.string().regex(/^[\x21-\x7e]+$/, "must be one word");

/** How people sign in with a browser, at Gitea. */
export const signInVariables = {
  PUBLIC_URL: {
    about:
      "The origin at which people reach the gateway, as https://sett.example; sign-in leads back to it. Unset, the sandbox takes any of this machine's own.",
    unset: "",
    type: optional(origin),
  },
  GITEA_OAUTH_CLIENT_ID: {
    about:
      "The gateway's client id among Gitea's OAuth2 applications; its redirect URI there is PUBLIC_URL and /login/callback. Without it nobody signs in with a browser.",
    unset: "",
    type: optional(oneWord),
  },
  GITEA_OAUTH_CLIENT_SECRET: {
    about: "The secret that Gitea shows with it.",
    unset: "",
    type: optional(oneWord),
  },
  GITEA_OAUTH_ISSUER: {
    about:
      "Gitea's address for people's browsers, its ROOT_URL, which the gateway reaches as well; unset, GITEA_URL.",
    unset: "",
    type: optional(httpAddress),
  },
  GITEA_OAUTH_SCOPES: {
    about:
      "What people who sign in let the gateway do for them, in Gitea's words; Giteas before 1.23 let it do anything.",
    unset: "openid profile read:user write:user read:repository write:repository",
    type: z.string().regex(/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/, "must be words with a space between them"),
  },
  SESSION_SECRET: {
    about:
      "What sessions are sealed with, the same for all replicas; several, separated by commas, while it is being replaced: the first seals, all open. First old,new everywhere, then new,old, and after SESSION_LIFETIME new.",
    unset: "",
    type: list(z.string().min(32, "must be words of at least 32 characters")),
  },
  SESSION_LIFETIME: {
    about: "How long after signing in one has to sign in again.",
    unset: "30d",
    type: lastingDuration,
  },
  SIGN_INS_PER_MINUTE: {
    about:
      "How often in a minute one address may begin or end a sign-in; behind a proxy all have the proxy's. 0 counts none.",
    unset: "600",
    type: wholeNumber(0, 1_000_000),
  },
} satisfies Record<string, Variable>;
