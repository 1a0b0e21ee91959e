import { z } from "zod";
import { UpstreamUnavailable } from "../errors.ts";
import type { Examined } from "./examined.ts";
import { ok, skipped, warning, wrong, type Told } from "./finding.ts";
import { askingGitea, reasonOf, type AskGitea } from "./gitea.asking.ts";
import { checkScopes } from "./scope.check.ts";
import { troubleWith, type Asked } from "./trouble.ts";

/** What Gitea says of itself and of the gateway's token. */
export interface GiteaFindings {
  readonly told: readonly Told[];
  /** How its clock stood when it answered; undefined where it did not. */
  readonly date: string | undefined;
  /** Whether the gateway's token is taken for a site admin's: then the rest of the platform can be found by it. */
  readonly isAdmin: boolean;
}

const versionShape = z.object({ version: z.string().regex(/^v?\d+\.\d+/) });
const userShape = z.object({
  login: z.string(),
  is_admin: z.boolean().default(false),
  last_login: z.string().optional(),
});

const anew =
  "Make a token of a site admin in Gitea (`gitea admin user generate-access-token --scopes all`) and set GITEA_TOKEN to it.";

async function checkVersion(ask: AskGitea): Promise<{ told: Told; date: string | undefined }> {
  const answer = await ask({ path: ["version"] });
  const { date } = answer.headers;
  const known = { date: typeof date === "string" ? date : undefined };
  if (answer.status === 200) {
    return { ...known, told: ok("gitea", `Gitea ${answer.as(versionShape).version} answers.`) };
  }
  if (answer.status !== 401 && answer.status !== 403) {
    throw new UpstreamUnavailable("gitea", `GET /version answered ${answer.status}`);
  }
  // It tells nobody whose token it does not take; that it is Gitea shows in how it says so.
  reasonOf(answer);
  return { ...known, told: ok("gitea", "Gitea answers; it does not tell this token its version.") };
}

async function checkSudo(ask: AskGitea, login: string): Promise<Told> {
  const answer = await ask({ path: ["users", login], headers: { sudo: login } });
  if (answer.status === 200) return ok("GITEA_TOKEN may act for others", "Sudo is let through.");
  return wrong(
    "GITEA_TOKEN may act for others",
    `Sudo is answered ${answer.status}${answer.status === 403 ? `: ${reasonOf(answer)}` : ""}`,
    "People with identity tokens cannot be acted for: set GITEA_TOKEN to a site admin's with all scopes (before Gitea 1.20: also the scope `sudo`).",
  );
}

async function checkToken(examined: Examined, ask: AskGitea): Promise<{ told: Told[]; isAdmin: boolean }> {
  const answer = await ask({ path: ["user"] });
  const check = "GITEA_TOKEN";
  const notAdmin = (told: Told) => ({
    told: [told, skipped("GITEA_TOKEN may act for others", "not tried with a token that is not accepted.")],
    isAdmin: false,
  });
  if (answer.status === 401) {
    return notAdmin(wrong(check, "Gitea does not accept the token: it is mistyped, or was revoked.", anew));
  }
  if (answer.status === 403)
    return notAdmin(wrong(check, `Gitea refuses the token: ${reasonOf(answer)}`, anew));
  if (answer.status !== 200) throw new UpstreamUnavailable("gitea", `GET /user answered ${answer.status}`);
  const { login, is_admin: isAdmin, last_login: lastLogin } = answer.as(userShape);
  if (!isAdmin) return notAdmin(wrong(check, `the token is of ${login}, who is no site admin.`, anew));
  const told = [ok(check, `of the site admin ${login}.`), await checkSudo(ask, login)];
  const hasSignedIn = lastLogin !== undefined && new Date(lastLogin).getUTCFullYear() > 1970;
  if (hasSignedIn || examined.names.producerOf(login) !== undefined) {
    told.push(
      warning(
        "GITEA_TOKEN is nobody's in particular",
        `${login} ${hasSignedIn ? "signs in with a browser, as people do" : "is a producer's account"}.`,
        "Give the gateway an account of its own, and set GITEA_TOKEN to a token of that: what it does then is not taken for a person's.",
      ),
    );
  }
  return { told: [...told, ...(await checkScopes(examined, ask, login))], isAdmin };
}

export async function checkGitea(examined: Examined): Promise<GiteaFindings> {
  const ask = askingGitea(examined);
  const asked: Asked = {
    check: "gitea",
    service: "Gitea",
    address: examined.addresses.gitea,
    variable: "GITEA_URL",
  };
  try {
    const { told, date } = await checkVersion(ask);
    const token = await checkToken(examined, ask);
    return { told: [told, ...token.told], date, isAdmin: token.isAdmin };
  } catch (error) {
    const unasked = skipped("GITEA_TOKEN", "Gitea has to answer first.");
    return { told: [troubleWith(asked, error), unasked], date: undefined, isAdmin: false };
  }
}
