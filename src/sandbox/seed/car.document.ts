import { idOf } from "./car.ids.ts";

/** A canvas with one of everything on it, about cars; everything has an id, so saving it changes nothing. */
export function carDocument(): Record<string, unknown> {
  return {
    gateways: [gateway()],
    apis: [api()],
    serviceEndpoints: [
      service(1, "Garage", ["http://garage.cars.example:8080", "http://garage-2.cars.example:8080"]),
      service(2, "Weather", ["https://weather.example/v1"]),
    ],
    apiEndpoints: [
      {
        id: idOf("apiEndpoint", 1),
        name: "Cars",
        host: "*",
        itemOrder: 0,
        paths: ["/cars", "/cars/*"],
        methods: ["GET", "POST"],
        scopes: ["cars:read"],
      },
    ],
    connections: [
      connection(1, idOf("serviceEndpoint", 1), idOf("pipeline", 1)),
      connection(2, idOf("pipeline", 1), idOf("apiEndpoint", 1)),
      connection(3, idOf("model", 1), idOf("pipeline", 1)),
      connection(4, idOf("serviceEndpoint", 2), idOf("pipeline", 2)),
    ],
    states: [
      state(1, "currentElement", { id: idOf("gateway", 1), type: "gateways" }),
      state(2, "currentlyOpenedPanel", "DETAILS_PANEL"),
      state(3, "multiEnvironments", {
        selected: 0,
        environments: [{ name: "Development", delta: false, edit: false, entities: {} }],
      }),
    ],
    portals: [
      {
        id: idOf("portal", 1),
        name: "Showroom",
        rootUrl: "http://showroom.cars.example",
        itemOrder: 1,
        apis: [],
      },
    ],
    functions: [],
    microServices: [
      { id: idOf("microService", 1), name: "Drivers", models: [idOf("model", 3)], itemOrder: 2 },
    ],
  };
}

function gateway(): object {
  return {
    id: idOf("gateway", 1),
    name: "Gateway",
    dnsPrefix: "gateway",
    policies: [
      "basic-auth",
      "cors",
      "expression",
      "headers",
      "jwt",
      "key-auth",
      "log",
      "proxy",
      "rate-limit",
    ],
    itemOrder: 0,
    system: {},
    running: true,
    pipelines: [
      {
        id: idOf("pipeline", 1),
        name: "Cars",
        policies: [
          policy(1, "key-auth", { name: "pathMatch", pattern: "/cars/*" }, {}),
          policy(
            2,
            "rate-limit",
            { name: "always" },
            { max: 60, windowMs: 60_000, rateLimitBy: "${req.ip}" },
          ),
          policy(3, "proxy", { name: "always" }, proxyTo(1)),
        ],
      },
      {
        id: idOf("pipeline", 2),
        name: "Weather",
        policies: [
          policy(
            4,
            "proxy",
            { name: "allOf", conditions: [{ name: "method", methods: ["GET"] }] },
            proxyTo(2),
          ),
        ],
      },
    ],
    http: { port: 8080 },
    admin: { hostname: "0.0.0.0", port: 9876 },
  };
}

function proxyTo(endpoint: number): object {
  return { serviceEndpoint: idOf("serviceEndpoint", endpoint), changeOrigin: true, stripPath: true };
}

function policy(number: number, name: string, condition: object, action: object): object {
  return { id: idOf("policy", number), [name]: [{ id: idOf("rule", number), condition, action }] };
}

function api(): object {
  const free = { conditionFrom: 1, conditionTo: 0, type: "fixed", value: 0 };
  const subscribers = { id: idOf("plan", 5), existing: 40, new: 3, upgrades: 0, downgrades: 0, churn: 1 };
  const parameters = { id: idOf("plan", 6), callsPerSubscriber: 200, cashPerCall: 0.02 };
  return {
    id: idOf("api", 1),
    name: "Car API",
    itemOrder: 0,
    apiEndpoints: [
      {
        id: idOf("apiEndpoint", 2),
        name: "Drivers",
        host: "*",
        itemOrder: 0,
        paths: ["/drivers*"],
        methods: ["GET"],
      },
    ],
    plans: [
      {
        id: idOf("plan", 1),
        name: "Sunday drivers",
        icon: "fa-paper-plane",
        tiers: [
          { id: idOf("plan", 2), ...free, details: [{ id: idOf("plan", 3), date: "1/2026", ...free }] },
        ],
        details: [{ id: idOf("plan", 4), date: "1/2026", changed: false, subscribers, parameters }],
      },
    ],
  };
}

function service(number: number, name: string, urls: string[]): object {
  return { id: idOf("serviceEndpoint", number), name, urls, itemOrder: number - 1 };
}

function connection(number: number, fromId: string, toId: string): object {
  return { id: idOf("connection", number), fromId, toId };
}

function state(number: number, key: string, value: unknown): object {
  return { id: idOf("state", number), key, value };
}
