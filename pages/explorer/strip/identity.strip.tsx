import type { JSX } from "react";
import { useIdentity, type UsedIdentity } from "../../identity/use-identity.ts";
import { PeopleButtons } from "./people.buttons.tsx";
import { TokenForm } from "./token.form.tsx";

/** Who one is, in words. */
function sentence({ state, login, problem }: UsedIdentity): string {
  if (state === "loading") return "Asking who you are…";
  if (state === "unreachable") return problem ?? "The gateway does not answer.";
  if (problem !== undefined) return problem;
  if (state === "nobody") return "You are nobody";
  if (login === undefined) return "Asking whose token this is…";
  return `You are ${login}`;
}

/** Above the editor: who one is in this tab, and how to be somebody else. */
export function IdentityStrip(): JSX.Element {
  const identity = useIdentity();
  const { state, problem, people, canSignIn, signIn, leave, retry } = identity;
  return (
    <section className="sett-identity" aria-label="Who you are">
      <strong role="status">{sentence(identity)}</strong>
      {problem !== undefined && (state === "unreachable" || state === "token") && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
      {state === "session" && (
        <button type="button" onClick={() => void leave()}>
          Sign out
        </button>
      )}
      {state === "token" && people.length === 0 && (
        <button type="button" onClick={() => void leave()}>
          Forget it
        </button>
      )}
      {canSignIn && state !== "session" && (
        <button type="button" onClick={signIn}>
          Sign in with Gitea
        </button>
      )}
      <PeopleButtons identity={identity} />
      <TokenForm />
    </section>
  );
}
