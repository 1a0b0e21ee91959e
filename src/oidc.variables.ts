import { z } from "zod";
import { duration, httpAddress, list, optional, yesOrNo, type Variable } from "./variable-types.ts";

const word = z.string().regex(/^[\x21-\x7e]+$/, "must be one word");

/** Who may say who somebody is, besides Gitea: an issuer of OpenID Connect identity tokens. */
export const oidcVariables = {
  OIDC_ISSUER: {
    about:
      "The issuer whose identity tokens are taken as `Authorization: Bearer`, to the letter as it stands in them. Unset, none are.",
    unset: "",
    // Not what httpAddress makes of it: a slash at its end is part of its name.
    type: optional(
      z.string().refine((text) => httpAddress.safeParse(text).success, "must be an http or https address"),
    ),
  },
  OIDC_AUDIENCE: {
    about: "For whom such a token must be: client ids, separated by commas.",
    unset: "",
    type: list(word),
  },
  OIDC_JWKS_URL: {
    about: "Where the issuer's keys are; unset, where its `/.well-known/openid-configuration` says.",
    unset: "",
    type: optional(httpAddress),
  },
  OIDC_LOGIN_CLAIM: {
    about: "The claim that says whose a token is; dots lead into claims of claims.",
    unset: "preferred_username",
    type: word,
  },
  OIDC_LOGIN_TEMPLATE: {
    about: "What makes that a Gitea login: `customer-$CLAIM`, say.",
    unset: "$CLAIM",
    type: z
      .string()
      .regex(/^[A-Za-z0-9._-]*\$CLAIM[A-Za-z0-9._-]*$/, "must be a login with $CLAIM in it, once"),
  },
  OIDC_EMAIL_DOMAINS: {
    about:
      "With OIDC_LOGIN_CLAIM=email: the domains whose verified addresses count, separated by commas; what stands before the @ is the claim's value then.",
    unset: "",
    type: list(
      z
        .string()
        .toLowerCase()
        .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/, "must be domains such as example.org"),
    ),
  },
  OIDC_CLOCK_SKEW: {
    about: "How far the issuer's clock and this one may be apart.",
    unset: "30s",
    type: duration.refine((milliseconds) => milliseconds <= 5 * 60_000, "must be at most 5m"),
  },
  OIDC_ADMINS: {
    about:
      "Whether Gitea's site admins may be let in by such a token, as what they are; else they need a token of Gitea's.",
    unset: "false",
    type: yesOrNo,
  },
} satisfies Record<string, Variable>;
