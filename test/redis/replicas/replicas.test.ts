import {
  BoardDeploymentDocument,
  DeployFunctionDocument,
  FollowPodLogDocument,
  FollowPodsDocument,
  PresenceDocument,
  ProjectChangedDocument,
  ReadPodsDocument,
  RestartPodDocument,
  RevisionDocument,
  SaveFilesDocument,
  SaveServiceEndpointDocument,
  ShareProjectDocument,
  UnshareProjectDocument,
} from "@sett/client";
import { expect, test, vi } from "vitest";
import { clientOf } from "../../client/clients.ts";
import { personAt, type PersonName } from "../../support/sett.ts";
import { askWithCookie, cookieOf, signInAs, signOut } from "../../support/signed-in.ts";
import { graphDoor } from "../../together/graph.door.ts";
import { workTogether } from "../../together/workload.ts";
import { following } from "./following.ts";
import { useStand } from "./shared.stand.ts";

const stand = useStand({ WORKSPACE_WAIT: "1m", PERMISSION_TTL: "1h", VIEWER_TTL: "1s" });

const demos = { producer: "demo" };
const project = demos;
const replica = (index: 0 | 1) => stand().replicas[index];
const clientAt = (index: 0 | 1, person: PersonName) => clientOf(replica(index), person);
const personOf = (index: 0 | 1, name: PersonName) => personAt(replica(index).url, `token ${name}-token`);

/** The pod of demo's workspace, once there is one that is ready. */
const workspacePod = () =>
  vi.waitFor(async () => {
    const { project: found } = await clientAt(0, "demo").query(ReadPodsDocument, demos);
    const pod = found?.pods?.find(({ kind, ready }) => kind === "WORKSPACE" && ready);
    if (!pod) throw new Error("demo's workspace is not ready");
    return pod;
  }, patiently);
const patiently = { timeout: 20_000, interval: 50 };

test("what is changed at one replica is told at the other, by whom and what", async () => {
  const al = await following(clientAt(1, "al"), ProjectChangedDocument, demos);
  const files = [{ path: "told.txt", text: "told" }];
  await clientAt(0, "demo").mutate(SaveFilesDocument, { input: { project, files } });
  const { projectChanged } = await al.event((data) => data.projectChanged.kind === "FILES");
  expect(projectChanged).toMatchObject({ by: "customer-demo", entities: ["files/told.txt"] });
});

test("a pod that is replaced at one replica is seen to go and to be followed by another at the other", async () => {
  const pod = await workspacePod();
  const al = await following(clientAt(1, "al"), FollowPodsDocument, demos);
  await clientAt(0, "demo").mutate(RestartPodDocument, { input: { pod: pod.id } });
  const about = (kind: string) => al.event(({ podChanged }) => podChanged.kind === kind);
  expect((await about("REMOVED")).podChanged.pod.name).toBe(pod.name);
  expect((await about("ADDED")).podChanged.pod.name).toMatch(/^workspace-demo-dev-/);
});

test("a log that was begun at one replica goes on at the other, after the line that was read last", async () => {
  const { id } = await workspacePod();
  const here = await following(clientAt(0, "demo"), FollowPodLogDocument, { id });
  const { podLogs } = await here.event((data) => data.podLogs.lines.length > 1);
  const [first, ...rest] = podLogs.lines;
  const after = first?.position ?? "";
  const there = await following(clientAt(1, "demo"), FollowPodLogDocument, { id, after });
  const goneOn = await there.event((data) => data.podLogs.lines.length > 0);
  expect(goneOn.podLogs.lines[0]).toEqual(rest[0]);
});

test("a deployment that was asked for at one replica is followed to its end at the other", async () => {
  const { deployFunction } = await clientAt(0, "demo").mutate(DeployFunctionDocument, {
    input: { project, name: "hello" },
  });
  const id = deployFunction?.deployment.id ?? "";
  const al = await following(clientAt(1, "al"), BoardDeploymentDocument, { id });
  const { deployment } = await al.event((data) => data.deployment.state === "SUCCEEDED");
  expect(deployment).toMatchObject({ functionName: "hello", by: "customer-demo" });
});

test("people at both replicas see each other, and who goes from one is gone at the other", async () => {
  const demo = await following(clientAt(0, "demo"), PresenceDocument, demos);
  const al = await following(clientAt(1, "al"), PresenceDocument, demos);
  const loginsOf = (data: (typeof demo.events)[number]) => data.presence.people.map(({ login }) => login);
  const both = ["customer-demo", "customer-al"];
  for (const each of [demo, al]) await each.event((data) => loginsOf(data).join() === both.join());
  demo.leave();
  await vi.waitFor(() => expect(al.events.map(loginsOf).at(-1)).toEqual(["customer-al"]), patiently);
});

test("eight who write to one workspace over both replicas lose nothing, and nobody sees half of anything", async () => {
  const doors = [personOf(0, "demo"), personOf(1, "al")].map(graphDoor);
  const report = await workTogether(doors, { writers: 8, readers: 2, rounds: 1 });
  expect(report).toMatchObject({ refused: 0, lost: [], returned: [], torn: [] });
  expect(report.acknowledged).toBe(8 * 5);
});

test("what was read at one replica is merged with at the other", async () => {
  const { project: read } = await clientAt(0, "demo").query(RevisionDocument, demos);
  const revision = read?.revision ?? "";
  const save = (index: 0 | 1, person: PersonName, id: string) =>
    clientAt(index, person).mutate(SaveServiceEndpointDocument, {
      input: { project, revision, serviceEndpoint: { id, name: id, urls: ["http://e"] } },
    });
  expect((await save(0, "demo", "mine")).saveServiceEndpoint?.outcome).toBe("SAVED");
  expect((await save(1, "al", "theirs")).saveServiceEndpoint?.outcome).toBe("MERGED");
});

test("a right that is taken away at one replica ends what runs by it at the other, and is not remembered there", async () => {
  const input = { project, login: "customer-al" };
  const read = () => personOf(1, "al").askText('{ project(producer: "demo") { env } }');
  const al = await following(clientAt(1, "al"), ProjectChangedDocument, demos);
  expect((await read()).codes).toEqual([]);
  await clientAt(0, "demo").mutate(UnshareProjectDocument, { input });
  try {
    await al.state("ended");
    expect(al.error()?.code).toBe("NOT_FOUND");
    expect((await read()).codes).toEqual(["NOT_FOUND"]);
  } finally {
    await clientAt(0, "demo").mutate(ShareProjectDocument, { input });
  }
  await vi.waitFor(async () => expect((await read()).codes).toEqual([]), patiently);
});

test("who signs in through the balancer is signed in at each replica, and who signs out is at none", async () => {
  const { url } = stand();
  const cookie = cookieOf(await signInAs({ url }, "eve"), url);
  const asked = (index: 0 | 1) => askWithCookie(replica(index).url, cookie, undefined, { origin: url });
  for (const index of [0, 1] as const) {
    expect((await asked(index)).data).toEqual({ viewer: { login: "customer-eve" } });
  }
  expect((await signOut(url, cookie)).status).toBe(204);
  await vi.waitFor(async () => {
    for (const index of [0, 1] as const) expect((await asked(index)).codes).toEqual(["UNAUTHENTICATED"]);
  }, patiently);
});

test("a registered document runs by its hash alone at whichever replica a connection comes to", async () => {
  const ask = async (index: 0 | 1) => {
    const response = await fetch(`${replica(index).url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "token demo-token" },
      body: JSON.stringify({ documentId: RevisionDocument.id, variables: demos }),
    });
    return ((await response.json()) as { data: { project: { revision: string } } }).data.project.revision;
  };
  expect(await ask(0)).toBe(await ask(1));
});
