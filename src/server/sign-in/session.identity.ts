import { Unauthenticated } from "../../errors.ts";
import type { IdentityStrategy } from "../identity.ts";
import type { Sessions } from "./sessions.ts";

/** By this a page says whose its session was when it last looked: a browser's tabs have one session, which may change. */
export const believedLogin = "x-sett-login";

/** The session of a browser that signed in, for requests of the gateway's own pages. What is said in words stands over it. */
export const sessionIdentity = (shown: Sessions["shown"]): IdentityStrategy => ({
  name: "session",
  recognise: (headers) => {
    if (headers.authorization !== undefined || headers.cookie === undefined) return undefined;
    return shown(headers).then((found) => {
      if (!found) return undefined;
      const { login, accessToken } = found.session;
      const believed = headers[believedLogin];
      if (believed !== undefined && String(believed).toLowerCase() !== login.toLowerCase()) {
        throw new Unauthenticated("The session is another person's by now.");
      }
      return { kind: "token", token: accessToken };
    });
  },
});
