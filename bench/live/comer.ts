import { setTimeout as wait } from "node:timers/promises";
import type { WebSocket } from "ws";
import { openSubscriber, type Hearing, type Place } from "./subscriber.ts";

/** What clients that come and go do, by turns: leave in good order, are cut off, stop reading for a while, or for ever. */
const ways = ["leaves", "leaves", "leaves", "is cut off", "reads slowly", "falls silent"] as const;

/** One of the ways in which a client goes. */
export type Way = (typeof ways)[number];

const shortestMs = 200;
const longestMs = 4000;

const leave = (socket: WebSocket) =>
  new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
    socket.close();
  });

/** Lets a client come, stay a while and go; which way, by its number. */
export async function comeAndGo(
  place: Place,
  { number, silentMs, hearing }: { number: number; silentMs: number; hearing: Hearing },
): Promise<Way> {
  const way = ways[number % ways.length] ?? "leaves";
  const socket = await openSubscriber(place, hearing);
  await wait(shortestMs + Math.random() * (longestMs - shortestMs));
  if (way === "leaves") {
    await leave(socket);
  } else if (way === "reads slowly") {
    socket.pause();
    await wait(shortestMs);
    socket.resume();
    await leave(socket);
  } else {
    // Who is silent answers no ping and says no goodbye: the gateway is to find out by itself.
    if (way === "falls silent") {
      socket.pause();
      await wait(silentMs);
    }
    socket.terminate();
  }
  return way;
}
