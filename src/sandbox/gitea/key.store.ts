import { createHash } from "node:crypto";
import { Problem } from "./problem.error.ts";
import type { User } from "./user.store.ts";

/** A public SSH key of a user. */
export interface Key {
  readonly id: number;
  readonly user: User;
  readonly title: string;
  readonly content: string;
  readonly fingerprint: string;
  readonly created: Date;
}

const invalidKey = "Invalid key content: extractTypeFromBase64Key: invalid key format: ";

/** The public keys; one key belongs to one user only. */
export class KeyStore {
  readonly #byId = new Map<number, Key>();
  readonly #byFingerprint = new Map<string, Key>();
  readonly #byUser = new Map<number, Key[]>();
  #lastId = 0;

  add(user: User, title: string, content: string, created: Date): Key {
    const fingerprint = fingerprintOf(content);
    if (this.#byFingerprint.has(fingerprint))
      throw new Problem(422, "Key content has been used as non-deploy key");
    if (this.of(user).some((key) => key.title === title)) throw new Problem(422, "Key title has been used");
    const key = { id: ++this.#lastId, user, title, content: content.trim(), fingerprint, created };
    this.#byId.set(key.id, key);
    this.#byFingerprint.set(fingerprint, key);
    this.#byUser.set(user.id, [...this.of(user), key]);
    return key;
  }

  byId(id: number): Key | undefined {
    return this.#byId.get(id);
  }

  of(user: User): readonly Key[] {
    return this.#byUser.get(user.id) ?? [];
  }

  remove(key: Key): void {
    this.#byId.delete(key.id);
    this.#byFingerprint.delete(key.fingerprint);
    this.#byUser.set(
      key.user.id,
      this.of(key.user).filter((other) => other !== key),
    );
  }
}

/** The fingerprint of a key in OpenSSH's form; what is not a key is a 422 in the words of Gitea's parser. */
function fingerprintOf(content: string): string {
  const words = content.trim().split(/\s+/);
  const encoded = words.length > 1 ? (words[1] ?? "") : (words[0] ?? "");
  const strange = encoded.search(/[^A-Za-z0-9+/=]/);
  const broken =
    strange >= 0 ? strange : encoded.length % 4 === 0 ? -1 : encoded.length - (encoded.length % 4);
  if (broken >= 0) throw new Problem(422, `${invalidKey}illegal base64 data at input byte ${broken}`);
  const bytes = Buffer.from(encoded, "base64");
  const typeLength = bytes.length >= 4 ? bytes.readUInt32BE(0) : 0;
  if (typeLength === 0 || bytes.length <= 4 + typeLength) throw new Problem(422, `${invalidKey}%!w(<nil>)`);
  return `SHA256:${createHash("sha256").update(bytes).digest("base64").replace(/=+$/, "")}`;
}
