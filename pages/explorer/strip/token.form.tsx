import type { JSX } from "react";
import { become } from "../../identity/identity.store.ts";

/** Takes a token for this tab alone. It is a password to browsers, which do not show it, but never one to be kept. */
export function TokenForm(): JSX.Element {
  return (
    <form
      className="sett-token"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const token = new FormData(form).get("token");
        if (typeof token === "string" && token !== "") become(token);
        form.reset();
      }}
    >
      <label htmlFor="sett-token">Token</label>
      <input
        id="sett-token"
        name="token"
        type="password"
        autoComplete="off"
        spellCheck={false}
        placeholder="this tab only"
      />
      <button type="submit">Use</button>
    </form>
  );
}
