/** An sls-api is not there to be asked, which is nothing that the function has done. */
export class SlsApiAway extends Error {
  constructor() {
    super("The sls-api of the environment does not answer.");
    this.name = "SlsApiAway";
  }
}
