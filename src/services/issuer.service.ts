import { randomUUID } from "node:crypto";
import { z } from "zod";
import { UpstreamUnavailable } from "../errors.ts";
import type { OidcIssuer } from "../oidc.config.ts";
import type { openClient } from "./http/upstream.client.ts";

/** Says who people are, in tokens that it signs. */
export interface IssuerService {
  /** The keys that it signs with now, as it publishes them: a JSON Web Key Set. */
  readonly keys: () => Promise<unknown>;
}

const discoveryShape = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });
const keysShape = z.looseObject({ keys: z.array(z.looseObject({})) });
const discoveryPath = [".well-known", "openid-configuration"];

export function createIssuerService(
  { call }: Pick<ReturnType<typeof openClient>, "call">,
  { issuer, jwksUrl }: OidcIssuer,
): IssuerService {
  const unusable = (what: string) => new UpstreamUnavailable("issuer", what);

  const get = async (base: string, path: readonly string[], query: Record<string, string> = {}) => {
    const answer = await call(base, { method: "GET", path, query, requestId: randomUUID() });
    if (answer.status !== 200) throw unusable(`GET ${base} answered ${answer.status}`);
    return answer;
  };

  /** Asked each time: it may move its keys. */
  const placeOfKeys = async (): Promise<URL> => {
    if (jwksUrl !== undefined) return new URL(jwksUrl);
    const found = (await get(issuer.replace(/\/+$/, ""), discoveryPath)).as(discoveryShape);
    if (found.issuer !== issuer) throw unusable("it says that it is another issuer");
    const place = new URL(found.jwks_uri);
    // Keys that anybody on the way could have changed would undo what its own address is kept safe by.
    if (issuer.startsWith("https:") && place.protocol !== "https:")
      throw unusable("its keys are not at https");
    return place;
  };

  return {
    keys: async () => {
      const { origin, pathname, searchParams } = await placeOfKeys();
      return (await get(`${origin}${pathname}`, [], Object.fromEntries(searchParams))).as(keysShape);
    },
  };
}
