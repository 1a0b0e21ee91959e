import { Problem } from "./problem.error.ts";

/** Who may see that a user exists: everybody, whoever is signed in, or only himself and site admins. */
export type Visibility = "public" | "limited" | "private";

/** An account of the sandbox: an organisation is one as well, as it is in Gitea. */
export interface User {
  readonly id: number;
  login: string;
  /** Empty for users made without one; Gitea compares it where it should compare the login. */
  loginName: string;
  fullName: string;
  email: string;
  password?: string | undefined;
  isAdmin: boolean;
  active: boolean;
  prohibitLogin: boolean;
  restricted: boolean;
  mustChangePassword: boolean;
  readonly isOrganization: boolean;
  visibility: Visibility;
  location: string;
  website: string;
  description: string;
  readonly created: Date;
  lastLogin: Date;
}

/** What makes a new user; everything but the login and the address has a default. */
export type NewUser = Pick<User, "login" | "email"> & Partial<Omit<User, "id" | "created">>;

const reserved = new Set([
  "admin",
  "api",
  "assets",
  "avatars",
  "explore",
  "ghost",
  "login",
  "new",
  "repo",
  "user",
]);

/** The accounts, by id and by name; old names of renamed users are remembered. */
export class UserStore {
  readonly #byId = new Map<number, User>();
  readonly #byLogin = new Map<string, User>();
  readonly #byEmail = new Map<string, User>();
  readonly #formerLogins = new Map<string, number>();
  #alphabetical: User[] | undefined;
  #lastId = 0;

  /** Adds a user; a name or address which is taken or reserved is a 422. */
  add(wanted: NewUser, created: Date): User {
    const key = wanted.login.toLowerCase();
    if (reserved.has(key)) throw new Problem(422, `name is reserved [name: ${wanted.login}]`);
    if (this.#byLogin.has(key)) throw new Problem(422, `user already exists [name: ${wanted.login}]`);
    this.#refuseTakenEmail(wanted.email);
    const user: User = {
      loginName: "",
      fullName: "",
      isAdmin: false,
      active: true,
      prohibitLogin: false,
      restricted: false,
      mustChangePassword: false,
      isOrganization: false,
      visibility: "public",
      location: "",
      website: "",
      description: "",
      lastLogin: new Date(0),
      ...wanted,
      id: ++this.#lastId,
      created,
    };
    this.#byId.set(user.id, user);
    this.#byLogin.set(key, user);
    this.#byEmail.set(user.email.toLowerCase(), user);
    this.#formerLogins.delete(key);
    this.#alphabetical = undefined;
    return user;
  }

  byId(id: number): User | undefined {
    return this.#byId.get(id);
  }

  byLogin(login: string): User | undefined {
    return this.#byLogin.get(login.toLowerCase());
  }

  byEmail(email: string): User | undefined {
    return this.#byEmail.get(email.toLowerCase());
  }

  /** The user who used to be called so. */
  byFormerLogin(login: string): User | undefined {
    return this.#byId.get(this.#formerLogins.get(login.toLowerCase()) ?? 0);
  }

  /** Everybody, and no organisation, in the order in which Gitea lists users. */
  alphabetical(): readonly User[] {
    this.#alphabetical ??= [...this.#byId.values()]
      .filter(({ isOrganization }) => !isOrganization)
      .sort((a, b) => (a.login.toLowerCase() < b.login.toLowerCase() ? -1 : 1));
    return this.#alphabetical;
  }

  changeEmail(user: User, email: string): void {
    if (email.toLowerCase() !== user.email.toLowerCase()) this.#refuseTakenEmail(email);
    this.#byEmail.delete(user.email.toLowerCase());
    this.#byEmail.set(email.toLowerCase(), user);
    user.email = email;
  }

  rename(user: User, login: string): void {
    const holder = this.byLogin(login);
    if (holder !== undefined && holder !== user)
      throw new Problem(422, `user already exists [name: ${login}]`);
    this.#byLogin.delete(user.login.toLowerCase());
    this.#formerLogins.set(user.login.toLowerCase(), user.id);
    this.#formerLogins.delete(login.toLowerCase());
    user.login = login;
    this.#byLogin.set(login.toLowerCase(), user);
    this.#alphabetical = undefined;
  }

  remove(user: User): void {
    this.#byId.delete(user.id);
    this.#byLogin.delete(user.login.toLowerCase());
    this.#byEmail.delete(user.email.toLowerCase());
    this.#alphabetical = undefined;
  }

  #refuseTakenEmail(email: string): void {
    if (this.byEmail(email) !== undefined) throw new Problem(422, `e-mail already in use [email: ${email}]`);
  }
}
