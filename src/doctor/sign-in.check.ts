import { randomUUID } from "node:crypto";
import { z } from "zod";
import { UpstreamUnavailable } from "../errors.ts";
import { createIssuerService } from "../services/issuer.service.ts";
import type { Examined } from "./examined.ts";
import { ok, skipped, wrong, type Told } from "./finding.ts";
import { troubleWith } from "./trouble.ts";

const discoveryShape = z.object({ issuer: z.string(), authorization_endpoint: z.string() });
const keysShape = z.object({ keys: z.array(z.unknown()) });
const withoutSlash = (address: string) => address.replace(/\/+$/, "");

/** Signing in with a browser, at Gitea. */
async function checkBrowsers({ addresses, upstreams, config }: Examined): Promise<Told> {
  const check = "sign-in at Gitea";
  const { oauth } = addresses;
  if (!oauth) {
    return skipped(check, "nobody signs in with a browser: set GITEA_OAUTH_CLIENT_ID for that.");
  }
  const variable = config.GITEA_OAUTH_ISSUER === undefined ? "GITEA_URL" : "GITEA_OAUTH_ISSUER";
  const issuer = withoutSlash(oauth.issuer);
  try {
    const path = [".well-known", "openid-configuration"];
    const call = { method: "GET", path, requestId: randomUUID() } as const;
    const answer = await upstreams.issuer.call(issuer, call);
    if (answer.status !== 200) throw new UpstreamUnavailable("gitea", `GET / answered ${answer.status}`);
    const found = answer.as(discoveryShape);
    if (withoutSlash(found.issuer) === issuer) return ok(check, `Gitea is ${issuer}, as it says itself.`);
    return wrong(
      check,
      `Gitea calls itself ${withoutSlash(found.issuer)} there, not ${issuer}.`,
      "Set GITEA_OAUTH_ISSUER to Gitea's ROOT_URL, at which browsers and the gateway both reach it, or correct ROOT_URL.",
    );
  } catch (error) {
    return troubleWith({ check, service: "Gitea's sign-in", address: issuer, variable }, error);
  }
}

/** Being let in by identity tokens of somebody else's. */
async function checkIssuer({ addresses, upstreams }: Examined): Promise<Told> {
  const check = "identity tokens";
  const { oidc } = addresses;
  if (!oidc) return skipped(check, "none are taken: set OIDC_ISSUER for that.");
  const variable = oidc.jwksUrl === undefined ? "OIDC_ISSUER" : "OIDC_JWKS_URL";
  try {
    const { keys } = keysShape.parse(await createIssuerService(upstreams.issuer, oidc).keys());
    if (keys.length > 0)
      return ok(check, `${oidc.issuer} publishes ${keys.length === 1 ? "a key" : "keys"}.`);
    return wrong(
      check,
      `${oidc.issuer} publishes no keys.`,
      `See to it that it signs, or correct ${variable}.`,
    );
  } catch (error) {
    const reason = error instanceof UpstreamUnavailable ? error.reason : "";
    if (reason.includes("another issuer")) {
      const says = `what answers at ${oidc.issuer} says that it is another issuer.`;
      return wrong(
        check,
        says,
        "Set OIDC_ISSUER to the letter as its discovery document names it, slashes included.",
      );
    }
    const address = oidc.jwksUrl ?? oidc.issuer;
    return troubleWith({ check, service: "the issuer", address, variable }, error);
  }
}

export const checkSignIn = (examined: Examined): Promise<readonly Told[]> =>
  Promise.all([checkBrowsers(examined), checkIssuer(examined)]);
