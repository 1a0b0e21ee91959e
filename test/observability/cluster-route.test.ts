import { expect, test } from "vitest";
import { clusterRoute } from "../../src/services/kubernetes/cluster.tracing.ts";

test.each([
  ["/version", "/version"],
  ["/api/v1/namespaces/customer", "/api/v1/namespaces/*"],
  ["/api/v1/namespaces/customer/pods", "/api/v1/namespaces/*/pods"],
  ["/api/v1/namespaces/customer/pods/secret-name", "/api/v1/namespaces/*/pods/*"],
  ["/api/v1/namespaces/customer/pods/pods/log", "/api/v1/namespaces/*/pods/*/log"],
  ["/apis/apps/v1/namespaces/namespaces/deployments/apps", "/apis/apps/v1/namespaces/*/deployments/*"],
  [
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/producers.sett",
    "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/*",
  ],
  [
    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
    "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
  ],
])("a trace says of %s that it goes to %s", (path, route) => {
  expect(clusterRoute(path.slice(1).split("/"))).toBe(route);
});
