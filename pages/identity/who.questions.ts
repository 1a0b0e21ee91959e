/** A registered document to the letter, so that it runs where only those do. */
export const whoAmI = "query WhoAmI {\n  viewer {\n    login\n  }\n}";

/** Whom a token belongs to, or why that is not known. */
export type Shown = { readonly login: string } | { readonly problem: string };

interface Answer {
  readonly data?: { readonly viewer?: { readonly login: string } | null } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** Asks the gateway whose a token is. */
export async function askWho(endpoint: string, authorization: string): Promise<Shown> {
  let answer: Answer;
  try {
    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body: JSON.stringify({ query: whoAmI }),
    });
    answer = (await response.json()) as Answer;
  } catch {
    return { problem: "The gateway does not answer." };
  }
  const login = answer.data?.viewer?.login;
  if (login !== undefined) return { login };
  const [error] = answer.errors ?? [];
  if (error?.extensions?.code === "UNAUTHENTICATED") return { problem: "This token is not accepted." };
  return { problem: error?.message ?? "The gateway did not say whose token this is." };
}

/** The session of this browser, if there is one. */
export type Session =
  | { readonly signedIn: false }
  | { readonly signedIn: true; readonly login: string; readonly expiresAt: string };

/** The gateway is there, but cannot say now whether a session still holds. */
export class SessionUnknown extends Error {}

/** Asks for the session, which also renews one that is about to end; throws where the gateway does not answer. */
export async function askSession(): Promise<Session> {
  const response = await fetch("./session", { headers: { accept: "application/json" } });
  // Where nobody can sign in there are no sessions.
  if (response.status === 404) return { signedIn: false };
  if (!response.ok) throw new SessionUnknown("Whether you are signed in cannot be found out just now.");
  return (await response.json()) as Session;
}

/** Ends the session; throws where that is not certain. */
export async function endSession(): Promise<void> {
  const response = await fetch("./logout", { method: "POST" });
  if (!response.ok) throw new Error(`The gateway answers ${response.status} to signing out.`);
}
