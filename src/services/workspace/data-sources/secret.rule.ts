/**
 * What is taken for a secret: what its name says is one, and what looks like one whatever its name. When in doubt it is
 * one: what is hidden without need can still be kept and replaced, what was shown cannot be taken back. No pattern looks
 * at a place of a text more than a bounded number of times: the texts are anybody's.
 */

/** What stands where a secret was, within a text or a list. */
export const mark = "***";

const secretWords =
  /passw|pword|passphrase|passcode|secret|token|credential|authorization|cookie|apikey|privatekey|accesskey|connect(?:ion)?str/;
const secretEndings = /(?:pwd|pw|pass|creds?|auth|keys?|dsn|jwt|pfx|sig|signature)$/;
/** Too short to be looked for within other words. */
const shortWords = /(?:^|[^a-z])(?:pw|pwd|creds?|sas|psk|otp)(?:[^a-z]|$)/;

/** Whether what goes by this name is a secret: a setting, a header or a parameter of an address. */
export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  if (secretWords.test(plain) || secretEndings.test(plain)) return true;
  return shortWords.test(name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, " ").toLowerCase());
}

/** Is told of what is taken out of a text. */
type Note = (secret: string) => void;

const databaseScheme = /\b(?!https?:)[a-z][a-z0-9+.-]{0,30}:\/\//i;
const schemelessUser = /^[^\s:/@]+:(?![a-z0-9+.-]*:?\/\/)[^@]*(?=@)/i;

/** Addresses of databases: all from the first one's beginning to the last `@`, for passwords are often not escaped. */
function withoutDatabaseUsers(text: string, note: Note): string {
  const scheme = databaseScheme.exec(text);
  const start = scheme ? scheme.index + scheme[0].length : 0;
  const end = text.lastIndexOf("@");
  const user = scheme ? text.slice(start, Math.max(start, end)) : schemelessUser.exec(text)?.[0];
  if (user === undefined || user === "" || user === mark) return text;
  note(user);
  return text.slice(0, start) + mark + text.slice(start + user.length);
}

const authorityAt = /[^/?#\\\s]*/y;

/** Where the user ends who stands at this place of a text, before an `@`; the place itself when none does. */
function userEnd(text: string, start: number, lastAt: number): number {
  authorityAt.lastIndex = start;
  const authority = authorityAt.exec(text)?.[0] ?? "";
  // Where no port can be stands a password, with signs in it that ought to have been escaped.
  const isCut = /:(?!\d*$)/.test(authority.replace(/\[[^[\]]*\]/, ""));
  return Math.max(isCut ? lastAt : start + authority.lastIndexOf("@"), start);
}

function withoutWebUsers(text: string, note: Note): string {
  const parts: string[] = [];
  const lastAt = text.lastIndexOf("@");
  let at = 0;
  for (const { index, 0: prefix } of text.matchAll(/(?:\bhttps?:)?\/\//gi)) {
    if (index < at) continue;
    const start = index + prefix.length;
    parts.push(text.slice(at, start));
    at = userEnd(text, start, lastAt);
    if (at === start) continue;
    parts.push(mark);
    if (text.slice(start, at) !== mark) note(text.slice(start, at));
  }
  return [...parts, text.slice(at)].join("");
}

/** A name or value of an address as it was meant; what is escaped badly stays. */
export function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A text without the credentials in its addresses: who asks, and the parameters that are secrets by their name. */
export function withoutCredentials(text: string, note: Note = () => undefined): string {
  const withoutUsers = withoutWebUsers(withoutDatabaseUsers(text, note), note);
  return withoutUsers.replaceAll(
    /([?&#])([^=&?#\s]{1,200})=([^&]*)/g,
    (all, sign: string, name: string, value: string) => {
      if (value === "" || value === mark || !isSecretName(decoded(name))) return all;
      note(value);
      return `${sign}${name}=${mark}`;
    },
  );
}

const authorization = /^\s*(?:bearer|basic|digest|negotiate|apikey|token)\s+\S+\s*$/i;
const privateKey = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/;
const webToken = /[\w-]{11}\.eyJ[\w-]{8,}\./;
const names =
  "(?:pass|pwd|secret|token|api[-_ ]?key|access[-_ ]?key|private[-_ ]?key|\\b(?:pw|creds?|psk)(?=[\\\\\"']{0,2}\\s*[=:])|key(?=[\\\\\"']{0,2}\\s*=)|authorization|cookie|credential|signature)";
const assignment = new RegExp(
  `(${names}[\\w-]{0,40}[\\\\"']{0,2}\\s{0,5}[=:]\\s{0,5}[\\\\"']{0,2})(?!\\*\\*\\*|yes\\b|no\\b)[^\\s"']+`,
  "gi",
);

/** Whether a text is or holds a secret that cannot be cut out of it. */
export function isSecretText(text: string): boolean {
  const looks = [authorization, privateKey, webToken].some((look) => look.test(text));
  return looks || text.search(assignment) >= 0;
}

/** How many places are looked at for secrets that are known. */
const largestSearch = 50_000_000;

/** What somebody else says, without these secrets and whatever else looks like one. */
export function withoutSecretsOf(text: string, secrets: readonly string[]): string {
  if (text.length * secrets.length > largestSearch) return mark;
  const known = secrets.filter((secret) => secret !== "").toSorted((one, other) => other.length - one.length);
  const plain = known.reduce((left, secret) => left.replaceAll(secret, mark), text);
  // Word by word: in what somebody says, an address ends where the word does.
  const words = plain.replaceAll(/\S+/g, (word) => withoutCredentials(word));
  const told = words.replaceAll(assignment, `$1${mark}`);
  return isSecretText(told) ? mark : told;
}
