/** The address that a template with $PRODUCER and $ENV in it leads to, for names whose form has been checked. */
export function addressFrom(template: string, producer: string, env: string): string {
  return template.replaceAll("$PRODUCER", () => producer).replaceAll("$ENV", () => env);
}
