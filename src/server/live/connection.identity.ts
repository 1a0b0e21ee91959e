import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { ConnectionInitMessage } from "graphql-ws";
import { SettError } from "../../errors.ts";
import { createContext, type Shared } from "../request-context.ts";
import { believedLogin } from "../sign-in/session.identity.ts";
import type { Asking } from "./operation.runner.ts";

/** One at the other end of a connection: what tells them from others, and whether that is more than an address. */
export interface KnownIdentity {
  readonly kind: "known";
  readonly viewer: string;
  readonly isSignedIn: boolean;
}

/** Who is at the other end of a connection, as far as limits and closing are concerned. */
export type Identity =
  | KnownIdentity
  | { readonly kind: "refused" }
  /** Nobody can say just now who it is. */
  | { readonly kind: "unsaid" };

/** What becomes of one whose credential no strategy takes. */
export const ofRefusal = (refusal: SettError): Identity => ({
  kind: isUnauthenticated(refusal) ? "refused" : "unsaid",
});

/** Whether an error says that a credential is not accepted. */
export const isUnauthenticated = (error: unknown): error is SettError =>
  error instanceof SettError && error.code === "UNAUTHENTICATED";

/** Who shows nothing is told apart by address. */
export const ofAddress = (address: string | undefined): KnownIdentity => ({
  kind: "known",
  viewer: `address ${address ?? ""}`,
  isSignedIn: false,
});

/** What a client shows: what came with the request, unless it says another thing when it begins, as browsers must. */
export function showAlso(headers: IncomingHttpHeaders, { payload }: ConnectionInitMessage): void {
  const said = [payload?.["authorization"], payload?.["Authorization"]].find((each) => each !== undefined);
  // What is no text, null as well, cannot be read as a credential, and is not taken for none either.
  if (said !== undefined) headers.authorization = typeof said === "string" ? said : "";
  const believed: unknown = payload?.["login"];
  if (believed !== undefined) headers[believedLogin] = typeof believed === "string" ? believed : "";
}

/** Finds out who is there. If Gitea cannot be asked, the credential itself stands for its owner. */
export async function identify(
  { requestId, headers }: Asking,
  { socket }: Pick<IncomingMessage, "socket">,
  shared: Shared,
): Promise<Identity> {
  const { refusal, signedIn } = await createContext({ requestId, headers }, shared);
  if (refusal) return ofRefusal(refusal);
  if (!signedIn) return ofAddress(socket.remoteAddress);
  try {
    const { id } = await signedIn.lookups.viewer("recent");
    return { kind: "known", viewer: `viewer ${id}`, isSignedIn: true };
  } catch (error) {
    if (isUnauthenticated(error)) return { kind: "refused" };
    return { kind: "known", viewer: `credential ${signedIn.caller.key}`, isSignedIn: true };
  }
}
