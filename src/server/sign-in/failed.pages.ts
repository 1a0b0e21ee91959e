import { RateLimited, Unauthenticated, UpstreamUnavailable } from "../../errors.ts";
import { retryAfter } from "../admission/too-many.ts";
import { SignInRefused } from "./sign-in.failure.ts";
import { CookieTooLong } from "./cookies.ts";
import type { PlainPage } from "./sign-in.pages.ts";

/** What became of a sign-in that came to nothing, and what is shown of it. */
export interface FailedSignIn {
  readonly outcome: "denied" | "refused" | "invalid" | "unavailable";
  /** For the log. */
  readonly why: string;
  readonly page: PlainPage;
  /** In how many seconds to come again, where that was said. */
  readonly retryAfter?: string;
}

/** The ways on from a page that says that something came to nothing. */
export const waysOn = (returnTo = "/"): NonNullable<PlainPage["links"]> => [
  { to: `/login?return=${encodeURIComponent(returnTo)}`, name: "Sign in again" },
  { to: "/", name: "To the first page" },
];

/** What is shown of a sign-in that is not known here, or not any more. */
export const unknownSignIn: PlainPage = {
  status: 400,
  title: "This sign-in is not known here",
  text: "It was begun in another browser, took too long, or came back a second time. Nothing happened; begin again.",
  links: waysOn(),
};

const denied: Omit<PlainPage, "links"> = {
  status: 403,
  title: "You are not signed in",
  text: "Gitea says that you did not let the gateway act for you. Without that it cannot show you anything.",
};

const notLetThrough: Omit<PlainPage, "links"> = {
  status: 403,
  title: "This account may not sign in",
  text: "Gitea knows you but does not let your account through: it may be switched off, or want a new password first. Ask whoever runs Gitea.",
};

const notTaken: Omit<PlainPage, "links"> = {
  status: 400,
  title: "Signing in did not work",
  text: "Gitea did not take what came back from its own page: it may have been used already, or be too old. Begin again.",
};

const away: Omit<PlainPage, "links"> = {
  status: 503,
  title: "Gitea does not answer",
  text: "Signing in is not possible at the moment. Try again a little later.",
};

const tooLong: Omit<PlainPage, "links"> = {
  status: 502,
  title: "Gitea's tokens are too long",
  text: "No browser would keep a session with them. Tell whoever runs the gateway.",
};

/** What to make of an error while somebody signs in; undefined for what is none of sign-in's. */
export function failedSignIn(error: unknown, returnTo: string): FailedSignIn | undefined {
  const links = waysOn(returnTo);
  const as = (outcome: FailedSignIn["outcome"], why: string, page: Omit<PlainPage, "links">) => ({
    ...{ outcome, why },
    page: { ...page, links },
  });
  if (error instanceof SignInRefused) {
    const why = `${error.reason}: ${error.message}`;
    return error.reason === "access_denied" ? as("denied", why, denied) : as("invalid", why, notTaken);
  }
  if (error instanceof Unauthenticated) return as("refused", error.message, notLetThrough);
  if (error instanceof UpstreamUnavailable) return as("unavailable", error.reason, away);
  if (error instanceof RateLimited) {
    return { ...as("unavailable", "too much at once for Gitea", away), retryAfter: retryAfter(error) };
  }
  if (error instanceof CookieTooLong)
    return as("unavailable", "the session is too long for a cookie", tooLong);
  return undefined;
}
