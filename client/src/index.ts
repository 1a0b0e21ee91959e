export { createSettClient, type Asked, type SettClient, type SubscribeOptions } from "./client.ts";
export type { TrustedDocument } from "./document.ts";
export * from "./errors/errors.ts";
export * from "./generated/documents.ts";
export type { Authorization, CallOptions, ReconnectOptions, SettClientOptions } from "./options.ts";
export type { Answer } from "./requests/answer.ts";
export type { Resume } from "./subscriptions/resume.ts";
export type { Subscriber, SubscriptionState } from "./subscriptions/subscriber.ts";
