import type { JSX } from "react";
import type { UsedIdentity } from "../../identity/use-identity.ts";

/** One click makes one of the sandbox's people of whoever looks at the page. */
export function PeopleButtons({ identity }: { identity: UsedIdentity }): JSX.Element | null {
  const { people, state, token, beneath, become, leave } = identity;
  if (people.length === 0) return null;
  return (
    <div role="group" aria-label="On the sandbox, be" className="sett-people">
      {people.map((person) => (
        <button
          key={person.name}
          type="button"
          title={person.about}
          aria-pressed={person.token === token}
          onClick={() => become(person.token)}
        >
          {person.name}
        </button>
      ))}
      {/* Whoever is signed in becomes nobody by signing out, which is a button of its own. */}
      {state !== "session" && (
        <button
          type="button"
          title={beneath === undefined ? "not signed in" : "signed in with Gitea"}
          aria-pressed={state === "nobody"}
          onClick={() => {
            if (state !== "nobody") void leave();
          }}
        >
          {beneath ?? "nobody"}
        </button>
      )}
    </div>
  );
}
