/** As long as an address may be that is kept while somebody signs in. */
const longest = 1000;

/** One of this server's, in characters that stand for themselves; what begins with two slashes is another's. */
const local = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/;

/** Who came from there would be led in a circle. */
const ofSigningIn = /^\/(?:login|logout)(?:\/|$)/i;

/** Where to go on after signing in: the path that was asked for if it is one here, else the first page. */
export function returnPath(asked: string | null, origin: string): string {
  if (asked === null || asked.length > longest || !local.test(asked)) return "/";
  if (!URL.canParse(asked, origin)) return "/";
  const { origin: leadsTo, pathname, search, hash } = new URL(asked, origin);
  // Dots may be all that stood between two slashes.
  if (leadsTo !== origin || pathname.startsWith("//") || ofSigningIn.test(pathname)) return "/";
  return `${pathname}${search}${hash}`;
}
