import type { Locator, Page } from "@playwright/test";
import {
  createSettClient,
  DeleteServiceEndpointDocument,
  SaveServiceEndpointDocument,
  type SettClient,
} from "@sett/client";
import { expect, ownTest, test } from "./gateway.fixture.ts";

const demoDev = "/board#/demo/dev";

/** Asks the graph as somebody who is on no page, as a canvas would. */
function clientOf(person: string, gatewayUrl: string | undefined): SettClient {
  return createSettClient({ url: `${gatewayUrl}graphql`, authorization: `token ${person}-token` });
}

function part(page: Page, name: string | RegExp): Locator {
  return page.getByRole("region", { name });
}

/** What just changed, as the page tells it. */
const feed = (page: Page) => page.getByRole("log", { name: "Changes of the project" });

/** Waits until everything live is there: who listens from then on misses nothing. */
async function isLive(page: Page): Promise<void> {
  await expect(part(page, "Workspace").getByText("running", { exact: true })).toBeVisible();
  await expect(page.getByRole("group", { name: "Who is here" })).toContainText("(you)");
}

function podLinks(page: Page, of: string): Locator {
  return page.getByRole("list", { name: `Pods of ${of}` }).getByRole("button");
}

test("demo sees what al saves as it happens, by al's name, and that both are here", async ({
  visit,
  baseURL,
}) => {
  const demo = await visit("demo", demoDev);
  await isLive(demo);
  const al = await visit("al", demoDev);
  await isLive(al);
  for (const page of [demo, al]) {
    const people = page.getByRole("group", { name: "Who is here" });
    await expect(people).toContainText("customer-demo");
    await expect(people).toContainText("customer-al");
  }
  const client = clientOf("al", baseURL);
  const project = { producer: "demo" };
  const { saveServiceEndpoint } = await client.mutate(SaveServiceEndpointDocument, {
    input: { project, serviceEndpoint: { name: "Seen", urls: ["http://seen.example"] } },
  });
  await expect(feed(demo)).toContainText("customer-al changed the canvas");
  await expect(feed(al)).toContainText("You changed the canvas");
  const id = saveServiceEndpoint?.serviceEndpoint.id ?? "";
  await expect(feed(demo)).toContainText(`serviceEndpoints/${id}`);
  await client.mutate(DeleteServiceEndpointDocument, { input: { project, id } });
  client.dispose();
});

ownTest(
  "who is let in finds the project, and who is put out is told at once and shown no more",
  async ({ visit }) => {
    // Three people look on, each in a browser of their own.
    ownTest.slow();
    const demo = await visit("demo", demoDev);
    const al = await visit("al", demoDev);
    await isLive(al);
    await demo.getByRole("button", { name: "Unshare with customer-al" }).click();
    await expect(al.getByRole("alert").getByText("You can no longer see this project")).toBeVisible();
    await expect(part(al, "Workspace")).toHaveCount(0);
    await expect(al.getByRole("navigation").getByRole("link", { name: /^demo/ })).toHaveCount(0);
    // Her stream has ended: she is not here any more.
    await expect(demo.getByRole("group", { name: "Who is here" })).not.toContainText("customer-al");

    const eve = await visit("eve", demoDev);
    await expect(eve.getByRole("alert")).toContainText("There is no such project, or you cannot see it");
    await expect(eve.getByRole("navigation").getByRole("link", { name: /^eve/ })).toBeVisible();
    await expect(eve.getByRole("navigation").getByRole("link", { name: /^demo/ })).toHaveCount(0);
    await demo.getByRole("combobox", { name: "Whom to let in" }).fill("customer-eve");
    await demo.getByLabel("What they may do").selectOption("READ");
    await demo.getByRole("button", { name: "Share", exact: true }).click();
    await expect(demo.getByText("customer-eve can see the project now.")).toBeVisible();
    await eve.getByRole("button", { name: "Go to your projects" }).click();
    await eve.getByRole("button", { name: "Look for projects again" }).click();
    await eve.getByRole("navigation").getByRole("link", { name: /^demo/ }).click();
    await isLive(eve);
  },
);

test("a reader finds every action in its place, with the permission that it lacks, and functions told as hidden", async ({
  visit,
}) => {
  const zu = await visit("zu", demoDev);
  await isLive(zu);
  const reasons = {
    "Restart the workspace": "needs project:write",
    "Reset the workspace": "needs project:admin",
    "Apply Gateway": "needs project:write",
    Share: "needs project:admin",
  };
  for (const [name, reason] of Object.entries(reasons)) {
    const button = zu.getByRole("button", { name, exact: true });
    await expect(button).toHaveAccessibleDescription(reason);
    await expect(button).toHaveAttribute("aria-disabled", "true");
  }
  const restart = zu.getByRole("button", { name: "Restart the workspace" });
  await restart.focus();
  await expect(zu.getByRole("tooltip")).toContainText("needs project:write");
  await zu.keyboard.press("Enter");
  await expect(zu.getByText("It starts anew")).toHaveCount(0);
  await expect(part(zu, "Functions")).toContainText("functions:read");
});

test("a restart shows the old pod go and another come", async ({ visit }) => {
  const al = await visit("al", demoDev);
  await isLive(al);
  await expect(podLinks(al, "Gateway")).toHaveCount(1);
  const before = await podLinks(al, "Gateway").innerText();
  await al.getByRole("button", { name: "Restart Gateway" }).click();
  await expect(al.getByText("Its pods are replaced one after the other.")).toBeVisible();
  await expect(podLinks(al, "Gateway").filter({ hasText: before })).toHaveCount(0);
  await expect(podLinks(al, "Gateway")).toHaveCount(1);
});

test("a deployment is followed to its end", async ({ visit }) => {
  const demo = await visit("demo", demoDev);
  await isLive(demo);
  await demo.getByRole("button", { name: "Deploy hello", exact: true }).click();
  await expect(part(demo, /^Functions/)).toContainText("Deployment: done");
});

test("the log of a pod is followed line by line, and closing it leads back to where one was", async ({
  visit,
  sett,
}) => {
  const al = await visit("al", demoDev);
  await isLive(al);
  const link = podLinks(al, "hello");
  const pod = await link.innerText();
  await link.click();
  const drawer = al.getByRole("dialog");
  await expect(drawer).toContainText("live");
  const { cluster } = sett.sandbox.kubernetes;
  cluster.write(pod, "first of the board's lines");
  await expect(drawer.getByRole("region", { name: "Log" })).toContainText("first of the board's lines");
  cluster.write(pod, "second of the board's lines");
  await expect(drawer.getByText("second of the board's lines")).toHaveCount(1);
  await drawer.getByRole("tab", { name: "Events" }).click();
  await expect(drawer.getByRole("tabpanel")).toBeVisible();
  await al.keyboard.press("Escape");
  await expect(drawer).toHaveCount(0);
  await expect(link).toBeFocused();
});

ownTest(
  "a gateway that is away is said to be, what was shown stays, and the page comes back by itself",
  async ({ visit, ownSett, foresee }) => {
    foresee(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_SOCKET|WebSocket connection/);
    const al = await visit("al", demoDev);
    await isLive(al);
    await ownSett.leave();
    await expect(al.getByText("Reconnecting…")).toBeVisible();
    await expect(part(al, "Workspace")).toBeVisible();
    await ownSett.comeBack();
    await expect(al.getByText("Reconnecting…")).toHaveCount(0, { timeout: 40_000 });
    const client = clientOf("demo", ownSett.url);
    await client.mutate(SaveServiceEndpointDocument, {
      input: {
        project: { producer: "demo" },
        serviceEndpoint: { name: "After", urls: ["http://after.example"] },
      },
    });
    await expect(feed(al)).toContainText("customer-demo changed the canvas");
    client.dispose();
  },
);

ownTest(
  "what a broken service tells of says so in its own place, and the rest goes on",
  async ({ visit, ownSett }) => {
    const al = await visit("al", demoDev);
    await isLive(al);
    await expect(podLinks(al, "Gateway")).toHaveCount(1);
    await ownSett.sandbox.functions.stop();
    await al.reload();
    await expect(part(al, /^Functions/)).toContainText("sls-api does not answer just now");
    await isLive(al);
    await expect(podLinks(al, "Gateway")).toHaveCount(1);
    await ownSett.sandbox.kubernetes.stop();
    await expect(al.getByText(/What runs as last seen .* because the cluster does not answer/)).toBeVisible();
    await expect(podLinks(al, "Gateway")).toHaveCount(1);
    await expect(part(al, "Workspace").getByText("running", { exact: true })).toBeVisible();
  },
);

ownTest(
  "whose token is revoked while they look is told so, and has a way back in",
  async ({ visit, ownSett }) => {
    const al = await visit("al", demoDev);
    await isLive(al);
    ownSett.sandbox.gitea.platform.revokeToken("al-token");
    await expect(al.getByRole("alert").first()).toContainText("You are signed out", { timeout: 45_000 });
    await expect(part(al, "Workspace")).toHaveCount(0);
    await al.getByRole("button", { name: "zu", exact: true }).click();
    await isLive(al);
  },
);

test("nobody is asked who they are, becomes somebody by a click, and leaves again", async ({ visit }) => {
  const page = await visit("nobody", demoDev);
  await page.getByRole("button", { name: "zu", exact: true }).click();
  await isLive(page);
  await page.getByRole("button", { name: "customer-zu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("alert")).toContainText("You are signed out.");
  await expect(part(page, "Workspace")).toHaveCount(0);
});
