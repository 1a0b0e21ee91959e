import { expect, onTestFinished, test, vi } from "vitest";
import { deployments } from "../../src/sandbox/kubernetes/resource.kinds.ts";
import { startPlatform, startProcess, until } from "../actualizer/process/process.harness.ts";
import { startCollector } from "./span.collector.ts";

test("each time that the actualizer works on something is a trace of its own, with what it asks of the platform", async () => {
  const collector = await startCollector();
  onTestFinished(collector.stop);
  const sandbox = await startPlatform();
  const process = await startProcess(sandbox, { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const running = () => sandbox.kubernetes.cluster.list(deployments).map(({ metadata }) => metadata.name);
  await vi.waitFor(() => expect(running()).toContain("workspace-demo-dev"), until);
  await process.stop();

  expect(collector.resource()["service.name"]).toBe("sett-actualizer");
  const spans = collector.spans();
  const roots = spans.filter(({ parentSpanId }) => parentSpanId === undefined);
  const kinds = new Set(roots.map(({ name }) => name));
  expect([...kinds]).toEqual(
    expect.arrayContaining(["look at a producer", "reconcile Producer", "reconcile Workspace"]),
  );
  expect(new Set(roots.map(({ traceId }) => traceId)).size).toBe(roots.length);
  const looks = new Set(
    roots.filter(({ name }) => name === "look at a producer").map(({ spanId }) => spanId),
  );
  const asked = spans.filter(({ parentSpanId }) => looks.has(parentSpanId ?? ""));
  expect(asked.map(({ name }) => name)).toContain("GET gitea");
  const made = spans.filter(({ name }) => name === "PATCH kubernetes");
  expect(made.map(({ facts }) => facts["url.template"])).toContain(
    "/apis/apps/v1/namespaces/*/deployments/*",
  );
  expect(collector.text()).not.toContain(sandbox.addresses.giteaToken);
});
