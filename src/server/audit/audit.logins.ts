import { LRUCache } from "lru-cache";
import { openBudget } from "../../budget.ts";
import type { Noted } from "../../permissions/audit.notes.ts";
import type { UsersService } from "../../services/gitea/users.service.ts";

/** Finds out who it was of whom something is to be written. */
export interface AuditLogins {
  /** Calls back at once where that is known, or is not to be asked; else once Gitea has said it, or has not for too long. */
  readonly tell: (noted: Noted, mayAsk: boolean, write: (login: string | undefined) => void) => void;
  /** Waits for Gitea no longer. */
  readonly close: () => void;
}

/** Whose a credential is does not change: it is asked for once, and again when others have pushed it out. */
const remembered = 10_000;
const mostAsked = 1000;
const askMs = 5000;

export function createAuditLogins(users: Pick<UsersService, "whoAmI">): AuditLogins {
  const logins = new LRUCache<string, string>({ max: remembered });
  const asking = new Set<() => void>();

  return {
    tell: ({ signedIn }, mayAsk, write) => {
      if (!signedIn) return write(undefined);
      const { caller } = signedIn;
      const { credential, key } = caller;
      const known = credential.kind === "sudo" ? credential.login : logins.get(key);
      if (known !== undefined || !mayAsk || asking.size >= mostAsked) return write(known);
      const give = (login: string | undefined) => {
        if (asking.delete(giveUp)) write(login);
      };
      const giveUp = () => give(undefined);
      asking.add(giveUp);
      // The operation is over: this is for the log alone, under an id that says so.
      const asker = { ...caller, requestId: `${caller.requestId}.audit`, budget: openBudget(askMs) };
      users.whoAmI(asker).then(({ login }) => {
        logins.set(key, login);
        give(login);
      }, giveUp);
    },
    close: () => {
      for (const giveUp of [...asking]) giveUp();
    },
  };
}
