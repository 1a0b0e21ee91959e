/**
 * The address that a template with $PRODUCER and $ENV in it leads to, and $GATEWAY where it is about gateways, for names
 * whose form has been checked.
 */
export function addressFrom(template: string, producer: string, env: string, gateway = ""): string {
  return template
    .replaceAll("$PRODUCER", () => producer)
    .replaceAll("$ENV", () => env)
    .replaceAll("$GATEWAY", () => gateway);
}
