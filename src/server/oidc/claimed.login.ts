import type { JWTPayload } from "jose";
import type { Config } from "../../config.ts";

/** How the login is found that a token stands for. */
export type LoginRule = Pick<Config, "OIDC_LOGIN_CLAIM" | "OIDC_LOGIN_TEMPLATE" | "OIDC_EMAIL_DOMAINS">;

const own = (of: unknown, name: string): unknown =>
  typeof of === "object" && of !== null && Object.hasOwn(of, name)
    ? (of as Record<string, unknown>)[name]
    : undefined;

/** A claim of that very name, dots and all, or else where the dots lead. */
function claimOf(claims: JWTPayload, name: string): unknown {
  const whole = own(claims, name);
  if (whole !== undefined) return whole;
  return name.split(".").reduce<unknown>((found, part) => own(found, part), claims);
}

/** What stands before the @ of an address that its issuer has made sure of, in a domain where that is one person's. */
function personOf(address: string, claims: JWTPayload, domains: readonly string[]): string | undefined {
  const at = address.lastIndexOf("@");
  if (at < 0 || claims["email_verified"] !== true) return undefined;
  return domains.includes(address.slice(at + 1).toLowerCase()) ? address.slice(0, at) : undefined;
}

/** The Gitea login that a token stands for, if it says one; whether there can be such a login is not looked at. */
export function claimedLogin(claims: JWTPayload, rule: LoginRule): string | undefined {
  const name = rule.OIDC_LOGIN_CLAIM;
  const claim = claimOf(claims, name);
  if (typeof claim !== "string") return undefined;
  const value = name === "email" ? personOf(claim, claims, rule.OIDC_EMAIL_DOMAINS) : claim;
  return value === undefined || value === ""
    ? undefined
    : rule.OIDC_LOGIN_TEMPLATE.replace("$CLAIM", () => value);
}
