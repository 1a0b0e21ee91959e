import type { JWK, JWTHeaderParameters, JWTPayload } from "jose";
import { json, startServer, type Reply, type SandboxRequest, type SandboxServer } from "../http.ts";
import type { Listening } from "../listening.ts";
import { IssuerKeyRing, type SigningAlgorithm } from "./issuer.keys.ts";

/** Somebody whom the issuer knows. */
interface Subject {
  readonly name: string;
  readonly login: string;
}

/** What is to be otherwise about a token. */
export interface TokenChanges {
  /** Over what it would say; undefined leaves a claim out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Partial<JWTHeaderParameters>;
}

/** Says who people are, in identity tokens. */
export interface IssuerSandbox extends SandboxServer {
  /** What it calls itself in its tokens. */
  readonly issuer: string;
  /** For whom they are, unless told otherwise. */
  readonly audience: string;
  /** A token for one of the sandbox's people, or for anybody else by that name. */
  idToken(name: string, changes?: TokenChanges): Promise<string>;
  /** Signs with another key from now on; the old ones are not published any more, unless so many are kept. */
  rotateKeys(how?: { algorithm?: SigningAlgorithm; kept?: number }): void;
  publishedKeys(): Promise<{ keys: JWK[] }>;
}

const audience = "sett";
const lifeSeconds = 3600;

/** Starts an issuer of identity tokens, which asks nobody for a password. */
export async function startIssuer(
  people: readonly Subject[],
  listening: Listening = {},
): Promise<IssuerSandbox> {
  const keys = new IssuerKeyRing();

  const claimsOf = (name: string, issuer: string): JWTPayload => {
    const { login } = people.find((person) => person.name === name) ?? { login: name };
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: issuer,
      sub: `subject-${name}`,
      aud: audience,
      azp: audience,
      iat: now,
      exp: now + lifeSeconds,
      preferred_username: login,
      name,
      email: `${name}@sandbox.example`,
      email_verified: true,
    };
  };

  const discovery = (issuer: string) => ({
    issuer,
    jwks_uri: `${issuer}/keys`,
    token_endpoint: `${issuer}/token`,
    grant_types_supported: ["password"],
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["ES256", "RS256", "EdDSA"],
  });

  const grant = async ({ body }: SandboxRequest): Promise<Reply> => {
    const asked = new URLSearchParams(body.toString("utf8"));
    if (asked.get("grant_type") !== "password") return json(400, { error: "unsupported_grant_type" });
    const name = asked.get("username") ?? "";
    if (!people.some((person) => person.name === name)) return json(400, { error: "invalid_grant" });
    const token = await keys.sign(claimsOf(name, server.url));
    return json(200, { token_type: "Bearer", expires_in: lifeSeconds, id_token: token });
  };

  const server: SandboxServer = await startServer({
    ...listening,
    handle: async (request) => {
      const route = `${request.method} ${request.path}`;
      if (route === "GET /.well-known/openid-configuration") return json(200, discovery(server.url));
      if (route === "GET /keys") return json(200, await keys.published());
      if (route === "POST /token") return grant(request);
      return json(404, { error: "not_found" });
    },
  });

  return {
    ...server,
    issuer: server.url,
    audience,
    idToken: (name, { claims, header } = {}) =>
      // What is undefined is in no JSON.
      keys.sign({ ...claimsOf(name, server.url), ...claims }, header),
    rotateKeys: ({ algorithm = "ES256", kept = 0 } = {}) => keys.rotate(algorithm, kept),
    publishedKeys: () => keys.published(),
  };
}
