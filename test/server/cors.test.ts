import { expect, test } from "vitest";
import { startSett, type Sett } from "../support/sett.ts";

const canvas = "https://canvas.example";

function preflight(sett: Sett, origin: string) {
  return fetch(`${sett.url}/graphql`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
  });
}

function ask(sett: Sett, origin: string) {
  return fetch(`${sett.url}/graphql`, {
    method: "POST",
    headers: { origin, "content-type": "application/json" },
    body: JSON.stringify({ query: "{ __typename }" }),
  });
}

test("pages of a configured origin may ask, send who they are, and read the request's id", async () => {
  const sett = await startSett({ env: { CORS_ORIGINS: `${canvas},http://localhost:3000` } });
  for (const origin of [canvas, "http://localhost:3000"]) {
    const { status, headers } = await preflight(sett, origin);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-allow-methods")).toContain("POST");
    expect(headers.get("access-control-allow-headers")).toBe("authorization,content-type");
    expect(headers.get("vary")).toContain("Origin");
    const answer = await ask(sett, origin);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("access-control-expose-headers")).toBe("x-request-id");
  }
});

test.each(["https://canvas.example.evil.example", "https://evil.example", "http://canvas.example", "null"])(
  "pages of another origin may not: %s",
  async (origin) => {
    const sett = await startSett({ env: { CORS_ORIGINS: canvas } });
    expect((await preflight(sett, origin)).headers.has("access-control-allow-origin")).toBe(false);
    expect((await ask(sett, origin)).headers.has("access-control-allow-origin")).toBe(false);
  },
);

test("with nothing configured, pages of no other origin may ask", async () => {
  const sett = await startSett();
  for (const origin of [canvas, sett.url, "null"]) {
    expect((await preflight(sett, origin)).headers.has("access-control-allow-origin")).toBe(false);
    expect((await ask(sett, origin)).headers.has("access-control-allow-origin")).toBe(false);
  }
});

test("no origin is let in with the browser's cookies", async () => {
  const sett = await startSett({ env: { CORS_ORIGINS: canvas } });
  expect((await preflight(sett, canvas)).headers.has("access-control-allow-credentials")).toBe(false);
});

test("no cache may give a page of another origin what was answered to who named none", async () => {
  const sett = await startSett({ env: { CORS_ORIGINS: canvas } });
  for (const path of ["/graphql?query={__typename}", "/livez"]) {
    const { headers } = await fetch(`${sett.url}${path}`, {
      headers: { "content-type": "application/json" },
    });
    expect(headers.get("vary"), path).toContain("Origin");
    expect(headers.has("access-control-allow-origin"), path).toBe(false);
  }
});
