import type { Routes } from "../http.ts";
import { ChangeChannel } from "./change-stream.channel.ts";
import { originRefused } from "./cross-origin.headers.ts";
import { expressJson, type ExpressHandler } from "./express.reply.ts";
import { pushEventOf } from "./push.event.ts";

/** The hook Gitea calls after a push, and the streams that pass the push on. */
export function addChangeRoutes(routes: Routes<ExpressHandler>, keepAliveMs: number): void {
  const channels = new Map<string, ChangeChannel>();

  /** There is a channel for any name that is asked for, whether or not anyone has it. */
  const channelOf = (producer: string): ChangeChannel => {
    const channel = channels.get(producer) ?? new ChangeChannel(keepAliveMs);
    channels.set(producer, channel);
    return channel;
  };

  // No signature is looked at: whoever reaches the hook is believed.
  routes.add("POST", "/hook", (_request, body) => {
    const event = pushEventOf(body);
    if (event !== undefined) channelOf(String(event.username)).send("data", JSON.stringify(event));
    return expressJson(200, { ok: true });
  });

  routes.add("GET", "/change-stream/:producer", ({ headers, method, params }) => {
    if (headers.origin !== undefined) return originRefused(headers.origin, method);
    const channel = channelOf(params["producer"] ?? "");
    return { status: 200, stream: (response) => channel.subscribe(response) };
  });
}
