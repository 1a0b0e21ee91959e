import { z } from "zod";
import { BadUserInput } from "../../errors.ts";
import type { ProducerGrant } from "../../permissions/grant.ts";
import { refusedToken, rejected, unexpected, type GiteaClient } from "./gitea.client.ts";
import { readAll } from "./pages.ts";
import { keyShape } from "./shapes.ts";

/** An SSH key that lets its owner push and pull. */
export interface SshKey {
  readonly id: number;
  readonly title: string;
  readonly publicKey: string;
  readonly fingerprint: string;
  readonly createdAt: Date;
}

/** The platform's own pods register keys under such titles; they are nobody's to see or delete. */
const internal = "lunchbadger-internal";

const toKey = (key: z.output<typeof keyShape>): SshKey => ({
  id: key.id,
  title: key.title,
  publicKey: key.key,
  fingerprint: key.fingerprint,
  createdAt: new Date(key.created_at),
});

/** The SSH keys of a producer's account. */
export interface KeysService {
  readonly list: (grant: ProducerGrant<"admin">) => Promise<readonly SshKey[]>;
  readonly add: (grant: ProducerGrant<"admin">, key: { title: string; publicKey: string }) => Promise<SshKey>;
  /** Deletes a key of this producer's and of nobody else's; false when they have no such key. */
  readonly remove: (grant: ProducerGrant<"admin">, id: number) => Promise<boolean>;
}

export function createKeysService(client: GiteaClient): KeysService {
  /** One's own keys are changed as oneself; somebody else's only by the admin's routes, which check whose they are. */
  const base = ({ viewer, login }: ProducerGrant) =>
    viewer.login.toLowerCase() === login.toLowerCase() ? ["user", "keys"] : ["admin", "users", login, "keys"];

  const list = async (grant: ProducerGrant<"admin">) => {
    const keys = await readAll(z.array(keyShape), async (paging) => {
      const answer = await client.asCaller({
        method: "GET",
        path: ["users", grant.login, "keys"],
        query: paging,
        caller: grant.caller,
      });
      if (answer.status === 403) throw refusedToken("producer:admin");
      if (answer.status !== 200) throw unexpected(answer, "GET /users/…/keys");
      return answer;
    });
    return keys.map(toKey).filter(({ title }) => !title.includes(internal));
  };

  return {
    list,

    add: async (grant, { title, publicKey }) => {
      if (title.includes(internal)) {
        throw new BadUserInput([{ field: "input.title", message: `must not contain ${internal}` }]);
      }
      const answer = await client.asCaller({
        method: "POST",
        path: base(grant),
        body: { title, key: publicKey },
        caller: grant.caller,
      });
      if (answer.status === 201) return toKey(answer.as(keyShape));
      if (answer.status === 403) throw refusedToken("producer:admin");
      if (answer.status === 422) throw rejected(answer);
      throw unexpected(answer, "adding a key");
    },

    remove: async (grant, id) => {
      if (!(await list(grant)).some((key) => key.id === id)) return false;
      const answer = await client.asCaller({
        method: "DELETE",
        path: [...base(grant), String(id)],
        caller: grant.caller,
      });
      if (answer.status === 403) throw refusedToken("producer:admin");
      if (answer.status !== 204 && answer.status !== 404) throw unexpected(answer, "deleting a key");
      return answer.status === 204;
    },
  };
}
