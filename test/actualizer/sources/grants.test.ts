import { describe, expect, it } from "vitest";
import { readConfig } from "../../../src/config.ts";
import { createActualizerGrants } from "../../../src/permissions/actualizer.grants.ts";
import { createPlatformNames } from "../../../src/permissions/platform-names.ts";

const names = createPlatformNames(readConfig({}), "own-token");
const grants = createActualizerGrants({ token: "own-token", names });
const place = { producer: "demo", env: "stage" };

describe("The grants of the actualizer", () => {
  it("are the platform's own: its token, and no person's key in any cache", () => {
    const all = [
      grants.platform(),
      grants.project(place),
      grants.functions(place),
      grants.repository({ owner: "customer-demo", name: "dev", defaultBranch: "main" }),
    ];
    for (const { caller } of all) {
      expect(caller.credential).toEqual({ kind: "token", token: "own-token" });
      expect(caller.key).toBe("actualizer");
    }
    expect(new Set(all.map(({ caller }) => caller.requestId)).size).toBe(all.length);
  });

  it("let it read projects and repositories, and write nothing but functions", () => {
    expect(grants.project(place)).toMatchObject({
      ...place,
      owner: "customer-demo",
      name: "stage",
      level: "read",
    });
    expect(grants.functions(place)).toMatchObject({ ...place, name: "functions-stage", level: "write" });
    expect(grants.functions({ producer: "demo", env: "dev" })).toMatchObject({ name: "functions" });
    expect(grants.repository({ owner: "o", name: "n", defaultBranch: "main" })).toMatchObject({
      owner: "o",
      name: "n",
      defaultBranch: "main",
      level: "read",
    });
  });

  it("have one name for all calls of one piece of work, where it has one", () => {
    const work = createActualizerGrants({ token: "own-token", names, requestId: "work-1" });
    expect(work.platform().caller.requestId).toBe("work-1");
    expect(work.functions(place).caller.requestId).toBe("work-1");
  });
});
