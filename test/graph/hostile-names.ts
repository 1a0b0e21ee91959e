/** What no account, producer or repository is called, by what is wrong with it. */
export const hostileNames: Readonly<Record<string, string>> = {
  "climbing out": "../",
  "climbing out, escaped": "..%2f..%2fadmin",
  "two segments": "demo/dev",
  "look-alike letters": "d\u0435mo",
  "full-width letters": "ｄｅｍｏ",
  "a line break": "demo\n",
  "a null byte": "demo\u0000",
  "a query": "demo?sudo=lbadmin",
  "10 kB": "a".repeat(10_000),
  nothing: "",
};

/** What no file's path looks like, by what is wrong with it. */
export const hostilePaths: Readonly<Record<string, string>> = {
  "climbing out": "../dev/README.md",
  "climbing out further in": "docs/../../x",
  "git's own folder": ".git/config",
  "git's own folder in capitals": "a/.GIT/config",
  "an absolute path": "/etc/passwd",
  "a backslash": "a\\b",
  "a line break": "a\nb",
  "10 kB": "a".repeat(10_000),
  nothing: "",
};
