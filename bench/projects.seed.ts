import type { GiteaPlatform } from "../src/sandbox/gitea/gitea.platform.ts";

/** Gives somebody this many projects of others to write to. */
export function shareProjects(platform: GiteaPlatform, login: string, count: number): void {
  for (let number = 1; number <= count; number += 1) {
    const owner = `customer-p${number}`;
    platform.addUser({ login: owner, email: `${owner}@customer.example` });
    platform.addRepository(owner, "dev", { files: { "README.md": "# A project\n" } });
    platform.setCollaborator(owner, "dev", login, "write");
  }
}
