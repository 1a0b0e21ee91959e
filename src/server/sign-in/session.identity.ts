import type { IdentityStrategy } from "../identity.ts";
import type { Sessions } from "./sessions.ts";

/** The session of a browser that signed in, for requests of the gateway's own pages. What is said in words stands over it. */
export const sessionIdentity = (sessions: Pick<Sessions, "shown">): IdentityStrategy => ({
  name: "session",
  recognise: (headers) => {
    if (headers.authorization !== undefined || headers.cookie === undefined) return undefined;
    return sessions
      .shown(headers)
      .then((shown) => shown && { kind: "token", token: shown.session.accessToken });
  },
});
