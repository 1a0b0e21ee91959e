import type { GiteaPlatform } from "../src/sandbox/gitea/gitea.platform.ts";

/** Gives somebody this many projects of others to write to. */
export function shareProjects(
  platform: GiteaPlatform,
  login: string,
  count: number,
  repositories: readonly string[] = ["dev"],
): void {
  for (let number = 1; number <= count; number += 1) {
    const owner = `customer-p${number}`;
    platform.addUser({ login: owner, email: `${owner}@customer.example` });
    for (const name of repositories) {
      platform.addRepository(owner, name, { files: { "README.md": "# A project\n" } });
      platform.setCollaborator(owner, name, login, "write");
    }
  }
}
