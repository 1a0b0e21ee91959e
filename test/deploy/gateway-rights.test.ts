import { expect, test, vi } from "vitest";
import { rulesIn } from "../../src/sandbox/kubernetes/role.files.ts";
import { FollowPodLogDocument } from "../generated/operations.ts";
import { startSett } from "../support/sett.ts";
import { allows, callOf, rightsIn } from "./cluster.calls.ts";

const rules = [...rulesIn("gateway.yaml"), ...rulesIn("gateway-actualizer.yaml")];

const whatRuns = `{
  project(producer: "demo") {
    status { workspace { ready } }
    pods { name logs(tailLines: 1) { truncated } events { reason } }
    deployments { staleReason }
    function(name: "hello") { status { pods { id } } }
  }
  platform { actualizer { isAlive } }
}`;

interface Running {
  readonly project: {
    readonly function: { readonly status: { readonly pods: readonly { readonly id: string }[] } };
  };
}

test(
  "a gateway with the rules that the chart gives it can tell what runs, restart it and say what is wished, and has no rule for more",
  { timeout: 60_000 },
  async () => {
    const sett = await startSett({
      prepare: ({ kubernetes }) =>
        kubernetes.cluster.access.add(kubernetes.token, {
          username: "system:serviceaccount:den:sett",
          uid: "1006",
          groups: ["system:serviceaccounts", "system:authenticated"],
          role: { name: "sett-gateway", rules },
        }),
    });
    const { data, errors } = await sett.as("admin").askText(whatRuns);
    expect(errors).toEqual([]);
    const [pod] = (data as unknown as Running).project.function.status.pods;
    // Who follows a log has the gateway ask for the pod itself.
    const following = sett.as("admin").subscribe(FollowPodLogDocument, { id: pod?.id ?? "" });
    await following.event();
    const wishes = `mutation {
      restartPod(input: { pod: "${pod?.id}" }) { pod { name } }
      restartFunction(input: { project: { producer: "demo" }, name: "hello" }) { name }
      restartGateway(input: { project: { producer: "demo" }, id: "aaaaaaaa-0000-4000-8000-000000000001" }) { restartedAt }
      restartWorkspace(input: { project: { producer: "demo" }, part: POD }) { project { env } }
    }`;
    expect(await sett.as("admin").askText(wishes)).toMatchObject({ codes: [] });
    const { kubernetes } = sett.sandbox;
    const own = () =>
      kubernetes.server.requests
        .filter(({ headers }) => headers.authorization === `Bearer ${kubernetes.token}`)
        .map((each) => ({ ...callOf(each), status: each.status }));
    expect(own().filter(({ status }) => status === 403)).toEqual([]);
    await vi.waitFor(
      () => {
        const unused = rightsIn(rulesIn("gateway.yaml")).filter(
          (right) => !own().some((call) => allows(call)(right)),
        );
        expect(unused).toEqual([]);
      },
      { timeout: 30_000 },
    );
  },
);
